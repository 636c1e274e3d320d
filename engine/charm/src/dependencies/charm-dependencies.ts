import {
  type LockedPackage,
  type LockFile,
  markerHolds,
  once,
  parseLock,
  parsePyproject,
  parseRequirementsTxt,
  type Requirement,
  type RequirementsFile,
  type SourceFile,
} from "#syntax";
import type { CharmFiles } from "../charm-files.ts";
import type { CharmDependencies, Dependency } from "../charm-model.ts";
import { charmPythons } from "./charm-pythons.ts";
import { isDevelopmentName } from "./development-groups.ts";

/**
 * What a charm brings along when it runs: the requirements of requirements.txt and pyproject.toml, and what its lock file
 * (uv.lock, poetry.lock) adds to them transitively. Groups, extras and requirements files that are for development only
 * (`dev`, `unit`, `lint`…) don't count. Absent files give an empty result.
 */
export function charmDependencies(charm: CharmFiles): CharmDependencies {
  const locks = ["uv.lock", "poetry.lock"].flatMap((path) => charm.files.get(path) ?? []);
  const declaring = once(() => requirementsFiles(charm));
  const packages = once(() => packagesOf(charm, declaring(), locks));
  return {
    // Locks are long, and few rules get as far as to ask for packages.
    get packages() {
      return packages();
    },
    get files() {
      return [...declaring().map((each) => each.file), ...locks];
    },
    hasLock: locks.length > 0,
    get problems() {
      return [
        ...declaring().flatMap(({ file, read }) => read.problems.map((problem) => ({ file, problem }))),
        ...locks.flatMap((file) => parseLock(file).problems.map((problem) => ({ file, problem }))),
      ];
    },
  };
}

function packagesOf(
  charm: CharmFiles,
  declaring: readonly DeclaringFile[],
  locks: readonly SourceFile[],
): ReadonlyMap<string, Dependency> {
  const requirements = declaring
    .flatMap((each) => each.read.requirements)
    .filter((each) => each.group === null || !isDevelopmentName(each.group));
  const direct = directByName(requirements);
  const read = locks.map(parseLock);
  const locked = installable(read, charmPythons(charm, read));
  const packages = new Map<string, Dependency>();
  for (const [name, lockedPackages] of closure(requirements, locked)) {
    const requirement = direct.get(name) ?? null;
    packages.set(name, {
      name,
      constraint: requirement?.specifier ?? null,
      locked: onlyRelease(lockedPackages),
      requirement,
      lockedPackages,
    });
  }
  return packages;
}

interface DeclaringFile {
  readonly file: SourceFile;
  readonly read: RequirementsFile;
}

/** The files that state requirements, with those that they include by `-r` whatever their names are. */
function requirementsFiles(charm: CharmFiles): readonly DeclaringFile[] {
  const found = new Map<string, DeclaringFile>();
  const add = (path: string) => {
    const file = charm.files.get(path);
    if (!file || found.has(path)) return;
    const read = path === "pyproject.toml" ? parsePyproject(file) : parseRequirementsTxt(file);
    found.set(path, { file, read });
    for (const include of read.includes) if (include.kind === "requirements") add(include.path.replace(/^\.\//, ""));
  };
  for (const path of charm.files.keys()) if (isRequirements(path)) add(path);
  return [...found.values()];
}

/** pyproject.toml, and requirements files in the charm's folder that are not for development (`requirements-unit.txt` is). */
function isRequirements(path: string): boolean {
  if (path === "pyproject.toml") return true;
  const name = /^requirements(?:[-_.](?<rest>[\w.-]+))?\.txt$/.exec(path);
  if (!name) return false;
  const rest = name.groups?.["rest"];
  return rest === undefined || !isDevelopmentName(rest);
}

/** Requirements by name; of several for one package the unconditional main one counts first. */
function directByName(requirements: readonly Requirement[]): ReadonlyMap<string, Requirement> {
  const byName = new Map<string, Requirement>();
  for (const requirement of requirements) {
    const known = byName.get(requirement.name);
    if (!known || rank(requirement) < rank(known)) byName.set(requirement.name, requirement);
  }
  return byName;
}

function rank(requirement: Requirement): number {
  return (requirement.group === null ? 0 : 2) + (requirement.marker === null ? 0 : 1);
}

/** Which markers may hold on one of the Pythons that the charm may run with. */
type MayHold = (marker: string | null) => boolean;

interface Installable {
  readonly byName: ReadonlyMap<string, readonly LockedPackage[]>;
  readonly mayHold: MayHold;
}

/** The entries of the locks that one of the Pythons takes, by name. */
function installable(locks: readonly LockFile[], pythons: readonly string[]): Installable {
  // A lock repeats a few markers hundreds of times.
  const known = new Map<string, boolean>();
  const mayHold: MayHold = (marker) => {
    if (marker === null) return true;
    const held = known.get(marker) ?? pythons.some((python) => markerHolds(marker, python) !== false);
    known.set(marker, held);
    return held;
  };
  const byName = new Map<string, LockedPackage[]>();
  for (const each of locks.flatMap((lock) => lock.packages)) {
    if (each.markers.length > 0 && !each.markers.some(mayHold)) continue;
    const list = byName.get(each.name);
    if (list) list.push(each);
    else byName.set(each.name, [each]);
  }
  return { byName, mayHold };
}

/** Something to be installed: a package with an extra, or with the part of it that always comes ("" for the extra). */
interface Wanted {
  readonly name: string;
  readonly extra: string;
  /** Of several versions the one that is asked for; null: any. */
  readonly version: string | null;
}

/**
 * What the requirements bring in, extras included, in the order in which it is reached, each with the entries of the lock that may
 * be installed. Without a lock these are the requirements themselves, with no entries.
 */
function closure(
  requirements: readonly Requirement[],
  { byName, mayHold }: Installable,
): ReadonlyMap<string, readonly LockedPackage[]> {
  const reached = new Map<string, Set<LockedPackage>>();
  const seen = new Set<string>();
  const queue = requirements.flatMap(({ name, extras }): Wanted[] =>
    ["", ...extras].map((extra) => ({ name, extra, version: null })),
  );
  // A list that grows while it is walked is walked to its end.
  for (const { name, extra, version } of queue) {
    const key = JSON.stringify([name, extra, version]);
    if (seen.has(key)) continue;
    seen.add(key);
    const entries = reached.get(name) ?? new Set();
    reached.set(name, entries);
    for (const each of byName.get(name) ?? []) {
      if (version !== null && each.version !== version) continue;
      entries.add(each);
      for (const next of extra === "" ? each.dependencies : (each.extras.get(extra) ?? [])) {
        if (!mayHold(next.marker)) continue;
        for (const one of ["", ...next.extras]) queue.push({ name: next.name, extra: one, version: next.version });
      }
    }
  }
  return new Map([...reached].map(([name, entries]) => [name, [...entries]]));
}

/** The version where all entries are one release; null otherwise. */
function onlyRelease(entries: readonly LockedPackage[]): string | null {
  const [first] = entries;
  const same = entries.every((each) => each.source === "registry" && each.version === first?.version);
  return same ? first?.version || null : null;
}
