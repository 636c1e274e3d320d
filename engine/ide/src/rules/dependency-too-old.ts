import { MESH_LIBRARY, MESH_LIBRARY_NEEDS, PACKAGED_MESH_LIBRARY, PYDANTIC_NEED } from "#charm";
import type { Location } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { needsMeshLibraryWithNextLock } from "../facts/library-needs.ts";
import {
  admits,
  constraintAdmits,
  packageIn,
  placeOfPackage,
  runsWith,
  versionText,
} from "../facts/package-versions.ts";
import { libraryNamed } from "../facts/vendored-library.ts";
import { reconstrainedFixes } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

const PACKAGED = /charmlibs[-_.]+interfaces[-_.]+service[-_.]+mesh/i;

/** CharmFacts of the packages' releases; each message says what is lacking. */
export const dependencyTooOld = charmRule({
  name: "dependency-too-old",
  summary: "A constraint or lock excludes a version that the charm needs.",
  severities: ["error", "warning"],
  *findings(facts) {
    yield* withoutMeshSupport(facts);
    yield* withoutWhatTheLibraryImports(facts);
    yield* withoutPydantic2(facts);
    yield* withoutNginx(facts);
    yield* withOtherErrors(facts);
  },
});

/** Mesh support came to coordinated-workers with 2.1.0. */
function* withoutMeshSupport({ dependencies, coordinator, wiring }: CharmFacts): Iterable<Finding> {
  const name = "coordinated-workers";
  const asks =
    wiring.coordinator === "all" ||
    wiring.coordinator === "some" ||
    ["charm_mesh_policies", "worker_telemetry_proxy_config"].some((each) => coordinator?.arguments.has(each));
  if (!coordinator || !asks) return;
  const found = dependencies.packages.get(name);
  const location = placeOfPackage(found, ">=2.1.0");
  if (!location || admits(dependencies, name, ">=2.1.0")) return;
  yield {
    message: `This charm fails when it starts: the coordinator gets mesh arguments, which coordinated-workers takes from 2.1.0 on, and ${versionText(found)} is older.`,
    location,
    related: [{ location: coordinator.callee, message: "The mesh arguments are given here." }],
    fixes: constraintAdmits(found, ">=2.1.0") ? [] : reconstrainedFixes(found?.requirement, ">=2.1.0"),
  };
}

function* withoutWhatTheLibraryImports({ dependencies, libraries }: CharmFacts): Iterable<Finding> {
  const library = libraryNamed(libraries, MESH_LIBRARY);
  if (!library?.vendored || library.patch === null) return;
  for (const need of MESH_LIBRARY_NEEDS) {
    const found = dependencies.packages.get(need.package);
    const location = placeOfPackage(found, need.range);
    if (need.range === "" || need.sincePatch > library.patch || !location) continue;
    if (admits(dependencies, need.package, need.range)) continue;
    yield {
      message: `This charm fails with an ImportError when it starts: the service_mesh library (LIBPATCH ${library.patch}) needs ${need.package}${need.range}, and ${versionText(found)} is older.`,
      location,
      related: importedHere(library.imports[0]?.location),
      fixes: constraintAdmits(found, need.range) ? [] : reconstrainedFixes(found?.requirement, need.range),
    };
  }
}

/** Of a lock that does not hold the packaged library yet nothing is concluded: locking again may take another pydantic. */
function* withoutPydantic2({ dependencies, libraries }: CharmFacts): Iterable<Finding> {
  const { package: name, range } = PYDANTIC_NEED;
  const packaged = packageIn(dependencies, "charmlibs-interfaces-service-mesh", PACKAGED);
  const vendored = libraryNamed(libraries, MESH_LIBRARY)?.vendored === true;
  if (!packaged && !vendored) return;
  const found = dependencies.packages.get(name);
  const location = placeOfPackage(found, range);
  if (!location) return;
  const locked = vendored || (packaged?.lockedPackages.length ?? 0) > 0;
  if (locked ? admits(dependencies, name, range) : constraintAdmits(found, range)) return;
  yield {
    message: `The service_mesh library can't work in this charm: it needs pydantic 2, and ${locked ? versionText(found) : `the constraint “${found?.constraint ?? ""}”`} is older.`,
    location,
    // What else in the charm uses pydantic may have to change too, so a person decides.
    fixes: constraintAdmits(found, range)
      ? []
      : reconstrainedFixes(found?.requirement, range).map((each) => ({ ...each, preferred: false })),
  };
}

