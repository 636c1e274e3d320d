import { isManifestPath } from "#charm";

/*
 * Which files of a tree matter, from their paths alone, so that every host (command line, server, browser, tests) finds the
 * same charms. Has no access to disks: a host walks, asks, and reads the files in the answer.
 */

/**
 * The files of one charm that a host has to read, under the host's names. `root` is "" for the working directory itself. The
 * packaging determines which of its Python is the charm's own: `charmSources` gives that once the files are read.
 */
export interface DiscoveredCharm {
  readonly root: string;
  /** Sorted. */
  readonly paths: readonly string[];
  /** The metadata.yaml whose text decides whether this is a charm (`confirmedCharms`); null if the paths alone decide. */
  readonly undecided: string | null;
}

/** What matters among the paths of a workspace. */
export interface Discovery {
  /** By root. */
  readonly charms: readonly DiscoveredCharm[];
  /** Files that may describe a deployment (their content decides): mesh-topology.yaml, bundles, juju outputs, Terraform plans. Sorted. */
  readonly topologies: readonly string[];
  /** The project's settings files, nearest to the root first. */
  readonly settings: readonly string[];
  /** Terraform sources, which name endpoints of charms. Sorted. */
  readonly terraform: readonly string[];
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

const SOURCE = /^(?:src|reactive|hooks)\//;
const ENTRY = /^[^/]+\/(?:[^/]+\.py|(?:.*\/)?charm\.py)$/;

const TOPOLOGY =
  /^(?:mesh-topology\.ya?ml|(?:.*[._-])?bundle\.ya?ml|(?:.*[._-])?(?:status|show-unit)\.(?:ya?ml|json)|(?:.*[._-])?(?:tf)?plan\.json)$/;

const HAS_NAME = /(?:^|[{,]\s*)["']?name["']?\s*:/m;
const HAS_RELATIONS = /(?:^|[{,]\s*)["']?(?:provides|requires|peers|containers)["']?\s*:/m;

/** Name of the project's settings file. */
export const PROJECT_SETTINGS_FILE = ".charm-mesh.yaml";

/**
 * Whether a folder of this name is to be left out with all that is in it. `name` is the last part of its path.
 * Unpacked wheels and eggs (`*.egg-info`, `*.dist-info`) and templates of folders (`{{cookiecutter.name}}`) are left out too.
 */
export function isSkippedFolder(name: string): boolean {
  return SKIPPED_FOLDERS.has(name) || name.endsWith(".egg-info") || name.endsWith(".dist-info") || name.includes("{{");
}

/** Whether a folder that holds a file of this name is, or may be, the folder of a charm. `name` is the last part of its path. */
export function isCharmMetadata(name: string): boolean {
  return METADATA.has(name);
}

/**
 * Whether a host should hand this file to `discovery`, read it, or watch it. True for charm files, topology candidates, Terraform
 * sources and the project's settings file. `path` uses `/` and is relative to the workspace folder (folders above it do not matter).
 */
export function isRelevantPath(path: string): boolean {
  if (inSkippedFolder(path)) return false;
  const name = lastPart(path);
  return (
    name === PROJECT_SETTINGS_FILE ||
    name.endsWith(".tf") ||
    TOPOLOGY.test(name) ||
    isCharmFile(name) ||
    mayBeManifest(path)
  );
}

/**
 * The relevant files among some paths, in one pass. A charm is a folder with charmcraft.yaml or metadata.yaml that looks like a charm:
 * its `src` holds Python modules of a charm rather than of an installable package (a library project keeps a charmcraft.yaml too,
 * only to fetch and publish libraries), or no Python yet. Many files have the name metadata.yaml: without Python and charmcraft.yaml its
 * text decides, and the result marks the charm as `undecided`.
 * A charm inside another (a tester below `tests/`) is a separate charm, and the outer one does not include its files.
 * Paths use `/`; irrelevant ones are ignored. The walk has to omit skipped folders (`isRelevantPath`): a
 * path may lead through a folder called `build` above the workspace.
 */
export function discovery(paths: Iterable<string>): Discovery {
  const files: string[] = [];
  const candidates = new Map<string, Candidate>();
  const topologies: string[] = [];
  const settings: string[] = [];
  const terraform: string[] = [];
  for (const path of paths) {
    const name = lastPart(path);
    if (isCharmFile(name)) files.push(path);
    else if (TOPOLOGY.test(name)) topologies.push(path);
    else if (name === PROJECT_SETTINGS_FILE) settings.push(path);
    else if (name.endsWith(".tf")) terraform.push(path);
    else if (mayBeManifest(path)) files.push(path);
    if (!isCharmMetadata(name)) continue;
    const root = folderOf(path);
    candidates.set(root, { root, paths: [], hasSources: false, hasEntry: false });
  }
  let [folder, candidate]: [string | null, Candidate | null] = [null, null];
  for (const path of files) {
    const own = folderOf(path);
    // Files of one folder mostly come one after the other.
    if (own !== folder) candidate = nearest(own, candidates);
    folder = own;
    if (candidate) take(candidate, path);
  }
  return {
    charms: [...candidates.values()]
      .flatMap(discoveredCharm)
      .sort((a, b) => (a.root < b.root ? -1 : a.root > b.root ? 1 : 0)),
    topologies: topologies.sort(),
    terraform: terraform.sort(),
    settings: settings.sort((a, b) => a.length - b.length || (a < b ? -1 : 1)),
  };
}

/**
 * The actual charms: an undecided one counts where its metadata.yaml has the keys of a charm's, a name, and relations or
 * containers. `textOf` gives the text of a metadata.yaml; null for an unreadable one, which then does not count as a charm's.
 */
export function confirmedCharms(
  charms: readonly DiscoveredCharm[],
  textOf: (metadata: string) => string | null,
): readonly DiscoveredCharm[] {
  return charms.filter(({ undecided }) => undecided === null || isCharmMetadataText(textOf(undecided) ?? ""));
}

function isCharmMetadataText(text: string): boolean {
  return HAS_NAME.test(text) && HAS_RELATIONS.test(text);
}

function isCharmFile(name: string): boolean {
  return name.endsWith(".py") || AT_ROOT.test(name);
}

/** Whether some folder above the file could be a charm's in which it is a manifest. */
function mayBeManifest(path: string): boolean {
  if (path.endsWith(".py")) return false;
  for (let from = 0; from >= 0; from = path.indexOf("/", from) + 1 || -1)
    if (isManifestPath(path.slice(from))) return true;
  return false;
}

/** A folder that may be a charm's, and what was found in it so far. */
interface Candidate {
  readonly root: string;
  readonly paths: string[];
  /** Python below `src`, `reactive` or `hooks`. */
  hasSources: boolean;
  /** Such that makes a charm: modules directly there, or a charm.py deeper down. */
  hasEntry: boolean;
}

function take(candidate: Candidate, path: string): void {
  const relative = candidate.root === "" ? path : path.slice(candidate.root.length + 1);
  const isOwn = relative.includes("/") ? relative.endsWith(".py") || isManifestPath(relative) : AT_ROOT.test(relative);
  if (!isOwn) return;
  candidate.paths.push(path);
  if (!SOURCE.test(relative) || !relative.endsWith(".py")) return;
  candidate.hasSources = true;
  candidate.hasEntry ||= ENTRY.test(relative);
}

/** The charm of a folder as a list, which is empty if its paths show that it is not a charm. */
function discoveredCharm({ root, paths, hasSources, hasEntry }: Candidate): DiscoveredCharm[] {
  if (hasSources && !hasEntry) return [];
  const at = (name: string): string => (root === "" ? name : `${root}/${name}`);
  const isDecided = hasEntry || paths.includes(at("charmcraft.yaml"));
  return [{ root, paths: paths.sort(), undecided: isDecided ? null : at("metadata.yaml") }];
}

/** The innermost candidate that a folder is or is below. */
function nearest(from: string, candidates: ReadonlyMap<string, Candidate>): Candidate | null {
  for (let folder = from; ; folder = folderOf(folder)) {
    const candidate = candidates.get(folder);
    if (candidate) return candidate;
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
