import { citedReason } from "#python";
import { waypointPolicy } from "../../policy/effective/waypoint-policy.ts";
import type { Application, TopologyRelation } from "../../topology/topology.ts";
import { edgeVerdict, sampleOf } from "../edge-verdict.ts";
import { type GraphInput, keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer, labelOf, portsText } from "../graph-part.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/** The mesh's own relations: who subscribes to which beacon, and what the ingress leads to. */
export const mesh: GraphLayer = {
  id: "mesh",
  title: "Mesh and ingress",
  contribute: (input) => {
    const istios = input.effective.policies.filter(({ origin, resource }) => origin === "istio" && resource === null);
    return edgesOnly(
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
        const gateway = subscribes
          ? { ...UNKNOWN_GATEWAY, policies: istios.filter(({ id }) => id === waypointPolicy(provider)?.id) }
          : gatewayOf(input, source, target, relation);
        return [
          edgeBetween(source, target, relation.id, {
            kind: "mesh",
            label: labelOf(endpoint ?? knowledge.name, gateway.ports === null ? "" : portsText(gateway.ports)),
            // A subscription is no traffic.
            verdict: subscribes ? "allowed" : gateway.verdict,
            relation: endpoint,
            interface: relation.interface,
            crossModel: relation.crossModel !== null,
            ports: gateway.ports,
            policies: gateway.policies,
            because: [citedReason(text, knowledge.citation), ...relation.because],
          }),
        ];
      }),
    );
  },
};

type Gateway = Pick<GraphEdge, "verdict" | "ports" | "policies">;

const UNKNOWN_GATEWAY: Gateway = { verdict: "unknown", ports: null, policies: [] };

/** What an ingress's gateway may send over one relation: by the policy that the ingress makes for it, where its port is known. */
function gatewayOf(input: GraphInput, source: Application, target: Application, relation: TopologyRelation): Gateway {
  const policies = (input.policiesOf.get(relation.id) ?? []).filter((policy) => policy.origin === "ingress");
  const [policy] = policies;
  if (!policy || policy.uncertain !== null) return { ...UNKNOWN_GATEWAY, policies };
  const ports = policy.meshPolicy.endpoints.flatMap((endpoint) => endpoint.ports ?? []);
  const samples = ports.map((port) => ({ ...sampleOf(null, "service", null, port), method: null, path: null }));
  return { verdict: edgeVerdict(input, source, target, samples), ports, policies };
}
