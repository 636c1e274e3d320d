import type { CharmModel } from "#charm";
import { knownValue, optionsOf } from "#python";
import type { PyClass, PyModule, SourceFile } from "#syntax";
import type { PythonSources } from "../facts/charm-facts.ts";
import { textAt } from "../fixes/python-tree.ts";

/** Python text for the ports of a policy, and whether a person should look at it again. */
export interface PortText {
  /** The text between the brackets of `ports=[…]`. */
  readonly text: string;
  readonly gap: string | null;
}

type Facts = Pick<CharmModel, "openedPorts" | "writtenPorts"> & { readonly python: PythonSources };

/**
 * The ports that a policy names, each written as the charm writes it where it opens it, if that text means the same in another
 * method of the class. `port`: the one that the charm publishes to the other side, if it is known; else those that it opens on its
 * Service, which is all that can come that way, and at most a guess for its pods. null where nothing at all is known.
 */
export function portText(
  port: number | null,
  kind: "unit" | "app",
  owner: PyClass,
  file: SourceFile,
  facts: Facts,
): PortText | null {
  const module = facts.python.module(file);
  const asWritten = (value: number): string => {
    const same = facts.writtenPorts.filter((each) => each.location.file === file && knownValue(each.port) === value);
    return (
      same.map(({ location }) => textAt(location)).find((text) => meansSame(text, owner, file, module)) ?? String(value)
    );
  };
  if (port !== null) return { text: asWritten(port), gap: null };
  const opened = optionsOf(facts.openedPorts);
  const ports = opened?.length === 1 ? (opened[0] ?? []) : [];
  const [first, another] = ports;
  if (first === undefined) return null;
  if (kind === "app")
    return {
      text: ports.map(asWritten).join(", "),
      gap: another === undefined ? null : "these are all ports that the charm opens; keep those that are needed here",
    };
  // Pods are reached at any port, whatever is opened on the Service: of several nothing is known, one is likely.
  return another === undefined
    ? { text: asWritten(first), gap: "the port could not be read; this is the only one that the charm opens" }
    : null;
}

/** Names of the module, and those attributes of the class that are there before anything else is made. */
function meansSame(text: string, owner: PyClass, file: SourceFile, module: PyModule): boolean {
  if (/^\d+$/.test(text)) return true;
  const attribute = /^self\.(\w+)$/.exec(text)?.[1];
  if (attribute !== undefined) return standsAlone(attribute, owner, file, new Set());
  const first = /^(\w+)(?:\.\w+)*$/.exec(text)?.[1];
  return first !== undefined && module.body.some((each) => defines(each, first));
}

/** What ops gives every charm before its own constructor runs (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.CharmBase). */
const OF_OPS: ReadonlySet<string> = new Set(["app", "unit", "model", "config", "meta", "framework", "on"]);

/** A class attribute, or a property that asks for nothing that the constructor makes: the policies are handed over early in it. */
function standsAlone(name: string, owner: PyClass, file: SourceFile, asked: Set<string>): boolean {
  const definition = owner.body.find((each) => defines(each, name));
  if (!definition) return false;
  if (definition.kind !== "function" || asked.has(name)) return true;
  asked.add(name);
  const text = file.text.slice(definition.span.start, definition.span.end);
  return [...text.matchAll(/\bself\.(\w+)/g)].every(
    ([, used = ""]) => OF_OPS.has(used) || standsAlone(used, owner, file, asked),
  );
}

function defines(statement: PyModule["body"][number], name: string): boolean {
  switch (statement.kind) {
    case "assign":
      return statement.targets.some((target) => target.kind === "name" && target.id === name);
    case "annotated-assign":
      return statement.target.kind === "name" && statement.target.id === name;
    case "function":
      return (
        statement.name.text === name &&
        statement.decorators.some((each) => each.kind === "name" && each.id === "property")
      );
    case "class":
      return statement.name.text === name;
    case "import":
      return statement.names.some((each) => (each.as?.text ?? each.name.text.split(".")[0]) === name);
    case "import-from":
      return statement.names.some((each) => (each.as ?? each.name).text === name);
    default:
      return false;
  }
}
