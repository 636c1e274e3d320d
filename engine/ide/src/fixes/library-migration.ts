import { type CharmModel, MESH_LIBRARY, packagedModuleOf } from "#model";
import { type FileEdit, type PyStatement, requirementInsertion, type SourceFile, span, type TextEdit } from "#syntax";
import type { PythonSources } from "../rules/charm-facts.ts";
import { withoutCharmLib } from "./charm-lib-edits.ts";
import { editsThrough } from "./difference.ts";
import { editsOf, merged } from "./fix.ts";
import { indentationOf, lineBreakOf } from "./layout.ts";
import { visitPython } from "./python-tree.ts";

type ImportFrom = Extract<PyStatement, { kind: "import-from" }>;

/** Packages of the modules that the names move to. */
const PACKAGES: readonly (readonly [module: string, requirement: string])[] = [
  ["charmlibs.interfaces.service_mesh", "charmlibs-interfaces-service-mesh>=1.0"],
  ["canonical_service_mesh", "canonical-service-mesh>=0.0.2"],
];

/**
 * Imports everything from the packaged library instead of the Charmhub-hosted one, in the charm's sources and tests, asks
 * for the packages, and takes the old one out of `charm-libs`. Nothing at all where a name has no new home, or a module is imported as a whole.
 */
export function migrationEdits(
  { charm, dependencies }: Pick<CharmModel, "charm" | "dependencies">,
  python: PythonSources,
): FileEdit[] {
  const edits: FileEdit[] = [];
  const modules = new Set<string>();
  for (const [path, file] of charm.files) {
    if (!path.endsWith(".py") || path.startsWith("lib/") || !file.text.includes("istio_beacon_k8s")) continue;
    const changed: TextEdit[] = [];
    for (const statement of meshImports(file, python)) {
      if (statement === null) return [];
      const edit = migratedImport(file, statement, modules);
      if (edit === null) return [];
      changed.push(edit);
    }
    if (changed.length > 0) edits.push(editsOf(file, changed));
  }
  if (edits.length === 0) return [];
  const place = requirementsFile({ charm, dependencies });
  const wanted = PACKAGES.filter(([module, requirement]) => {
    const name = requirement.replace(/[<>=].*$/s, "");
    return [...modules].some((each) => each.startsWith(module)) && !dependencies.packages.has(name);
  });
  if (!place && wanted.length > 0) return [];
  if (place) {
    const steps = wanted.map(
      ([, requirement]) =>
        (file: SourceFile) =>
          requirementInsertion(file, requirement)?.edits ?? [],
    );
    const [only, another] = steps;
    // Comparing texts is for several steps, each of which needs the text after the one before.
    edits.push(only && !another ? editsOf(place, only(place)) : editsThrough(place, steps));
  }
  return merged([...edits, ...withoutCharmLib(MESH_LIBRARY, { charm })]);
}

/** Statements that hold no other statements, so no import. */
const SIMPLE: ReadonlySet<string> = new Set(["expression", "assign", "annotated-assign", "return", "raise", "assert"]);

const byFile = new WeakMap<SourceFile, readonly (ImportFrom | null)[]>();

/** Imports of the old library; null for one that takes the module as a whole. Remembered, since the rule asks at every change. */
function meshImports(file: SourceFile, python: PythonSources): readonly (ImportFrom | null)[] {
  const known = byFile.get(file);
  if (known) return known;
  const found: (ImportFrom | null)[] = [];
  visitPython(python.module(file), (node) => {
    const statement = node as unknown as PyStatement;
    if (statement.kind === "import-from" && statement.module.text === MESH_LIBRARY) found.push(statement);
    if (statement.kind === "import-from" && `${statement.module.text}.service_mesh` === MESH_LIBRARY) found.push(null);
    if (statement.kind === "import" && statement.names.some((each) => each.name.text.startsWith(MESH_LIBRARY)))
      found.push(null);
    return !SIMPLE.has(node.kind);
  });
  byFile.set(file, found);
  return found;
}

function migratedImport(file: SourceFile, statement: ImportFrom, modules: Set<string>): TextEdit | null {
  const byModule = new Map<string, string[]>();
  for (const alias of statement.names) {
    const module = packagedModuleOf(alias.name.text);
    if (module === null) return null;
    const written = alias.as ? `${alias.name.text} as ${alias.as.text}` : alias.name.text;
    byModule.set(module, [...(byModule.get(module) ?? []), written]);
    modules.add(module);
  }
  const [only, another] = byModule.keys();
  if (only && !another) return { span: statement.module.span, newText: only };
  const nl = lineBreakOf(file);
  const indent = indentationOf(file.text, statement.span.start);
  const lines = [...byModule].sort(byName).map(([module, names]) => importLines(module, names, nl + indent));
  return { span: span(statement.span.start, statement.span.end), newText: lines.join(nl + indent) };
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function importLines(module: string, names: readonly string[], break_: string): string {
  const line = `from ${module} import ${names.join(", ")}`;
  if (line.length <= 99) return line;
  return `from ${module} import (${names.map((name) => `${break_}    ${name},`).join("")}${break_})`;
}

/** Where the charm's own requirements stand. */
function requirementsFile({ charm, dependencies }: Pick<CharmModel, "charm" | "dependencies">): SourceFile | null {
  const beside = [...dependencies.packages.values()].find((each) => each.requirement)?.requirement?.location.file;
  return beside ?? charm.files.get("pyproject.toml") ?? charm.files.get("requirements.txt") ?? null;
}
