import { type InterfaceKnowledge, mayConnectTo } from "#charm";
import { citedReason } from "#python";
import { meshMembership } from "../../policy/mesh-membership.ts";
import type { Application, TopologyRelation } from "../../topology/topology.ts";
import { edgeVerdict, policiesKnown, type Sample } from "../edge-verdict.ts";
import { type FarAddress, farAddress, publishedRoute, publishesNothing } from "../far-address.ts";
import { endpointOf, type GraphInput, keyOf } from "../graph-input.ts";
import { edgeBetween, edgesOnly, type GraphLayer, labelOf, portsText } from "../graph-part.ts";
import { telemetryRelations } from "../telemetry-routes.ts";
import type { GraphEdge } from "../traffic-graph.ts";

/**
 * Traffic that a relation suggests and no policy of the target grants. Where the target's policies are all known, `no policy` stands in
 * the label, and it is `denied` if the mode chosen denies it; else it is merely `suggested`. Which side calls which is the interface's
 * knowledge. Over an interface that is unknown, an application that publishes its own address invites the other side; such traffic is
 * drawn only where it is denied in every mode. What the ingress, the mesh or the cluster handles is theirs.
 */
export const suggested: GraphLayer = {
  id: "suggested",
  title: "Suggested by relations",
  contribute: (input) => {
    const drawnElsewhere = telemetryRelations(input);
    return edgesOnly(
      input.topology.relations.flatMap((relation) => {
        const knowledge = relation.peer ? null : input.knowledgeOf(relation);
        if (relation.peer || (knowledge && knowledge.handledBy !== null)) return [];
        if (!knowledge?.sure) return invitedEdges(input, relation, knowledge);
        return callers(input, relation, knowledge).flatMap(([source, target]) =>
          suggestedEdge(input, relation, knowledge, source, target, drawnElsewhere),
        );
      }),
    );
  },
};

/** Who calls whom over a relation: none, one or both ways. */
function callers(
  input: GraphInput,
  relation: TopologyRelation,
  knowledge: InterfaceKnowledge,
): readonly (readonly [Application, Application])[] {
  const provider = input.applications.get(keyOf(relation.provider));
  const requirer = input.applications.get(keyOf(relation.requirer));
  if (!provider || !requirer) return [];
  const { opens } = knowledge;
  return [
    ...(opens === "provider" || opens === "both" ? [[provider, requirer] as const] : []),
    ...(opens === "requirer" || opens === "both" ? [[requirer, provider] as const] : []),
  ];
}

/**
 * What comes over a relation of an interface about which nothing sure is known, to an application that publishes its own address there. That
 * the other side comes is likely, not certain: so only what is denied without hardened mode too is drawn, as `missing-policy` reports it.
 */
function invitedEdges(
  input: GraphInput,
  relation: TopologyRelation,
  knowledge: InterfaceKnowledge | null,
): readonly GraphEdge[] {
  const provider = input.applications.get(keyOf(relation.provider));
  const requirer = input.applications.get(keyOf(relation.requirer));
  if (!provider || !requirer) return [];
  return [[provider, requirer, "requires"] as const, [requirer, provider, "provides"] as const].flatMap(
    ([source, target, side]) => {
      if ((knowledge && !mayConnectTo(knowledge, side)) || publishedRoute(input, relation, target) === null) return [];
      const edges = suggestedEdge(input, relation, knowledge, source, target, new Set());
      return edges.filter((edge) => edge.kind === "denied" && isDeniedAlways(input, source, target, relation));
    },
  );
}

function isDeniedAlways(
  input: GraphInput,
  source: Application,
  target: Application,
  relation: TopologyRelation,
): boolean {
  const samples = samplesOf(input, source, target, farAddress(input, relation, target));
  return edgeVerdict(input, source, target, samples, { ...input.mode, hardened: false }) === "denied";
}

function suggestedEdge(
  input: GraphInput,
  relation: TopologyRelation,
  knowledge: InterfaceKnowledge | null,
  source: Application,
  target: Application,
  drawnElsewhere: ReadonlySet<string>,
): readonly GraphEdge[] {
  const granted = (input.policiesOf.get(relation.id) ?? []).some(
    ({ meshPolicy }) =>
      (meshPolicy.target_app_name === target.name || meshPolicy.target_service !== null) &&
      meshPolicy.target_namespace === target.model,
  );
  if (granted) return [];
  // Inside a cluster everything is granted; a worker's own telemetry is drawn as going around the proxy.
  const cluster = input.clusterOf.get(keyOf(target));
  if (cluster && cluster === input.clusterOf.get(keyOf(source))) return [];
  if (knowledge && knowledge.telemetry !== null && (isWorker(input, source) || isWorker(input, target))) return [];
  // Nothing is published by which the target could be called.
  if (publishesNothing(input, relation, target)) return [];
  const onMesh = meshMembership(input.topology, input.mode).get(keyOf(target)) ?? false;
  const known = onMesh && policiesKnown(input, target);
  const address = farAddress(input, relation, target);
  const samples = samplesOf(input, source, target, address);
  // What even hardened mode lets through some other policy grants, whichever relation it was made for.
  const hardened = onMesh ? edgeVerdict(input, source, target, samples, { ...input.mode, hardened: true }) : "unknown";
  if (hardened === "allowed") return [];
  const verdict = edgeVerdict(input, source, target, samples);
  const missed = known && hardened === "denied";
  // The coordinator's telemetry towards a backend is drawn with its workers'.
  if (!missed && drawnElsewhere.has(relation.id)) return [];
  const endpoint = endpointOf(relation, target) ?? endpointOf(relation, source);
  const reason = knowledge?.sure
    ? citedReason(
        `${relation.interface}: the ${knowledge.opens === "both" ? "two sides call each other" : `${knowledge.opens} calls the other side`}`,
        knowledge.citation,
      )
    : null;
  return [
    edgeBetween(source, target, relation.id, {
      kind: missed && verdict === "denied" ? "denied" : "suggested",
      label: labelOf(
        endpoint ?? knowledge?.name ?? relation.interface ?? relation.id,
        portsText(address.ports),
        missed ? "no policy" : "",
      ),
      verdict,
      layer: address.via.length > 1 ? null : address.via[0] === "service" ? "l7" : "l4",
      relation: endpoint,
      interface: relation.interface,
      ports: address.ports,
      telemetry: knowledge?.telemetry ?? null,
      crossModel: relation.crossModel !== null,
      because: [...(reason ? [reason] : []), ...relation.because, ...address.because],
    }),
  ];
}

/** Requests that stand for the traffic. Where the port is not known, none that some policy between the two names may be called denied. */
function samplesOf(input: GraphInput, source: Application, target: Application, address: FarAddress): Sample[] {
  const ports = address.ports ?? [
    ...new Set([80, ...(input.portsBetween.get(`${keyOf(source)} ${keyOf(target)}`) ?? [])]),
  ];
  return address.via.flatMap((via) =>
    ports.map((port) => ({ via, service: null, host: null, port, method: null, path: null })),
  );
}

function isWorker(input: GraphInput, application: Application): boolean {
  const cluster = input.clusterOf.get(keyOf(application));
  return cluster !== undefined && cluster.coordinator !== application;
}
