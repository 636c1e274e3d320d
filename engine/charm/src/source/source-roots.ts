import { parseToml, parseYaml, type TomlValue, tomlGet } from "#syntax";
import type { CharmFiles } from "../charm-files.ts";
import { holdsRelevantKind, isManifestPath, isNamedInPython } from "../manifests/manifest-path.ts";
import { entriesOf, mapAt, mapOf, stringAt } from "../metadata/yaml-values.ts";

/** Folders of a charm whose Python is always read. `reactive` and `hooks` belong to older charms. */
const USUAL_ROOTS: readonly string[] = ["src", "lib", "tests", "reactive", "hooks"];

/**
 * A charm as it counts: without the Python that lies neither where charms have theirs nor where the charm's packaging says (documents'
 * settings, examples, a workload's own code), readable or not, and without manifests of other kinds than those that matter.
 * An unreadable manifest may hold one where the charm's Python names it. The same object where nothing is left out.
 */
export function charmSources(charm: CharmFiles): CharmFiles {
  const roots = [...USUAL_ROOTS, ...sourceRoots(charm)];
  const counts = (path: string): boolean => {
    if (isManifestPath(path)) return countsAsManifest(charm, path);
    return !path.endsWith(".py") || !path.includes("/") || roots.some((root) => path.startsWith(`${root}/`));
  };
  if ([...charm.files.keys(), ...charm.unreadable.keys()].every(counts)) return charm;
  const kept = <T>(entries: ReadonlyMap<string, T>) => new Map([...entries].filter(([path]) => counts(path)));
  return { ...charm, files: kept(charm.files), unreadable: kept(charm.unreadable) };
}

function countsAsManifest({ files }: CharmFiles, path: string): boolean {
  const file = files.get(path);
  return file ? holdsRelevantKind(file.text) : isNamedInPython(files, path);
}

/**
 * The folders that the charm's own packaging puts on Python's path, beside `src` and `lib`: the entry point's in charmcraft.yaml
 * (https://documentation.ubuntu.com/charmcraft/stable/reference/plugins/charm_plugin/, `charm-entrypoint`), and in pyproject.toml what
 * setuptools (`package-dir`, `packages.find.where`), poetry (`packages` with `from`) and hatch (`packages`, `sources`) take
 * packages from. Empty where neither names one; what can't be read, and what leads out of the charm, is left out.
 */
export function sourceRoots(charm: CharmFiles): readonly string[] {
  const charmcraft = charm.files.get("charmcraft.yaml");
  const pyproject = charm.files.get("pyproject.toml");
  const named = [
    ...(charmcraft ? entryFolders(mapOf(parseYaml(charmcraft).root)) : []),
    ...(pyproject ? packageFolders(parseToml(pyproject).root) : []),
  ];
  const folders = named.map((each) => each.replaceAll("\\", "/").replace(/^(?:\.\/)+|(?<!\/)\/+$/g, ""));
  const inside = (each: string) => !/^(?:\.?|\/.*)$/.test(each) && !each.split("/").includes("..");
  return [...new Set(folders.filter(inside))];
}

function entryFolders(root: ReturnType<typeof mapOf>): readonly string[] {
  return entriesOf(mapAt(root, "parts")).flatMap((part) => {
    const entry = stringAt(mapOf(part.value), "charm-entrypoint");
    return entry === null ? [] : [folderOf(entry)];
  });
}

function packageFolders(root: TomlValue): readonly string[] {
  const setuptools = tomlGet(root, "tool", "setuptools");
  const wheel = tomlGet(root, "tool", "hatch", "build", "targets", "wheel");
  const poetry = tomlGet(root, "tool", "poetry", "packages");
  return [
    ...texts(tomlGet(setuptools, "package-dir", "")),
    ...texts(tomlGet(setuptools, "packages", "find", "where")),
    ...(poetry?.kind === "array" ? poetry.items.flatMap((each) => texts(tomlGet(each, "from"))) : []),
    ...texts(tomlGet(wheel, "packages")).map(folderOf),
    ...texts(tomlGet(wheel, "sources")),
  ];
}

/** A text, or the texts of an array. */
function texts(value: TomlValue | null): readonly string[] {
  if (value?.kind === "array") return value.items.flatMap(texts);
  return value?.kind === "scalar" && typeof value.value === "string" ? [value.value] : [];
}

function folderOf(path: string): string {
  const end = path.lastIndexOf("/");
  return end < 0 ? "" : path.slice(0, end);
}
