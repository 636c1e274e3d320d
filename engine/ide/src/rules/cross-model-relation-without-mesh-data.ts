import {
  applicationAt,
  coveredEndpoints,
  coveredHere,
  isOffMesh,
  relationPlace,
} from "../facts/deployed-applications.ts";
import { deploymentRule } from "./rule.ts";

/** `get_data_from_cmr_relation` returns the consumer's real name and model; without it the local alias becomes the identity. */
export const crossModelRelationWithoutMeshData = deploymentRule({
  name: "cross-model-relation-without-mesh-data",
  summary:
    "A policy for a cross-model relation allows nobody, because no cross_model_mesh relation connects the two applications.",
  severities: ["warning"],
  *findings({ topology, charmNamed, onMesh }) {
    for (const relation of topology.relations) {
      if (!relation.crossModel || relation.crossModel.meshData || relation.interface === "cross_model_mesh") continue;
      const location = relationPlace(relation);
      if (!location) continue;
      for (const end of [relation.provider, relation.requirer]) {
        const application = applicationAt(topology, end);
        const charm = application && charmNamed(application.charm);
        const policy = charm && end.endpoint !== null ? coveredEndpoints(charm).get(end.endpoint) : undefined;
        if (!application || !policy) continue;
        if (isOffMesh(application, onMesh)) continue;
        const other = end === relation.provider ? relation.requirer : relation.provider;
        yield {
          message: `“${other.application}” will be denied at “${end.application}”: the policy for “${end.endpoint}” names the local alias, because no cross_model_mesh relation tells the real application and model. Integrate the cross_model_mesh endpoints of both.`,
          location,
          related: coveredHere(policy),
        };
      }
    }
  },
});
