import { MESH_LIBRARY, PACKAGED_MESH_LIBRARY } from "#charm";
import { runsCoordinatedWorkers } from "../facts/package-versions.ts";
import { hasLibrary } from "../facts/vendored-library.ts";
import { charmLibFixes } from "../fixes/charm-lib-edits.ts";
import { charmRule } from "./rule.ts";

/** coordinated_workers imports the library in both charms (`check_libs_installed`: RuntimeError). */
export const missingMeshLibrary = charmRule({
  name: "missing-mesh-library",
  summary: "A coordinator or worker lacks the service_mesh library, and no charm-libs entry fetches it.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator, worker, imports, charm } = facts;
    const call = coordinator ?? worker;
    if (!call || !runsCoordinatedWorkers(facts, ">=2.1.0") || hasLibrary(facts, MESH_LIBRARY)) return;
    if (imports.some((each) => each.module.startsWith(PACKAGED_MESH_LIBRARY))) return;
    yield {
      message: `coordinated_workers needs the library \`${MESH_LIBRARY}\` in ${coordinator ? "coordinator" : "worker"} charms too, and this charm neither has nor fetches it: importing the package is a RuntimeError.`,
      location: call.callee,
      fixes: charmLibFixes(MESH_LIBRARY, { charm }),
    };
  },
});
