import type { PyClass, SourceFile } from "#syntax";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { type NeededPolicy, neededPolicies } from "./needed-policies.ts";
import { portText } from "./port-text.ts";

/** A property that returns the policies, ready to be put into the class. */
export interface PolicyProperty {
  readonly lines: readonly string[];
  /** Names of the mesh library that it uses. */
  readonly names: readonly string[];
  /** Names of `typing` that its annotation uses. */
  readonly typing: readonly string[];
}

type Facts = Pick<
  CharmFacts,
  "charm" | "metadata" | "published" | "coordinator" | "openedPorts" | "writtenPorts" | "python"
>;

/**
 * The property with one policy for each relation with incoming connections to this charm. Where the kind
 * or the port is unknown, the policy is a comment for the author to complete. null where no relation needs one.
 */
export function policyProperty(name: string, owner: PyClass, file: SourceFile, facts: Facts): PolicyProperty | null {
  const needed = neededPolicies(facts);
  if (needed.length === 0) return null;
  const written = needed.map((each) => policyLines(each, owner, file, facts));
  const modern = writesUnions(file, facts);
  const names = new Set(["AppPolicy", "UnitPolicy", ...written.flatMap((each) => each.names)]);
  return {
    lines: [
      "@property",
      `def ${name}(self) -> ${modern ? "list[AppPolicy | UnitPolicy]" : "List[Union[AppPolicy, UnitPolicy]]"}:`,
      `    """Who may connect to this charm over its relations, on which ports."""`,
      "    return [",
      ...written.flatMap((each) => each.lines).map((line) => `        ${line}`),
      "    ]",
    ],
    names: [...names].sort(),
    typing: modern ? [] : ["List", "Union"],
  };
}

/** Whether annotations are written `X | Y` here, which is Python from 3.10 on; where the file writes `Optional[X]`, it is left at that. */
function writesUnions(file: SourceFile, { charm }: Facts): boolean {
  if (/\b(?:List|Dict|Optional|Union)\[/.test(file.text)) return false;
  const project = charm.files.get("pyproject.toml")?.text ?? "";
  return /\| None\b/.test(file.text) || /^requires-python\s*=\s*["'][~>=^]=?\s*3\.1\d/m.test(project);
}

interface Written {
  readonly lines: readonly string[];
  readonly names: readonly string[];
}

function policyLines(
  { relation, about, kind, port }: NeededPolicy,
  owner: PyClass,
  file: SourceFile,
  facts: Facts,
): Written {
  const head = commented(`${relation.endpoint}: ${about}.`);
  const name = `relation="${relation.endpoint}"`;
  if (kind === null)
    return {
      lines: [
        ...head,
        ...commented(
          "GAP: whether it connects to the Service or to the pods could not be read. Fill in one of these, or none:",
        ),
        `# ${oneLine("app", name)},`,
        `# ${oneLine("unit", name)},`,
      ],
      names: [],
    };
  const ports = portText(port, kind, owner, file, facts);
  if (ports === null) return { lines: [...head, ...commented(WITHOUT_PORT), `# ${oneLine(kind, name)},`], names: [] };
  const lines = ports.gap === null ? head : [...head, ...commented(`GAP: ${ports.gap}.`)];
  if (kind === "unit") return { lines: [...lines, `UnitPolicy(${name}, ports=[${ports.text}]),`], names: [] };
  const endpoints = `[Endpoint(ports=[${ports.text}])]`;
  return { lines: [...lines, "AppPolicy(", `    ${name},`, `    endpoints=${endpoints},`, "),"], names: ["Endpoint"] };
}

/** A policy without a port opens every port, so the fix adds a comment instead: the mesh denies access until the author completes it. */
const WITHOUT_PORT =
  "GAP: the port could not be read, and without one every port would be open. Nobody gets in until you fill it in:";

/** What is left of a line of 99 characters, which these charms' formatters allow, behind a method's list. */
const WIDTH = 87;

/** Comment lines that hold a text, as wide as the line allows. */
function commented(text: string): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(" ")) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + 1 + word.length <= WIDTH) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(`# ${word}`);
  }
  return lines;
}

function oneLine(kind: "unit" | "app", name: string): string {
  return kind === "unit" ? `UnitPolicy(${name}, ports=[...])` : `AppPolicy(${name}, endpoints=[Endpoint(ports=[...])])`;
}
