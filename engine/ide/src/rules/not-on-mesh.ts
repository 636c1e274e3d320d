import { connectsTo, interfaceKnowledge } from "#charm";
import { applicationAt, coveredEndpoints, coveredHere, relationPlace } from "../facts/deployed-applications.ts";
import { deploymentRule } from "./rule.ts";

/** A source that is not on the mesh has no identity and matches no principal. */
export const notOnMesh = deploymentRule({
  name: "not-on-mesh",
  summary: "Of two related applications only the one that is connected to is on the mesh.",
  severities: ["warning"],
  *findings({ topology, charmNamed, onMesh }) {
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
        if (joined !== true || onMesh.get(`${other.model}/${other.application}`) !== false) continue;
        const charm = charmNamed(target.charm);
        // Where no policy covers the relation, being on the mesh would not let the source in either.
        const policy = charm && end.endpoint !== null ? coveredEndpoints(charm).get(end.endpoint) : undefined;
        if (!policy) continue;
        yield {
          message: `“${source.name}” will be denied at “${target.name}”: it is not on the mesh, and no policy can allow an application without an identity.`,
          location,
          related: coveredHere(policy),
        };
      }
    }
  },
});
