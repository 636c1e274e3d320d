import {
  type LockedPackage,
  parseLock,
  parsePyproject,
  parseRequirementsTxt,
  type Requirement,
  type RequirementsFile,
  type SourceFile,
} from "#syntax";
import type { CharmFiles } from "../charm-files.ts";
import type { CharmDependencies, Dependency } from "../charm-model.ts";
import { isDevelopmentName } from "./development-groups.ts";

/**
 * What a charm brings along when it runs: the requirements of requirements.txt and pyproject.toml, and what its lock file
 * (uv.lock, poetry.lock) adds to them transitively. Groups, extras and requirements files that are for development only
 * (`dev`, `unit`, `lint`…) don't count. Absent files give an empty result.
 */
export function charmDependencies(charm: CharmFiles): CharmDependencies {
  const declaring = requirementsFiles(charm);
  const locks = ["uv.lock", "poetry.lock"].flatMap((path) => charm.files.get(path) ?? []);
  const requirements = declaring
    .flatMap((each) => each.read.requirements)
    .filter((each) => each.group === null || !isDevelopmentName(each.group));
  const direct = directByName(requirements);
  const locked = lockedByName(locks);
  const packages = new Map<string, Dependency>();
  for (const name of closure(direct.keys(), locked)) {
    const requirement = direct.get(name) ?? null;
    const lockedPackage = locked.get(name)?.[0] ?? null;
    packages.set(name, {
      name,
      constraint: requirement?.specifier ?? null,
      locked: lockedPackage?.version || null,
      requirement,
      lockedPackage,
    });
  }
  return {
    packages,
    files: [...declaring.map((each) => each.file), ...locks],
    hasLock: locks.length > 0,
    problems: [
      ...declaring.flatMap(({ file, read }) => read.problems.map((problem) => ({ file, problem }))),
      ...locks.flatMap((file) => parseLock(file).problems.map((problem) => ({ file, problem }))),
    ],
  };
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

function lockedByName(locks: readonly SourceFile[]): ReadonlyMap<string, readonly LockedPackage[]> {
  const byName = new Map<string, LockedPackage[]>();
  for (const each of locks.flatMap((lock) => parseLock(lock).packages)) {
    const list = byName.get(each.name);
    if (list) list.push(each);
    else byName.set(each.name, [each]);
  }
  return byName;
}

/** The names and everything that they bring in, in the order in which they are reached. */
function closure(names: Iterable<string>, locked: ReadonlyMap<string, readonly LockedPackage[]>): ReadonlySet<string> {
  const reached = new Set(names);
  // A set that grows while it is walked is walked to its end.
  for (const name of reached) {
    for (const each of locked.get(name) ?? []) for (const dependency of each.dependencies) reached.add(dependency);
  }
  return reached;
}
