import { type CharmMetadata, type Dependency, MESH_LIBRARY, MESH_LIBRARY_BRINGERS, MESH_LIBRARY_NEEDS } from "#charm";
import type { Fix } from "../diagnostic.ts";
import { fix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { admits, runsCoordinatedWorkers } from "../facts/package-versions.ts";
import { libraryNamed } from "../facts/vendored-library.ts";
import { addedRequirement } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

/**
 * charmcraft's default `charm` plugin installs what libraries name in PYDEPS; the `uv`, `poetry` and `python` plugins install
 * what the charm itself asks for and nothing else.
 */
export const missingDependency = charmRule({
  name: "missing-dependency",
  summary: "A package that the vendored mesh library imports is in no requirements and no lock file.",
  severities: ["error", "hint"],
  *findings(facts) {
    const { libraries, dependencies, metadata, coordinator, worker } = facts;
    const library = libraryNamed(libraries, MESH_LIBRARY);
    const place = library?.imports[0]?.location ?? coordinator?.callee ?? worker?.callee;
    if (!library?.vendored || library.patch === null || !place || dependencies.files.length === 0) return;
    const inUse = library.imports.length > 0 || runsCoordinatedWorkers(facts, ">=2.1.0");
    if (!inUse) return;
    const { patch } = library;
    const names = new Set(MESH_LIBRARY_NEEDS.filter((need) => need.sincePatch <= patch).map((need) => need.package));
    for (const name of names) {
      if (dependencies.packages.has(name)) continue;
      const brought = broughtBy(name, facts);
      const installed = installsLibraries(metadata);
      if (brought === null && installed === null) continue;
      const specifier = MESH_LIBRARY_NEEDS.filter((need) => need.package === name && need.sincePatch <= patch)
        .map((need) => need.range)
        .findLast((range) => range !== "");
      const because = brought
        ? `${brought} brings it along; asking for it by name keeps the charm whole if that changes`
        : installed
          ? "charmcraft's charm plugin installs it for the library; asking for it by name makes that certain"
          : "the part's plugin does not install what libraries need, so the charm ends with an ImportError when it starts";
      yield {
        severity: brought !== null || installed ? "hint" : "error",
        message: `The service_mesh library (LIBPATCH ${patch}) imports from \`${name}\`, which no requirement of this charm names: ${because}.`,
        location: place,
        fixes: addition(`${name}${specifier ?? ""}`, facts),
      };
    }
  },
});

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
