import { COORDINATOR_LIBRARIES, COORDINATOR_LIBRARIES_BEFORE_4, MESH_LIBRARY, WORKER_LIBRARIES } from "#charm";
import { admits, runsCoordinatedWorkers } from "../facts/package-versions.ts";
import { hasLibrary } from "../facts/vendored-library.ts";
import { charmLibFixes } from "../fixes/charm-lib-edits.ts";
import { charmRule } from "./rule.ts";

/** `check_libs_installed` of coordinated_workers' coordinator and worker modules. */
export const missingCoordinatedWorkersLibrary = charmRule({
  name: "missing-coordinated-workers-library",
  summary: "The charm lacks a library that coordinated_workers looks for when it is imported.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator, worker, libraries, dependencies, charm } = facts;
    const call = coordinator ?? worker;
    if (!call || !runsCoordinatedWorkers(facts, ">=2.1.0")) return;
    // A charm without any library in its tree has them fetched by a script of its own.
    if (!libraries.some((each) => each.vendored || each.charmLib)) return;
    const older = !admits(dependencies, "coordinated-workers", ">=4.0.0");
    const wanted = coordinator
      ? [...COORDINATOR_LIBRARIES.value, ...(older ? COORDINATOR_LIBRARIES_BEFORE_4.value : [])]
      : WORKER_LIBRARIES.value;
    for (const module of wanted) {
      if (module === MESH_LIBRARY || hasLibrary(facts, module)) continue;
      yield {
        message: `This charm fails with a RuntimeError when it starts: coordinated_workers needs the library \`${module}\`, and the charm neither has nor fetches it.`,
        location: call.callee,
        fixes: charmLibFixes(module, { charm }),
      };
    }
  },
});
