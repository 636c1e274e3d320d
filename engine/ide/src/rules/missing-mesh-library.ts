import { MESH_LIBRARY, PACKAGED_MESH_LIBRARY } from "#charm";
import type { Finding } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { needsMeshLibraryWithNextLock } from "../facts/library-needs.ts";
import { runsCoordinatedWorkers } from "../facts/package-versions.ts";
import { hasLibrary } from "../facts/vendored-library.ts";
import { charmLibFixes } from "../fixes/charm-lib-edits.ts";
import { reconstrainedFixes } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

/** coordinated_workers imports the library in both charms (`check_libs_installed`: RuntimeError). */
export const missingMeshLibrary = charmRule({
  name: "missing-mesh-library",
  summary: "A coordinator or worker lacks the service_mesh library, and no charm-libs entry fetches it.",
  severities: ["error", "warning"],
  *findings(facts) {
    const { coordinator, worker, imports, charm } = facts;
    const call = coordinator ?? worker;
    if (!call || hasLibrary(facts, MESH_LIBRARY)) return;
    if (imports.some((each) => each.module.startsWith(PACKAGED_MESH_LIBRARY))) return;
    const kind = coordinator ? "coordinator" : "worker";
    if (runsCoordinatedWorkers(facts, ">=2.1.0"))
      yield {
        message: `This ${kind} fails with a RuntimeError when it starts: coordinated_workers needs the library \`${MESH_LIBRARY}\`, and the charm neither has nor fetches it.`,
        location: call.callee,
        fixes: charmLibFixes(MESH_LIBRARY, { charm }),
      };
    else yield* withTheNextLock(facts, kind);
  },
});

/** Locked below 2.1.0, which does not need the library yet, and nothing keeps the next lock there. */
function* withTheNextLock(facts: CharmFacts, kind: string): Iterable<Finding> {
  const found = facts.dependencies.packages.get("coordinated-workers");
  if (!found?.requirement || !needsMeshLibraryWithNextLock(facts)) return;
  yield {
    severity: "warning",
    message: `The next lock breaks this ${kind}: coordinated-workers 2.1.0 and later needs the library \`${MESH_LIBRARY}\`, which the charm neither has nor fetches, and nothing keeps the package below that. Pin <2.1, or fetch the library.`,
    location: found.requirement.location,
    fixes: [
      ...reconstrainedFixes(found.requirement, `${found.constraint ? `${found.constraint},` : ""}<2.1`),
      ...charmLibFixes(MESH_LIBRARY, facts).map((each) => ({ ...each, preferred: false })),
    ],
  };
}
