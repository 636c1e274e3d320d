import type { CharmModel } from "#charm";
import { type PyExpression, parsePython, type SourceFile } from "#syntax";
import { visitPython } from "../fixes/python-tree.ts";

type Dict = Extract<PyExpression, { kind: "dict" }>;

/**
 * The Python files of a charm that make up a charm of their own with a relation of this name, as tests of libraries do:
 * `meta={"requires": {"db": {"interface": "sql"}}}`, or the same as YAML in a string. The charm of such a relation is unknown.
 */
export function filesWithOwnCharm(charm: CharmModel, endpoint: string): ReadonlySet<SourceFile> {
  const own = new Set<SourceFile>();
  // Endpoint names hold letters, digits, hyphens and underscores only: nothing that means more in a pattern.
  const asYaml = /^[\w-]+$/.test(endpoint) ? new RegExp(`^\\s+${endpoint}:[ \\t]*\\n\\s+interface:`, "m") : null;
  for (const [path, file] of charm.charm.files) {
    if (!path.endsWith(".py") || path.startsWith("lib/") || !file.text.includes("interface")) continue;
    visitPython(parsePython(file), (node) => {
      const expression = node as unknown as PyExpression;
      if (expression.kind === "dict" && declares(expression, endpoint)) own.add(file);
      if (expression.kind === "string" && asYaml?.test(expression.value.replaceAll("\r\n", "\n"))) own.add(file);
      return true;
    });
  }
  return own;
}

function declares({ entries }: Dict, endpoint: string): boolean {
  return entries.some(
    (entry) =>
      entry.kind === "pair" && isText(entry.key, endpoint) && entry.value.kind === "dict" && hasInterface(entry.value),
  );
}

function hasInterface({ entries }: Dict): boolean {
  return entries.some((entry) => entry.kind === "pair" && isText(entry.key, "interface"));
}

function isText(expression: PyExpression, text: string): boolean {
  return expression.kind === "string" && expression.value === text;
}
