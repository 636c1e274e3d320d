import { type CharmModel, MESH_LIBRARY, packagedModuleOf } from "#charm";
import {
  dependentMemo,
  type FileEdit,
  type PyModule,
  type PyStatement,
  requirementInsertion,
  type SourceFile,
  span,
  type TextEdit,
} from "#syntax";
import { editsOf, merged } from "../edits/fix.ts";
import { indentationOf, lineBreakOf, lineEndOf } from "../edits/layout.ts";
import type { PythonSources } from "../facts/charm-facts.ts";
import { withoutCharmLib } from "./charm-lib-edits.ts";
import { editsThrough } from "./difference.ts";
import { besideImport, type ImportNeighbour, importNeighbour } from "./import-edits.ts";
import { removedStatement } from "./python-edits.ts";
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
      const edits = migratedImport(file, statement, python.module(file), modules);
      if (edits === null) return [];
      for (const each of edits) changed.push(each);
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
    const source = charm.files.get("requirements.txt") === place ? charm.files.get("requirements.in") : undefined;
    // Comparing texts is for several steps, each of which needs the text after the one before.
    for (const file of source ? [place, source] : [place])
      edits.push(only && !another ? editsOf(file, only(file)) : editsThrough(file, steps));
  }
  return merged([...edits, ...withoutCharmLib(MESH_LIBRARY, { charm })]);
}

/** Statements that hold no other statements, so no import. */
const SIMPLE: ReadonlySet<string> = new Set(["expression", "assign", "annotated-assign", "return", "raise", "assert"]);

const importsByFile = dependentMemo<SourceFile, readonly (ImportFrom | null)[]>();

/** Imports of the old library; null for one that takes the module as a whole. Remembered, since the rule asks at every change. */
function meshImports(file: SourceFile, python: PythonSources): readonly (ImportFrom | null)[] {
  const module = python.module(file);
  return importsByFile(file, [module], () => meshImportsIn(module));
}

function meshImportsIn(module: PyModule): readonly (ImportFrom | null)[] {
  const found: (ImportFrom | null)[] = [];
  visitPython(module, (node) => {
    const statement = node as unknown as PyStatement;
    if (statement.kind === "import-from" && statement.module.text === MESH_LIBRARY) found.push(statement);
    if (statement.kind === "import-from" && `${statement.module.text}.service_mesh` === MESH_LIBRARY) found.push(null);
    if (statement.kind === "import" && statement.names.some((each) => each.name.text.startsWith(MESH_LIBRARY)))
      found.push(null);
    return !SIMPLE.has(node.kind);
  });
  return found;
}

function migratedImport(
  file: SourceFile,
  statement: ImportFrom,
  tree: PyModule,
  modules: Set<string>,
): TextEdit[] | null {
  const byModule = new Map<string, string[]>();
  for (const alias of statement.names) {
    const module = packagedModuleOf(alias.name.text);
    if (module === null) return null;
    const written = alias.as ? `${alias.name.text} as ${alias.as.text}` : alias.name.text;
    byModule.set(module, [...(byModule.get(module) ?? []), written]);
    modules.add(module);
  }
  const [only, another] = byModule.keys();
  const nl = lineBreakOf(file);
  const break_ = nl + indentationOf(file.text, statement.span.start);
  const { text } = file;
  // Of one module the statement is kept as it is written.
  const lines: readonly (readonly [module: string, line: string])[] =
    only && !another
      ? [
          [
            only,
            text.slice(statement.span.start, statement.module.span.start) +
              only +
              text.slice(statement.module.span.end, statement.span.end),
          ],
        ]
      : [...byModule].sort(byName).map(([module, names]) => [module, importLines(module, names, break_)]);
  return (
    movedImport(file, statement, tree, lines) ?? [
      { span: span(statement.span.start, statement.span.end), newText: lines.map(([, line]) => line).join(break_) },
    ]
  );
}

/** At the places that the alphabet gives the new modules; null for an import that has to stay where it is. */
function movedImport(
  file: SourceFile,
  statement: ImportFrom,
  tree: PyModule,
  lines: readonly (readonly [module: string, line: string])[],
): TextEdit[] | null {
  const behind = file.text.slice(statement.span.end, lineEndOf(file.text, statement.span.end));
  const atTop = tree.body.some((each) => each.span.start === statement.span.start);
  if (!atTop || behind.trim() !== "") return null;
  const placed = new Map<PyStatement, { readonly neighbour: ImportNeighbour; readonly lines: string[] }>();
  for (const [module, line] of lines) {
    const neighbour = importNeighbour(file, tree, module);
    if (!neighbour || isOld(neighbour.statement)) return null;
    const known = placed.get(neighbour.statement);
    if (known && known.neighbour.side !== neighbour.side) return null;
    placed.set(neighbour.statement, { neighbour, lines: [...(known?.lines ?? []), line] });
  }
  const nl = lineBreakOf(file);
  return [
    ...[...placed.values()].map((each) => besideImport(file, each.neighbour, each.lines.join(nl))),
    ...removedStatement(file, statement),
  ];
}

function isOld(statement: PyStatement): boolean {
  return statement.kind === "import-from" && statement.module.text === MESH_LIBRARY;
}

function byName([left]: readonly [string, unknown], [right]: readonly [string, unknown]): number {
  return left < right ? -1 : 1;
}

function importLines(module: string, names: readonly string[], break_: string): string {
  const line = `from ${module} import ${names.join(", ")}`;
  if (line.length <= 99) return line;
  return `from ${module} import (${names.map((name) => `${break_}    ${name},`).join("")}${break_})`;
}

/** The file of the charm's own requirements. */
function requirementsFile({ charm, dependencies }: Pick<CharmModel, "charm" | "dependencies">): SourceFile | null {
  const beside = [...dependencies.packages.values()].find((each) => each.requirement)?.requirement?.location.file;
  return beside ?? charm.files.get("pyproject.toml") ?? charm.files.get("requirements.txt") ?? null;
}
