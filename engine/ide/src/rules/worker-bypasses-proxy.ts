import type { RelationSide } from "#charm";
import { knownValue } from "#python";
import { clusterRule } from "./rule.ts";

/** Relations over which a worker would send telemetry itself, or be scraped itself. */
const DIRECT: readonly (readonly [name: string, side: RelationSide])[] = [
  ["loki_push_api", "requires"],
  ["tracing", "requires"],
  ["prometheus_remote_write", "requires"],
  ["prometheus_scrape", "provides"],
];

/** The explanation, "Why is telemetry routing mandatory?": backends authorise the coordinator, not its workers. */
export const workerBypassesProxy = clusterRule({
  name: "worker-bypasses-proxy",
  summary: "A worker of a coordinator on the mesh has its own direct telemetry relation.",
  severities: ["warning"],
  *findings(coordinator, worker) {
    const call = coordinator.coordinator;
    if (!call || (coordinator.wiring.coordinator !== "all" && !knownValue(call.telemetryProxy))) return;
    for (const relation of worker.metadata.relations) {
      if (!DIRECT.some(([name, side]) => relation.interface === name && relation.side === side)) continue;
      yield {
        message: `This worker's telemetry over “${relation.endpoint}” is denied on the mesh: it bypasses the coordinator, and no policy allows it.`,
        location: relation.key,
        related: [{ location: call.callee, message: "This coordinator passes on its workers' telemetry." }],
      };
    }
  },
});
