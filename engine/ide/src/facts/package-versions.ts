import type { CharmDependencies, CharmModel, Dependency } from "#charm";
import { type Location, type LockedPackage, memo, admits as rangesMeet, satisfies } from "#syntax";

/**
 * Whether the version of a package that the charm runs with may lie in a range: one of the locked ones decides, else the constraint.
 * True for a package that no file names, for versions that can't be read, and for a git revision or folder, whose version proves
 * nothing: nothing is then ruled out.
 */
export function admits({ packages }: CharmDependencies, name: string, range: string): boolean {
  const found = packages.get(name);
  if (!found || found.lockedPackages.length === 0)
    return found?.requirement?.elsewhere === true || constraintAdmits(found, range);
  return found.lockedPackages.some((each) => isIn(each, range) !== false);
}

/**
 * Whether the version of a package that the charm runs with is certainly in a range: every locked one does, or, where nothing is
 * locked, the constraint lets one in, as installers take the newest. True for a package that no file names; false for a git
 * revision or folder.
 */
export function runsWith({ packages }: CharmDependencies, name: string, range: string): boolean {
  const found = packages.get(name);
  if (!found || found.lockedPackages.length === 0)
    return found?.requirement?.elsewhere !== true && constraintAdmits(found, range);
  return found.lockedPackages.every((each) => isIn(each, range) === true);
}

/** Whether a locked release is in a range; null where unknown. */
function isIn(locked: LockedPackage, range: string): boolean | null {
  if (locked.source === "elsewhere" || locked.version === "") return null;
  return remembered(locked, range, () => satisfies(locked.version, range));
}

/** Whether the constraint alone lets a version of the range in; true where there is none. */
export function constraintAdmits(dependency: Dependency | undefined, range: string): boolean {
  const { constraint, requirement } = dependency ?? {};
  if (!constraint || !requirement) return true;
  return remembered(requirement, range, () => rangesMeet(constraint, range)) ?? true;
}

/** By the range that a version is compared with. */
const answers = memo((_: object) => new Map<string, boolean | null>());

/** Comparing versions is the slowest part of these rules; the entry of a file that did not change has its answer already. */
function remembered(entry: object, range: string, answer: () => boolean | null): boolean | null {
  const known = answers(entry);
  const stored = known.get(range);
  const found = stored === undefined ? answer() : stored;
  known.set(range, found);
  return found;
}

/**
 * Whether the charm certainly runs with a coordinated-workers of some range. The package's earlier home,
 * `cosl.coordinated_workers`, had no mesh support.
 */
export function runsCoordinatedWorkers(
  {
    coordinator,
    worker,
    imports,
    dependencies,
  }: Pick<CharmModel, "coordinator" | "worker" | "imports" | "dependencies">,
  range: string,
): boolean {
  if (!coordinator && !worker) return false;
  return !importsEarlierHome(imports) && runsWith(dependencies, "coordinated-workers", range);
}

/** Whether the charm imports the package from its earlier home. */
export function importsEarlierHome(imports: CharmModel["imports"]): boolean {
  return imports.some((each) => each.module.startsWith("cosl.coordinated_workers"));
}

/**
 * The package of a normalised name that the charm runs with. Locks are long: they are read only where the name stands in one of the files
 * in one of its spellings (https://packaging.python.org/en/latest/specifications/name-normalization/).
 */
export function packageIn(dependencies: CharmDependencies, name: string, spelling: RegExp): Dependency | undefined {
  return dependencies.files.some(({ text }) => spelling.test(text)) ? dependencies.packages.get(name) : undefined;
}

/** What keeps versions of a range out: the requirement that excludes them, else the lock's entry. */
export function placeOfPackage(dependency: Dependency | undefined, range: string): Location | null {
  const requirement = dependency?.requirement?.location ?? null;
  if (requirement && !constraintAdmits(dependency, range)) return requirement;
  return dependency?.lockedPackages[0]?.location ?? requirement;
}

/** The version as a message names it: `the locked 2.0.25`, `the constraint “<2”`. */
export function versionText(dependency: Dependency | undefined): string {
  const versions = [...new Set(dependency?.lockedPackages.flatMap((each) => each.version || []))];
  if (versions.length > 0) return `the locked ${versions.join(" or ")}`;
  return `the constraint “${dependency?.constraint ?? ""}”`;
}