function importedHere(location: Location | undefined): NonNullable<Finding["related"]> {
  return location ? [{ location, message: "The library is imported here." }] : [];
}

/** `coordinated_workers.nginx` went with 4.0.0. Not locked and not capped, the next lock takes a version without it. */
function* withoutNginx(facts: CharmFacts): Iterable<Finding> {
  const { dependencies, imports } = facts;
  const name = "coordinated-workers";
  const used = imports.find(
    (each) => /^coordinated_workers\.nginx(?:\.|$)/.test(each.module) && !each.typeCheckingOnly,
  );
  if (!used) return;
  const found = dependencies.packages.get(name);
  const gone = !admits(dependencies, name, "<4.0.0");
  const location = gone ? placeOfPackage(found, "<4.0.0") : (found?.requirement?.location ?? null);
  if (!location || found?.requirement?.elsewhere) return;
  if (!gone && !constraintAdmits(found, ">=4.0.0")) return;
  // Below 4.0.0 is not low enough for a charm without the mesh library.
  const bound = needsMeshLibraryWithNextLock(facts) ? "<2.1" : "<4.0.0";
  yield {
    severity: gone ? "error" : "warning",
    message: gone
      ? `This charm fails with an ImportError when it starts: it imports coordinated_workers.nginx, which was removed in 4.0.0, and runs with ${versionText(found)}. Import charmlibs.nginx_k8s, or pin <4.0.0.`
      : `The next lock breaks this charm: it imports coordinated_workers.nginx, which was removed in 4.0.0, and nothing keeps the package below that. Pin ${bound}, or import charmlibs.nginx_k8s.`,
    location,
    related: [{ location: used.location, message: "It is imported here." }],
    fixes: gone
      ? []
      : reconstrainedFixes(found?.requirement, found?.constraint ? `${found.constraint},${bound}` : bound),
  };
}

/**
 * lightkube 1.0 raises the errors of httpx2, and both generations of the mesh library catch those of httpx: the 404 for the label
 * ConfigMap, which is what every first join gets, ends the hook.
 */
function* withOtherErrors({ dependencies, libraries, imports }: CharmFacts): Iterable<Finding> {
  const name = "lightkube";
  const vendored = libraryNamed(libraries, MESH_LIBRARY);
  const catches =
    (vendored?.file && (vendored.patch ?? 0) <= LAST_PATCH_WITH_HTTPX && /^import httpx$/m.test(vendored.file.text)) ||
    (imports.some((each) => each.module.startsWith(PACKAGED_MESH_LIBRARY)) &&
      runsWithLocked(dependencies, "canonical-service-mesh", "<=0.1.0"));
  const found = catches ? dependencies.packages.get(name) : undefined;
  if (!found || admits(dependencies, name, "<1.0.0")) return;
  const location = found.lockedPackages[0]?.location ?? found.requirement?.location;
  if (!location) return;
  const used = vendored?.imports[0]?.location;
  yield {
    severity: "warning",
    message: `The first hook after joining the mesh fails: the service_mesh library does not catch the errors that lightkube 1.0 and later raises (httpx2 instead of httpx), and this charm runs with ${versionText(found)}. Pin lightkube<1.`,
    location,
    related: importedHere(used),
    fixes:
      found.requirement && constraintAdmits(found, ">=1.0.0")
        ? reconstrainedFixes(found.requirement, cappedBelow1(found.constraint))
        : [],
  };
}

/** The last LIBPATCH that is known to catch the errors of httpx. */
const LAST_PATCH_WITH_HTTPX = 20;

function runsWithLocked(dependencies: CharmFacts["dependencies"], name: string, range: string): boolean {
  const locked = dependencies.packages.get(name)?.lockedPackages ?? [];
  return locked.length > 0 && runsWith(dependencies, name, range);
}

function cappedBelow1(constraint: string | null): string {
  return constraint && constraintBelow1(constraint) ? `${constraint},<1` : "<1";
}

/** Whether the constraint still has a version below 1: only then can it stay as it is. */
function constraintBelow1(constraint: string): boolean {
  return !/(?:>=|==|~=|>)\s*v?[1-9]/.test(constraint);
}
