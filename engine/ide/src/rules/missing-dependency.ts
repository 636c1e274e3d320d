import { type CharmMetadata, type Dependency, MESH_LIBRARY, MESH_LIBRARY_BRINGERS, MESH_LIBRARY_NEEDS } from "#charm";
import type { Finding, Fix } from "../diagnostic.ts";
import { fix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { libraryNeeds } from "../facts/library-needs.ts";
import { admits, runsCoordinatedWorkers, runsWith } from "../facts/package-versions.ts";
import { libraryNamed } from "../facts/vendored-library.ts";
import { addedRequirement } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

/**
 * charmcraft's default `charm` plugin installs what libraries name in PYDEPS; the `uv`, `poetry` and `python` plugins install
 * what the charm itself asks for and nothing else.
 */
export const missingDependency = charmRule({
  name: "missing-dependency",
  summary: "No requirement and no lock file names a package that a library of the charm imports.",
  severities: ["error", "hint"],
  *findings(facts) {
    const reported = new Set<string>();
    for (const finding of absentFromLock(facts)) {
      reported.add(finding.package);
      yield finding;
    }
    yield* absentForMeshLibrary(facts, reported);
  },
});

/** A lock holds all that is installed, so what a library imports and the lock does not hold can't be imported. */
function* absentFromLock(facts: CharmFacts): Iterable<Finding & { readonly package: string }> {
  const { dependencies, metadata } = facts;
  const certain = dependencies.hasLock && installsLibraries(metadata) === false && dependencies.problems.length === 0;
  if (!certain) return;
  const seen = new Set<string>();
  for (const need of libraryNeeds(facts)) {
    const { library, package: name, place } = need;
    if (dependencies.packages.has(name) || seen.has(name)) continue;
    seen.add(name);
    const renamed = name === "httpx" && runsWith(dependencies, "lightkube", ">=1.0.0");
    const because = renamed ? ": lightkube 1.0 and later depends on httpx2 instead" : "";
    yield {
      package: name,
      message: `This charm fails with a ModuleNotFoundError when it starts: the library \`${library.name}\` imports \`${name}\`, and the lock does not bring it${because}.`,
      location: place,
      // The library needs more than the import: see `dependency-too-old`, which asks for an older lightkube.
      fixes: renamed ? [] : addition(`${name}${rangeOf(name, library.patch)}`, facts),
    };
  }
}

/** What the mesh library imports, by its LIBPATCH. */
function* absentForMeshLibrary(facts: CharmFacts, reported: ReadonlySet<string>): Iterable<Finding> {
  const { libraries, dependencies, metadata, coordinator, worker } = facts;
  const library = libraryNamed(libraries, MESH_LIBRARY);
  const place = library?.imports[0]?.location ?? coordinator?.callee ?? worker?.callee;
  if (!library?.vendored || library.patch === null || !place || dependencies.files.length === 0) return;
  const inUse = library.imports.length > 0 || runsCoordinatedWorkers(facts, ">=2.1.0");
  if (!inUse) return;
  const { patch } = library;
  const names = new Set(MESH_LIBRARY_NEEDS.filter((need) => need.sincePatch <= patch).map((need) => need.package));
  for (const name of names) {
    if (dependencies.packages.has(name) || reported.has(name)) continue;
    const brought = broughtBy(name, facts);
    const installed = installsLibraries(metadata);
    if (brought === null && installed === null) continue;
    const use = `the service_mesh library (LIBPATCH ${patch}) imports \`${name}\``;
    yield {
      severity: brought !== null || installed ? "hint" : "error",
      message: brought
        ? `This charm will fail when it starts, as soon as ${brought} no longer depends on \`${name}\`: ${use}, and no requirement of the charm names it.`
        : installed
          ? `This charm will fail when it starts, as soon as it is built without charmcraft's charm plugin, which installs \`${name}\`: ${use}, and no requirement of the charm names it.`
          : `This charm fails with an ImportError when it starts: ${use}, no requirement of the charm names it, and the part's plugin does not install what libraries need.`,
      location: place,
      fixes: addition(`${name}${rangeOf(name, patch)}`, facts),
    };
  }
}

/** The range in which a package has what the mesh library imports at a LIBPATCH; "" where any will do. */
function rangeOf(name: string, patch: number | null): string {
  const needs = MESH_LIBRARY_NEEDS.filter((need) => need.package === name && need.sincePatch <= (patch ?? 0));
  return needs.map((need) => need.range).findLast((range) => range !== "") ?? "";
}

function broughtBy(name: string, { dependencies }: Pick<CharmFacts, "dependencies">): string | null {
  // A lock holds everything that is brought along: what is not in it does not come.
  if (dependencies.hasLock) return null;
  const bringer = MESH_LIBRARY_BRINGERS.find(
    (each) =>
      each.brings.includes(name) &&
      dependencies.packages.has(each.package) &&
      admits(dependencies, each.package, each.range),
  );
  return bringer?.package ?? null;
}

/** Whether the part's plugin installs the libraries' PYDEPS; null where the charm is built in a way that is not known. */
function installsLibraries({ partPlugins }: Pick<CharmMetadata, "partPlugins">): boolean | null {
  const plugins = [...partPlugins.values()];
  if (plugins.some((each) => each === "uv" || each === "poetry" || each === "python")) return false;
  if (plugins.length === 0 || plugins.includes("charm")) return true;
  return null;
}

function addition(requirement: string, { dependencies, charm }: Pick<CharmFacts, "dependencies" | "charm">): Fix[] {
  const beside: Dependency | undefined = [...dependencies.packages.values()].find((each) => each.requirement);
  const preferred = beside?.requirement?.location.file;
  const files = [preferred, charm.files.get("pyproject.toml"), charm.files.get("requirements.txt")];
  for (const file of files) {
    const edits = file ? addedRequirement(file, requirement, { charm }) : [];
    if (file && edits.length > 0)
      return [fix(`Add ${requirement} to ${file.path.slice(file.path.lastIndexOf("/") + 1)}`, edits)];
  }
  return [];
}
