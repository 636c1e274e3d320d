import { MESH_LIBRARY, MESH_LIBRARY_NEEDS, PYDANTIC_NEED } from "#charm";
import type { Location } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { admits, constraintAdmits, placeOfPackage } from "../facts/package-versions.ts";
import { libraryNamed } from "../facts/vendored-library.ts";
import { reconstrainedFixes } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

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
  },
});

/** Mesh support came to coordinated-workers with 2.1.0. */
function* withoutMeshSupport({ dependencies, coordinator, wiring }: CharmFacts): Iterable<Finding> {
  const name = "coordinated-workers";
  const asks =
    wiring.coordinator === "all" ||
    wiring.coordinator === "some" ||
    ["charm_mesh_policies", "worker_telemetry_proxy_config"].some((each) => coordinator?.arguments.has(each));
  const found = dependencies.packages.get(name);
  const location = placeOfPackage(found, ">=2.1.0");
  if (!coordinator || !asks || !location || admits(dependencies, name, ">=2.1.0")) return;
  yield {
    message: `The coordinator uses the mesh, which coordinated-workers supports from 2.1.0 on, and ${versionText(found)} is older.`,
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
      message: `The service_mesh library (LIBPATCH ${library.patch}) needs ${need.package}${need.range}, and ${versionText(found)} is older.`,
      location,
      related: importedHere(library.imports[0]?.location),
      fixes: constraintAdmits(found, need.range) ? [] : reconstrainedFixes(found?.requirement, need.range),
    };
  }
}

/** Of a lock that does not hold the packaged library yet nothing is concluded: locking again may take another pydantic. */
function* withoutPydantic2({ dependencies, libraries }: CharmFacts): Iterable<Finding> {
  const { package: name, range } = PYDANTIC_NEED;
  const packaged = dependencies.packages.get("charmlibs-interfaces-service-mesh");
  const vendored = libraryNamed(libraries, MESH_LIBRARY)?.vendored === true;
  const found = dependencies.packages.get(name);
  const location = placeOfPackage(found, range);
  if ((!packaged && !vendored) || !location) return;
  const locked = vendored || packaged?.locked != null;
  if (locked ? admits(dependencies, name, range) : constraintAdmits(found, range)) return;
  yield {
    message: `The service_mesh library needs pydantic 2, and ${locked ? versionText(found) : `the constraint “${found?.constraint ?? ""}”`} is older.`,
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
function* withoutNginx({ dependencies, imports }: CharmFacts): Iterable<Finding> {
  const name = "coordinated-workers";
  const used = imports.find(
    (each) => /^coordinated_workers\.nginx(?:\.|$)/.test(each.module) && !each.typeCheckingOnly,
  );
  const found = dependencies.packages.get(name);
  const gone = !admits(dependencies, name, "<4.0.0");
  const location = gone ? placeOfPackage(found, "<4.0.0") : (found?.requirement?.location ?? null);
  if (!used || !location) return;
  if (!gone && !constraintAdmits(found, ">=4.0.0")) return;
  yield {
    severity: gone ? "error" : "warning",
    message: gone
      ? `This charm imports coordinated_workers.nginx, which was removed in 4.0.0, and runs with ${versionText(found)}.`
      : "This charm imports coordinated_workers.nginx, which was removed in 4.0.0, and nothing keeps the next lock below that: ask for <4.0.0, or import charmlibs.nginx_k8s.",
    location,
    related: [{ location: used.location, message: "It is imported here." }],
    fixes: gone ? [] : reconstrainedFixes(found?.requirement, cappedBelow4(found?.constraint)),
  };
}

function cappedBelow4(constraint: string | null | undefined): string {
  return constraint ? `${constraint},<4.0.0` : "<4.0.0";
}

function versionText(
  found: CharmFacts["dependencies"]["packages"] extends ReadonlyMap<string, infer D> ? D | undefined : never,
): string {
  return found?.locked ? `the locked ${found.locked}` : `the constraint “${found?.constraint ?? ""}”`;
}
