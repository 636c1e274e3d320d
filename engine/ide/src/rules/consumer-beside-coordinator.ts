import { fix } from "../edits/fix.ts";
import { runsWith } from "../facts/package-versions.ts";
import { coordinatorInstead } from "../fixes/consumer-edits.ts";
import { charmRule } from "./rule.ts";

/** Coordinator makes a consumer of its own from the three mesh keys, and policies for what is inside the cluster. */
export const consumerBesideCoordinator = charmRule({
  name: "consumer-beside-coordinator",
  summary: "A coordinator charm makes its own ServiceMeshConsumer, which makes no policies for the cluster.",
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
          "Traffic inside the cluster and the workers' telemetry will be denied: this consumer makes no policies for them. A coordinator joins the mesh through the mesh keys of its endpoint map and `charm_mesh_policies`.",
        location: consumer.callee,
        related: [{ location: coordinator.callee, message: "The coordinator is made here." }],
        fixes: edits ? [fix("Use the coordinator's arguments", edits)] : [],
      };
    }
  },
});
