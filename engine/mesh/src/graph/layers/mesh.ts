import { citedReason } from "#python";
import { keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer, labelOf } from "../graph-part.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/** The mesh's own relations: who subscribes to which beacon, and what the ingress leads to. */
export const mesh: GraphLayer = {
  id: "mesh",
  title: "Mesh and ingress",
  contribute: (input) =>
    edgesOnly(
      input.topology.relations.flatMap((relation): GraphEdge[] => {
        const knowledge = relation.peer ? null : input.knowledgeOf(relation);
        const provider = input.applications.get(keyOf(relation.provider));
        const requirer = input.applications.get(keyOf(relation.requirer));
        if (!knowledge || !provider || !requirer) return [];
        const subscribes = knowledge.name === "service_mesh";
        if (!subscribes && knowledge.handledBy !== "ingress") return [];
        const [source, target] = subscribes ? [requirer, provider] : [provider, requirer];
        const endpoint = relation.requirer.endpoint ?? relation.provider.endpoint;
        const text = subscribes
          ? `${requirer.name} publishes its policies to the beacon ${provider.name}`
          : `${provider.name} leads requests from outside to ${requirer.name}, and grants itself what it needs`;
        return [
          edgeBetween(source, target, relation.id, {
            kind: "mesh",
            label: labelOf(endpoint ?? knowledge.name),
            // No policy of the charm decides over it: the ingress makes its own, and a subscription is no traffic.
            verdict: subscribes ? "allowed" : "unknown",
            relation: endpoint,
            interface: relation.interface,
            crossModel: relation.crossModel !== null,
            because: [citedReason(text, knowledge.citation), ...relation.because],
          }),
        ];
      }),
    ),
};
