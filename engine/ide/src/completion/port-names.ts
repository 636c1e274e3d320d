import type { CharmModel } from "#charm";
import type { PyExpression, PyModule, PyStatement, SourceFile } from "#syntax";
import type { Completion } from "./proposal.ts";

type PortName = Pick<Completion, "label" | "kind" | "detail" | "rank">;

/**
 * Ports that the charm knows by name: whole-number constants of this file and of the modules that it imports names from, and
 * class attributes as `Class.name`. Names of other modules that are not imported here are left out, since they would not run.
 */
export function portNames(
  charm: CharmModel,
  file: SourceFile,
  moduleOf: (file: SourceFile) => PyModule,
): readonly PortName[] {
  const found = new Map<string, PortName>();
  const add = (label: string, port: number, rank: number): void => {
    if (!found.has(label)) found.set(label, { label, kind: "port", detail: String(port), rank });
  };
  const here = moduleOf(file);
  collect(here.body, "", (name, port) => add(name, port, 0));
  const imported = importedNames(here);
  for (const [path, other] of charm.charm.files) {
    if (other === file || !path.startsWith("src/") || !path.endsWith(".py")) continue;
    collect(moduleOf(other).body, "", (name, port) => {
      if (imported.has(name.split(".")[0] ?? "")) add(name, port, 1);
    });
  }
  return [...found.values()];
}

function collect(body: readonly PyStatement[], prefix: string, take: (name: string, port: number) => void): void {
  for (const statement of body) {
    if (statement.kind === "class" && prefix === "") collect(statement.body, `${statement.name.text}.`, take);
    const [target, value] = assigned(statement);
    if (target?.kind === "name" && value?.kind === "number" && isPort(value) && looksLikePort(prefix + target.id))
      take(prefix + target.id, value.value ?? 0);
  }
}

function assigned(statement: PyStatement): [PyExpression | null, PyExpression | null] {
  if (statement.kind === "assign") return [statement.targets[0] ?? null, statement.value];
  if (statement.kind === "annotated-assign") return [statement.target, statement.value];
  return [null, null];
}

function isPort(value: Extract<PyExpression, { kind: "number" }>): boolean {
  return value.integer && value.value !== null && value.value >= 1 && value.value <= 65535;
}

/** A number is proposed as a port where its name says so, or where it is too large to be anything else that is usual. */
function looksLikePort(name: string): boolean {
  return /port/i.test(name);
}

function importedNames(module: PyModule): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of module.body) {
    if (statement.kind === "import-from") for (const each of statement.names) names.add((each.as ?? each.name).text);
  }
  return names;
}
