import { memo } from "../memo.ts";
import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import { cover } from "../text/span.ts";
import { readToml, tomlGet } from "../toml/document.ts";
import type { TomlTable, TomlValue } from "../toml/node.ts";
import { normalizedName } from "./name.ts";
import type { LockedDependency, LockedPackage } from "./requirement.ts";
import { requiredPackage } from "./specification.ts";

/** What a lock file pins. */
export interface LockFile {
  readonly packages: readonly LockedPackage[];
  /** The Pythons that it was resolved for, as a PEP 440 specifier; null where it does not say. */
  readonly requiresPython: string | null;
  readonly problems: readonly SyntaxProblem[];
}

/** What a lock says of the archives of a package, as uv and poetry write it: nine tenths of the file. */
const ARTEFACTS =
  /(?:sdist = \{[ \t]*(?:[a-z-]+ = (?:"[^"\\\r\n]*"|\d+),?[ \t]*)*\}|(?:wheels|files) = \[\r?\n(?:[ \t]*\{[ \t]*(?:[a-z-]+ = (?:"[^"\\\r\n]*"|\d+),?[ \t]*)*\},\r?\n)*\])(?=\r?\n)/y;

/**
 * The packages of a uv.lock or poetry.lock, with the version ("" where the file gives none, as for the project itself), the source,
 * the markers of the forks that take it, and what each brings in. A package may stand there more than once, for different
 * markers. Its location is its name and version. A broken file gives what can be read, and problems. Cached by the file.
 * (https://docs.astral.sh/uv/concepts/resolution/, https://python-poetry.org/docs/basic-usage/)
 */
export const parseLock = memo((file: SourceFile): LockFile => {
  const { root, problems } = readToml(file, ARTEFACTS);
  const listed = tomlGet(root, "package");
  const tables = listed?.kind === "array" ? listed.items : [];
  const packages = tables.flatMap((table) => (table.kind === "table" ? (locked(file, table) ?? []) : []));
  const requires = tomlGet(root, "requires-python") ?? tomlGet(root, "metadata", "python-versions");
  return { packages, requiresPython: textOf(requires), problems };
});

function locked(file: SourceFile, table: TomlTable): LockedPackage | null {
  const name = table.entries.get("name");
  if (name?.value.kind !== "scalar") return null;
  const version = table.entries.get("version");
  const written = version?.value.kind === "scalar" ? String(version.value.value) : "";
  return {
    name: normalizedName(String(name.value.value)),
    version: written,
    source: sourceOf(table),
    markers: markersOf(table),
    dependencies: dependenciesIn(tomlGet(table, "dependencies")),
    extras: extrasOf(table),
    location: { file, span: version ? cover(name.span, version.span) : name.span },
  };
}

function textOf(value: TomlValue | null): string | null {
  return value?.kind === "scalar" && typeof value.value === "string" ? value.value : null;
}

function textsIn(value: TomlValue | null): readonly string[] {
  if (value?.kind === "array") return value.items.flatMap((each) => textOf(each) ?? []);
  const text = textOf(value);
  return text === null ? [] : [text];
}

/** uv names the kind of a source by its key, poetry by `type`, and says nothing of what comes from PyPI. */
function sourceOf(table: TomlTable): LockedPackage["source"] {
  const source = tomlGet(table, "source");
  if (source?.kind !== "table") return "registry";
  const type = textOf(tomlGet(source, "type"));
  if (type !== null) return type === "legacy" ? "registry" : "elsewhere";
  return source.entries.has("registry") ? "registry" : "elsewhere";
}

/** uv lists the forks; poetry has one marker, or one for each group, of which `main` is the charm's. */
function markersOf(table: TomlTable): readonly string[] {
  const forks = tomlGet(table, "resolution-markers");
  if (forks) return textsIn(forks);
  const markers = tomlGet(table, "markers");
  return textsIn(markers?.kind === "table" ? tomlGet(markers, "main") : markers);
}

/** uv lists tables with a name, poetry has a table whose keys are the names; poetry's optional ones belong to extras. */
function dependenciesIn(value: TomlValue | null): readonly LockedDependency[] {
  if (value?.kind === "array") {
    return value.items.flatMap((item) => {
      const name = textOf(tomlGet(item, "name"));
      if (name === null) return [];
      const extras = textsIn(tomlGet(item, "extra") ?? tomlGet(item, "extras")).map(normalizedName);
      const [version, marker] = [textOf(tomlGet(item, "version")), textOf(tomlGet(item, "marker"))];
      return [{ name: normalizedName(name), version, extras, marker }];
    });
  }
  if (value?.kind !== "table") return [];
  return [...value.entries].flatMap(([name, entry]) =>
    (entry.value.kind === "array" ? entry.value.items : [entry.value]).flatMap((each) => {
      const optional = tomlGet(each, "optional");
      if (optional?.kind === "scalar" && optional.value === true) return [];
      const extras = textsIn(tomlGet(each, "extras")).map(normalizedName);
      return [{ name: normalizedName(name), version: null, extras, marker: textOf(tomlGet(each, "markers")) }];
    }),
  );
}

/** uv has a table of lists with the same entries, poetry's entries are requirements. */
function extrasOf(table: TomlTable): LockedPackage["extras"] {
  const found = new Map<string, readonly LockedDependency[]>();
  for (const value of [tomlGet(table, "optional-dependencies"), tomlGet(table, "extras")]) {
    if (value?.kind !== "table") continue;
    for (const [extra, entry] of value.entries) {
      const written = textsIn(entry.value).flatMap((each) => requiredPackage(each) ?? []);
      found.set(normalizedName(extra), [
        ...dependenciesIn(entry.value),
        ...written.map(({ name, extras }) => ({ name, version: null, extras, marker: null })),
      ]);
    }
  }
  return found;
}
