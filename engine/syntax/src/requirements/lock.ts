import type { SyntaxProblem } from "../text/problem.ts";
import type { SourceFile } from "../text/source-file.ts";
import { cover } from "../text/span.ts";
import { parseToml, tomlGet } from "../toml/document.ts";
import type { TomlTable } from "../toml/node.ts";
import { normalizedName } from "./name.ts";
import type { LockedPackage } from "./requirement.ts";

/** What a lock file pins. */
export interface LockFile {
  readonly packages: readonly LockedPackage[];
  readonly problems: readonly SyntaxProblem[];
}

const files = new WeakMap<SourceFile, LockFile>();

/**
 * The packages of a uv.lock or poetry.lock, with the version ("" where the file gives none, as for the project itself) and
 * the names of what each brings in unasked (not what its extras bring). A package may stand there more than once, for different
 * markers. Its location is its name and version. A broken file gives what can be read, and problems. Cached by the file.
 * (https://docs.astral.sh/uv/concepts/projects/layout/#the-lockfile, https://python-poetry.org/docs/basic-usage/)
 */
export function parseLock(file: SourceFile): LockFile {
  const known = files.get(file);
  if (known) return known;
  const { root, problems } = parseToml(file);
  const listed = tomlGet(root, "package");
  const tables = listed?.kind === "array" ? listed.items : [];
  const packages = tables.flatMap((table) => (table.kind === "table" ? (locked(file, table) ?? []) : []));
  const found = { packages, problems };
  files.set(file, found);
  return found;
}

function locked(file: SourceFile, table: TomlTable): LockedPackage | null {
  const name = table.entries.get("name");
  if (name?.value.kind !== "scalar") return null;
  const version = table.entries.get("version");
  const written = version?.value.kind === "scalar" ? String(version.value.value) : "";
  return {
    name: normalizedName(String(name.value.value)),
    version: written,
    dependencies: dependenciesOf(table),
    location: { file, span: version ? cover(name.span, version.span) : name.span },
  };
}

/** uv lists tables with a name, poetry has a table whose keys are the names; poetry's optional ones belong to extras. */
function dependenciesOf(table: TomlTable): string[] {
  const value = tomlGet(table, "dependencies");
  const names = new Set<string>();
  if (value?.kind === "array") {
    for (const item of value.items) {
      const name = tomlGet(item, "name");
      if (name?.kind === "scalar") names.add(normalizedName(String(name.value)));
    }
  } else if (value?.kind === "table") {
    for (const [name, entry] of value.entries) {
      const optional = tomlGet(entry.value, "optional");
      if (!(optional?.kind === "scalar" && optional.value === true)) names.add(normalizedName(name));
    }
  }
  return [...names];
}
