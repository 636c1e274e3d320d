import { removingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";
import { isMeshConsumers } from "./unwired-mesh-relation.ts";

/** The guide: "The worker charm does not require any service mesh relations"; its labels come from the coordinator. */
export const workerMeshRelation = charmRule({
  name: "worker-mesh-relation",
  summary: "A worker charm declares mesh relations, which its coordinator handles.",
  severities: ["information"],
  *findings({ kind, metadata, consumers }) {
    if (kind !== "worker" || consumers.length > 0) return;
    for (const relation of metadata.relations) {
      if (!isMeshConsumers(relation)) continue;
      yield {
        message: `This relation has no effect: a worker needs no “${relation.endpoint}”, since the coordinator joins the mesh for the whole cluster.`,
        location: relation.key,
        tags: ["unnecessary"],
        fixes: removingFixes(metadata, relation.side, relation.endpoint, true),
      };
    }
  },
});
