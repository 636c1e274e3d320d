/*
 * Which files of a tree matter, from their paths alone, so that every host (command line, server, browser, tests) finds the
 * same charms. Knows nothing of disks: a host walks, asks, and reads what it is told to.
 */

/**
 * The files of one charm that a host has to read, as the host named them. `root` is "" for the working directory itself. Which of its
 * Python is the charm's own stands in its packaging: `charmSources` tells that once the files are read.
 */
export interface DiscoveredCharm {
  readonly root: string;
  readonly paths: readonly string[];
}

/** Folders that hold no source of the project: version control, environments, caches, build output. */
const SKIPPED_FOLDERS: ReadonlySet<string> = new Set([
  ".git",
  ".hg",
  ".svn",
  "node_modules",
  "venv",
  ".venv",
  "env",
  ".env",
  "virtualenv",
  ".tox",
  ".nox",
  ".eggs",
  "__pycache__",
  ".mypy_cache",
  ".pytest_cache",
  ".ruff_cache",
  ".cache",
  ".idea",
  ".vscode",
  ".terraform",
  "build",
  "dist",
  "parts",
  "stage",
  "prime",
  "htmlcov",
]);

const METADATA = new Set(["charmcraft.yaml", "metadata.yaml"]);

/** Files directly in a charm's folder that say something about it. */
const AT_ROOT =
  /^(?:charmcraft\.yaml|metadata\.yaml|config\.yaml|pyproject\.toml|uv\.lock|poetry\.lock|requirements[\w.-]*\.txt|requirements\.in|charm\.py)$/;

const TOPOLOGY =
  /^(?:mesh-topology\.ya?ml|(?:.*[._-])?bundle\.ya?ml|(?:.*[._-])?(?:status|show-unit)\.(?:ya?ml|json)|(?:.*[._-])?(?:tf)?plan\.json)$/;

const HAS_NAME = /(?:^|[{,]\s*)["']?name["']?\s*:/m;
const HAS_RELATIONS = /(?:^|[{,]\s*)["']?(?:provides|requires|peers|containers)["']?\s*:/m;

/** Name of the project's settings file. */
export const PROJECT_SETTINGS_FILE = ".charm-mesh.yaml";

/**
 * Whether a folder of this name is to be left out with all that is in it. `name` is the last part of its path.
 * Unpacked wheels and eggs (`*.egg-info`, `*.dist-info`) are left out too.
 */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || name.endsWith(".egg-info") || name.endsWith(".dist-info");
}

/** Whether a folder that holds a file of this name is, or may be, the folder of a charm. `name` is the last part of its path. */
export function isCharmMetadata(name: string): boolean {
  return METADATA.has(name);
}

/** Whether a file may describe a deployment (its content decides): mesh-topology.yaml, bundles, juju outputs, Terraform plans. */
export function isTopologyPath(path: string): boolean {
  return !inSkippedFolder(path) && TOPOLOGY.test(lastPart(path));
}

/**
 * Whether a host should hand this file to `charmsOf`, read it, or watch it. True for charm files, topology candidates and the
 * project's settings file. `path` uses `/` and is relative to the workspace folder (folders above it are no matter of ours).
 */
export function isRelevantPath(path: string): boolean {
  if (inSkippedFolder(path)) return false;
  const name = lastPart(path);
  return name === PROJECT_SETTINGS_FILE || TOPOLOGY.test(name) || isCharmPath(path);
}

/**
 * The charms below some paths, by root, each with the files that belong to it. A charm is a folder with charmcraft.yaml or
 * metadata.yaml that looks like a charm: its `src` holds Python modules of a charm rather than of an installable package
 * (a library project keeps a charmcraft.yaml too, only to fetch and publish libraries), or no Python yet. Many things are called
 * metadata.yaml: without Python it counts only where `saysCharm`, which may look into it, says so.
 * A charm inside another (a tester below `tests/`) is a charm of its own and its files are not the outer one's.
 * Paths use `/`; others than those of charms are passed over. Leaving skipped folders out is the walk's part: a path may lead
 * through a folder called `build` above the workspace.
 */
export function charmsOf(
  paths: Iterable<string>,
  saysCharm: (metadata: string) => boolean = () => false,
): DiscoveredCharm[] {
  const relevant: string[] = [];
  const candidates = new Map<string, { charmcraft: boolean }>();
  for (const path of paths) {
    if (!isCharmPath(path)) continue;
    relevant.push(path);
    if (!METADATA.has(lastPart(path))) continue;
    const root = folderOf(path);
    const seen = candidates.get(root) ?? { charmcraft: false };
    if (lastPart(path) === "charmcraft.yaml") seen.charmcraft = true;
    candidates.set(root, seen);
  }
  const owned = new Map<string, string[]>([...candidates.keys()].map((root) => [root, []]));
  for (const path of relevant) {
    const root = nearestRoot(path, candidates);
    if (root !== null && belongs(root === "" ? path : path.slice(root.length + 1))) owned.get(root)?.push(path);
  }
  return [...owned]
    .filter(([root, files]) => looksLikeCharm(root, files, candidates.get(root)?.charmcraft === true, saysCharm))
    .map(([root, files]) => ({ root, paths: files.sort() }))
    .sort((a, b) => (a.root < b.root ? -1 : a.root > b.root ? 1 : 0));
}

/** Each metadata.yaml that only a look into it can tell to be a charm's or not (`isCharmMetadataText`). */
export function undecidedMetadata(paths: Iterable<string>): readonly string[] {
  const all = [...paths];
  const found = new Set(charmsOf(all).map(({ root }) => root));
  return all.filter((path) => lastPart(path) === "metadata.yaml" && !found.has(folderOf(path)));
}

/** Whether a metadata.yaml is a charm's, by its keys: a name, and relations or containers. */
export function isCharmMetadataText(text: string): boolean {
  return HAS_NAME.test(text) && HAS_RELATIONS.test(text);
}

function isCharmPath(path: string): boolean {
  return AT_ROOT.test(lastPart(path)) || path.endsWith(".py");
}

function belongs(relative: string): boolean {
  return relative.includes("/") ? relative.endsWith(".py") : AT_ROOT.test(relative);
}

function looksLikeCharm(
  root: string,
  files: readonly string[],
  charmcraft: boolean,
  saysCharm: (metadata: string) => boolean,
): boolean {
  const relative = files.map((path) => (root === "" ? path : path.slice(root.length + 1)));
  const sources = relative.filter((path) => /^(?:src|reactive|hooks)\//.test(path));
  if (sources.some((path) => /^(?:src|reactive|hooks)\/[^/]+\.py$/.test(path) || lastPart(path) === "charm.py"))
    return true;
  if (sources.length > 0) return false;
  return charmcraft || files.some((path) => lastPart(path) === "metadata.yaml" && saysCharm(path));
}

function nearestRoot(path: string, roots: ReadonlyMap<string, unknown>): string | null {
  for (let folder = folderOf(path); ; folder = folderOf(folder)) {
    if (roots.has(folder)) return folder;
    if (folder === "") return null;
  }
}

function inSkippedFolder(path: string): boolean {
  const parts = path.split("/");
  return parts.slice(0, -1).some(isSkippedFolder);
}

function folderOf(path: string): string {
  const slash = path.lastIndexOf("/");
  return slash < 0 ? "" : path.slice(0, slash);
}

function lastPart(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
