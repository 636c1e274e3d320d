import { type CharmModel, optionsOf } from "#model";
import type { PyClass, PyExpression, PyModule, SourceFile } from "#syntax";
import { nodesAround } from "../fixes/python-tree.ts";
import type { PythonSources } from "../rules/charm-facts.ts";

/** Python text for the ports of a policy, and whether a person should look at it again. */
export interface PortText {
  /** What stands between the brackets of `ports=[…]`. */
  readonly text: string;
  readonly gap: string | null;
}

type Facts = Pick<CharmModel, "openedPorts" | "openedPortPlaces"> & { readonly python: PythonSources };
type Call = Extract<PyExpression, { kind: "call" }>;

/**
 * The ports that a policy names, written as the charm writes them where it opens them, if that text means the same in another
 * method of the class. `port`: the one that the charm tells the other side, if it is known. null where nothing at all is known.
 */
export function portText(port: number | null, owner: PyClass, file: SourceFile, facts: Facts): PortText | null {
  const opened = optionsOf(facts.openedPorts);
  const ports = opened?.length === 1 ? (opened[0] ?? []) : [];
  const texts = openingTexts(owner, file, facts);
  const asWritten = texts !== null && texts.length === ports.length;
  if (port !== null) {
    const [only, another] = ports;
    return {
      text: asWritten && only === port && another === undefined ? (texts[0] ?? String(port)) : String(port),
      gap: null,
    };
  }
  if (ports.length === 0) return null;
  return {
    text: asWritten ? texts.join(", ") : ports.join(", "),
    gap: ports.length > 1 ? "these are all ports that the charm opens; keep those that are needed here" : null,
  };
}

/** The arguments of the one `set_ports` of the same file; null where one of them means nothing elsewhere. */
function openingTexts(owner: PyClass, file: SourceFile, { openedPortPlaces, python }: Facts): string[] | null {
  const [place, another] = openedPortPlaces;
  if (!place || another || place.file !== file) return null;
  const module = python.module(file);
  const call = nodesAround(module, place.span).findLast(
    (node) => node.kind === "call" && isSetPorts(node as unknown as Call),
  ) as Call | undefined;
  const texts = call?.args.map((each) => file.text.slice(each.span.start, each.span.end));
  return texts?.every((text) => meansSame(text, owner, module)) ? texts : null;
}

function isSetPorts({ callee }: Call): boolean {
  return callee.kind === "attribute" && callee.name.text === "set_ports";
}

/** Names of the module, and properties and class attributes of the class: whatever needs no line before it. */
function meansSame(text: string, owner: PyClass, module: PyModule): boolean {
  if (/^\d+$/.test(text)) return true;
  const attribute = /^self\.(\w+)$/.exec(text)?.[1];
  if (attribute !== undefined) return owner.body.some((each) => defines(each, attribute));
  const first = /^(\w+)(?:\.\w+)*$/.exec(text)?.[1];
  return first !== undefined && module.body.some((each) => defines(each, first));
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
