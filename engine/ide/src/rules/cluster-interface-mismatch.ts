import { replacementFix } from "../edits/fix.ts";
import { clusterRelation } from "../facts/cluster-relation.ts";
import { clusterRule } from "./rule.ts";

/** Juju integrates endpoints of the same interface only. */
export const clusterInterfaceMismatch = clusterRule({
  name: "cluster-interface-mismatch",
  summary: "The worker's cluster interface is not the coordinator's.",
  severities: ["error"],
  *findings(coordinator, worker) {
    const ours = clusterRelation(coordinator.coordinator?.endpoints, coordinator.declared);
    const theirs = clusterRelation(worker.worker?.endpoints, worker.declared);
    const place = theirs?.fields.get("interface")?.value;
    if (!ours?.interface || !theirs?.interface || !place || ours.interface === theirs.interface) return;
    yield {
      message: `Coordinator and worker can't be integrated: the coordinator's cluster relation has the interface \`${ours.interface}\`, the worker's \`${theirs.interface}\`.`,
      location: place,
      related: [{ location: ours.key, message: "This is the coordinator's cluster relation." }],
      fixes: [replacementFix(`Change the interface to ${ours.interface}`, place, ours.interface)],
    };
  },
});
