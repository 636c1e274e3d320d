import { connectsTo, interfaceKnowledge } from "#charm";
import type { Application } from "#mesh";
import {
  applicationAt,
  coveredEndpoints,
  coveredHere,
  isOffMesh,
  placeOf,
  relationPlace,
} from "../facts/deployed-applications.ts";
import { deploymentRule } from "./rule.ts";

/** A source that is not on the mesh has no identity and matches no principal; a target that is not on it is protected by no policy. */
export const notOnMesh = deploymentRule({
  name: "not-on-mesh",
  summary: "Of two related applications that a policy concerns, only one is on the mesh.",
  severities: ["warning"],
  *findings({ topology, charmNamed, onMesh }) {
    const open = new Set<Application>();
    for (const relation of topology.relations) {
      const location = relationPlace(relation);
      const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
      if (!location || relation.peer || relation.crossModel || !knowledge || knowledge.handledBy !== null) continue;
      for (const [end, other, side] of [
        [relation.provider, relation.requirer, "provides"],
        [relation.requirer, relation.provider, "requires"],
      ] as const) {
        if (!connectsTo(knowledge, side)) continue;
        const target = applicationAt(topology, end);
        const source = applicationAt(topology, other);
        if (target?.kind !== "deployed" || source?.kind !== "deployed") continue;
        const joined = onMesh.get(`${end.model}/${end.application}`);
        const charm = charmNamed(target.charm);
        // Where no policy covers the relation, being on the mesh would not let the source in either.
        const policy = charm && end.endpoint !== null ? coveredEndpoints(charm).get(end.endpoint) : undefined;
        if (!policy) continue;
        const sourceJoined = onMesh.get(`${other.model}/${other.application}`);
        if (sourceJoined === true && isOffMesh(target, onMesh) && !open.has(target)) {
          open.add(target);
          yield {
            message: `Every application of the cluster can connect to “${target.name}”: its policies have no effect, because it is not on the mesh. ${remedy(target, source)}`,
            location: placeOf(target) ?? location,
            related: coveredHere(policy),
          };
        }
        if (joined !== true || sourceJoined !== false) continue;
        yield {
          message: `“${source.name}” will be denied at “${target.name}”: it is not on the mesh, and no policy can allow an application without an identity.`,
          location,
          related: coveredHere(policy),
        };
      }
    }
  },
});

/** An integration helps only where the charm makes a consumer. */
function remedy(target: Application, source: Application): string {
  return target.hasConsumer === false
    ? "Set the three mesh keys in the endpoint map of its coordinator."
    : `Integrate it with the beacon that “${source.name}” is integrated with.`;
}
