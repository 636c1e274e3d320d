import type { CharmDependencies, CharmModel, Dependency } from "#charm";
import { type Location, admits as rangesMeet, satisfies } from "#syntax";

/**
 * Whether the version of a package that the charm runs with may lie in a range: the locked one decides, else the constraint.
 * True for a package that stands nowhere and for versions that can't be read: nothing is then ruled out.
 */
export function admits({ packages }: CharmDependencies, name: string, range: string): boolean {
  const found = packages.get(name);
  const { locked, lockedPackage } = found ?? {};
  if (locked && lockedPackage) return remembered(lockedPackage, range, () => satisfies(locked, range) ?? true);
  return constraintAdmits(found, range);
}

/** Whether the constraint alone lets a version of the range in; true where there is none. */
export function constraintAdmits(dependency: Dependency | undefined, range: string): boolean {
  const { constraint, requirement } = dependency ?? {};
  if (!constraint || !requirement) return true;
  return remembered(requirement, range, () => rangesMeet(constraint, range) ?? true);
}

const answers = new WeakMap<object, Map<string, boolean>>();

/** Comparing versions is the slowest part of these rules; the entry of a file that did not change has its answer already. */
function remembered(entry: object, range: string, answer: () => boolean): boolean {
  const known = answers.get(entry) ?? new Map<string, boolean>();
  answers.set(entry, known);
  const found = known.get(range) ?? answer();
  known.set(range, found);
  return found;
}

/**
 * Whether the charm runs with a coordinated-workers of some range, as far as can't be ruled out. The package's earlier home,
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
  const elder = imports.some((each) => each.module.startsWith("cosl.coordinated_workers"));
  return !elder && admits(dependencies, "coordinated-workers", range);
}

/** What keeps versions of a range out: the requirement that excludes them, else the lock's entry. */
export function placeOfPackage(dependency: Dependency | undefined, range: string): Location | null {
  const requirement = dependency?.requirement?.location ?? null;
  if (requirement && !constraintAdmits(dependency, range)) return requirement;
  return dependency?.lockedPackage?.location ?? requirement;
}
