import type { CharmRelation } from "#charm";
import type { Location } from "#syntax";
import type { Finding } from "../diagnostic.ts";
import { fix } from "../edits/fix.ts";
import { clusterRelation } from "../facts/cluster-relation.ts";
import { editsThrough } from "../fixes/difference.ts";
import { movedRelation } from "../fixes/yaml-edits.ts";
import { charmRule } from "./rule.ts";

/** tempo_cluster and its like: "The coordinator charm is the provider of the relation, the worker charm is the requirer." */
export const clusterWrongSide = charmRule({
  name: "cluster-wrong-side",
  summary: "The coordinator does not provide its cluster relation, or the worker does not require it.",
  severities: ["error"],
  *findings({ coordinator, worker, declared }) {
    const ours = coordinator && clusterRelation(coordinator.endpoints, declared);
    if (ours && ours.side !== "provides") yield wrongSide(ours, coordinator?.callee, "coordinator", "provides");
    const theirs = worker && clusterRelation(worker.endpoints, declared);
    if (theirs && theirs.side !== "requires") yield wrongSide(theirs, worker?.callee, "worker", "requires");
  },
});

function wrongSide(
  relation: CharmRelation,
  call: Location | undefined,
  who: string,
  side: "provides" | "requires",
): Finding {
  const { file } = relation.key;
  const moved = editsThrough(file, [(text) => movedRelation(text, relation.side, relation.endpoint, side)]);
  return {
    message: `Coordinator and worker can't be integrated: a ${who} ${side} its cluster relation, and “${relation.endpoint}” is declared under \`${relation.side}\`.`,
    location: relation.key,
    related: call ? [{ location: call, message: `The ${who} is made here.` }] : [],
    fixes: moved.edits.length > 0 ? [fix(`Move “${relation.endpoint}” to ${side}`, [moved])] : [],
  };
}
