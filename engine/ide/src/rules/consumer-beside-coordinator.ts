import { fix } from "../edits/fix.ts";
import { runsWith } from "../facts/package-versions.ts";
import { coordinatorInstead } from "../fixes/consumer-edits.ts";
import { charmRule } from "./rule.ts";

/** Coordinator makes a consumer of its own from the three mesh keys, and policies for what is inside the cluster. */
export const consumerBesideCoordinator = charmRule({
  name: "consumer-beside-coordinator",
  summary: "A coordinator charm makes its own ServiceMeshConsumer.",
  severities: ["error"],
  *findings({ coordinator, consumers, dependencies, wiring, declared, metadata, python }) {
    if (!coordinator || !runsWith(dependencies, "coordinated-workers", ">=2.1.0")) return;
    for (const consumer of consumers) {
      const edits =
        consumers.length === 1
          ? coordinatorInstead(consumer, { coordinator, wiring, declared, metadata, python })
          : null;
      yield {
        message:
          "A coordinator joins the mesh through Coordinator's mesh keys and `charm_mesh_policies`: this consumer leaves the traffic inside the cluster and the workers' telemetry uncovered, and two owners write one relation.",
        location: consumer.callee,
        related: [{ location: coordinator.callee, message: "The coordinator is made here." }],
        fixes: edits ? [fix("Use the coordinator's arguments", edits)] : [],
      };
    }
  },
});
