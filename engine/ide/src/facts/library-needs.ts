import {
  COORDINATOR_LIBRARIES,
  COORDINATOR_LIBRARIES_BEFORE_4,
  type Library,
  MESH_LIBRARY,
  PACKAGED_MESH_LIBRARY,
  WORKER_LIBRARIES,
} from "#charm";
import { type Location, memo, type SourceFile } from "#syntax";
import type { CharmFacts } from "./charm-facts.ts";
import { constraintAdmits, importsEarlierHome, runsCoordinatedWorkers, runsWith } from "./package-versions.ts";
import { hasLibrary } from "./vendored-library.ts";

/** Packages by the module that is imported, for those that charm libraries import and a lock may lack. */
const PACKAGE_OF_MODULE: ReadonlyMap<string, string> = new Map([
  ["charmed_service_mesh_helpers", "charmed-service-mesh-helpers"],
  ["cosl", "cosl"],
  ["cryptography", "cryptography"],
  ["httpx", "httpx"],
  ["httpx2", "httpx2"],
  ["jsonschema", "jsonschema"],
  ["lightkube", "lightkube"],
  ["lightkube_extensions", "lightkube-extensions"],
  ["pydantic", "pydantic"],
  ["requests", "requests"],
  ["tenacity", "tenacity"],
  ["yaml", "pyyaml"],
]);

/** A package that a library of the charm imports when it is itself imported. */
export interface LibraryNeed {
  readonly library: Library;
  readonly package: string;
  /** Why the library is imported: the charm's own import, or the Coordinator or Worker. */
  readonly place: Location;
}

type Facts = Pick<CharmFacts, "libraries" | "imports" | "coordinator" | "worker" | "dependencies" | "python">;

/**
 * What the libraries in the charm's tree import at the top of their modules, for every library that is certainly imported when
 * the charm starts: by an import of the charm's own at the top of a module, by coordinated-workers, or by another such library.
 */
export function libraryNeeds(facts: Facts): readonly LibraryNeed[] {
  const byName = new Map(facts.libraries.map((each) => [each.name, each]));
  const reached = new Map<string, Location>();
  for (const { module, name, location, statement, typeCheckingOnly } of facts.imports) {
    if (typeCheckingOnly || !isAtLineStart(statement)) continue;
    for (const each of [module, `${module}.${name ?? ""}`])
      if (byName.has(each) && !reached.has(each)) reached.set(each, location);
  }
  const call = facts.coordinator ?? facts.worker;
  if (call) for (const each of checkedByPackage(facts)) if (!reached.has(each)) reached.set(each, call.callee);
  const needs: LibraryNeed[] = [];
  // A map that grows while it is walked is walked to its end.
  for (const [name, place] of reached) {
    const library = byName.get(name);
    if (!library?.file) continue;
    for (const module of topImports(library.file)) {
      const needed = PACKAGE_OF_MODULE.get(module.split(".")[0] ?? "");
      if (needed !== undefined && isTopImport(facts, library.file, module))
        needs.push({ library, package: needed, place });
      if (byName.has(module) && !reached.has(module)) reached.set(module, place);
    }
  }
  return needs;
}

/**
 * Whether a coordinator or worker is locked below coordinated-workers 2.1.0, has no mesh library, and nothing keeps the next lock from
 * a version that needs the library (`check_libs_installed`). False where nothing is locked.
 */
export function needsMeshLibraryWithNextLock(
  facts: Pick<CharmFacts, "libraries" | "imports" | "coordinator" | "worker" | "dependencies" | "charm">,
): boolean {
  const { coordinator, worker, dependencies, imports } = facts;
  const found = dependencies.packages.get("coordinated-workers");
  if ((!coordinator && !worker) || hasLibrary(facts, MESH_LIBRARY) || importsEarlierHome(imports)) return false;
  if (imports.some((each) => each.module.startsWith(PACKAGED_MESH_LIBRARY))) return false;
  if (!found?.requirement || found.lockedPackages.length === 0) return false;
  return runsWith(dependencies, "coordinated-workers", "<2.1.0") && constraintAdmits(found, ">=2.1.0");
}

/** Libraries that `check_libs_installed` of coordinated-workers imports; none where the package may be one without mesh support. */
function checkedByPackage(facts: Facts): readonly string[] {
  if (!runsCoordinatedWorkers(facts, ">=2.1.0")) return [];
  if (!facts.coordinator) return WORKER_LIBRARIES.value;
  const older = runsWith(facts.dependencies, "coordinated-workers", "<4.0.0");
  return [...COORDINATOR_LIBRARIES.value, ...(older ? COORDINATOR_LIBRARIES_BEFORE_4.value : [])];
}

/** An indented import is in a function, a `try` or a condition, and may never run. */
function isAtLineStart({ file, span }: Location): boolean {
  return span.start === 0 || file.text[span.start - 1] === "\n";
}

/** Modules that a file seems to import at line starts, docstrings left out: found without parsing, as libraries are long. */
const topImports = memo((file: SourceFile): ReadonlySet<string> => {
  const text = file.text.replace(/"""[\s\S]*?"""/g, "");
  return new Set([...text.matchAll(/^(?:from|import)[ \t]+([A-Za-z_][\w.]*)/gm)].map(([, name = ""]) => name));
});

/** Whether the parsed file imports the module at its top, outside every condition. Asked only for packages that matter. */
function isTopImport({ dependencies, python }: Facts, file: SourceFile, module: string): boolean {
  const needed = PACKAGE_OF_MODULE.get(module.split(".")[0] ?? "");
  if (needed === undefined || dependencies.packages.has(needed)) return true;
  return python.module(file).body.some((each) => {
    if (each.kind === "import-from") return each.level === 0 && each.module.text === module;
    return each.kind === "import" && each.names.some((alias) => alias.name.text === module);
  });
}
