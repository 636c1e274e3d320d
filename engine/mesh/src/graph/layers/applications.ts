import { authorize } from "../../policy/authorize.ts";
import { meshMembership } from "../../policy/mesh-membership.ts";
import type { Application, Topology, TopologyRelation } from "../../topology/topology.ts";
import { policiesKnown } from "../edge-verdict.ts";
import { type GraphInput, keyOf } from "../graph-input.ts";
import { clusterBoxId, type GraphLayer, modelBoxId, nodeId } from "../graph-part.ts";
import type { GraphBox, GraphNode, NodeKind } from "../traffic-graph.ts";

/** The applications, and the frames in which they stand: Juju models, and a cluster's inside them. */
export const applications: GraphLayer = {
  id: "applications",
  title: "Applications",
  contribute: (input) => {
    const membership = meshMembership(input.topology, input.mode);
    return {
      nodes: input.topology.applications.map((one) => nodeOf(input, one, membership.get(keyOf(one)) ?? false)),
      edges: [],
      boxes: boxesOf(input),
    };
  },
};

function nodeOf(input: GraphInput, application: Application, onMesh: boolean): GraphNode {
  const cluster = input.clusterOf.get(keyOf(application));
  return {
    id: nodeId(application),
    kind: nodeKind(input, application),
    label: application.name,
    model: application.model,
    application: application.name,
    units: application.units,
    roles: application.role === null ? [] : application.role.split(","),
    onMesh,
    ...(application.kind === "placeholder" ? { placeholder: true } : {}),
    ...(onMesh && isOpenToAll(input, application) ? { openToAll: true } : {}),
    box: cluster ? clusterBoxId(cluster.coordinator) : modelBoxId(application.model),
    charmRoot: input.charmOf(application)?.charm.root ?? null,
    members: [],
    because: application.because,
  };
}

/** A port that no charm opens: who is let in there without an identity is let in everywhere. */
const ANY_PORT = 65535;

/**
 * Whether ztunnel lets a sender without an identity in at the pods. Such a sender passes no waypoint, so no policy for a Service stops it.
 * Source: ztunnel 62d8265, src/proxy/inbound_passthrough.rs.
 */
function isOpenToAll(input: GraphInput, application: Application): boolean {
  if (application.kind !== "deployed" || !policiesKnown(input, application)) return false;
  const { model, name } = application;
  const flow = {
    source: { application: "", model, onMesh: false },
    target: { application: name, model, via: "unit" as const, service: null },
    port: ANY_PORT,
    method: null,
    path: null,
    host: null,
  };
  return authorize(flow, input.effective, input.topology, input.mode).verdict === "allowed";
}

function boxesOf(input: GraphInput): readonly GraphBox[] {
  const models = new Set(input.topology.applications.map((one) => one.model));
  return [
    ...[...models].map((model): GraphBox => ({ id: modelBoxId(model), kind: "model", label: model, parent: null })),
    ...input.clusters.map(
      ({ coordinator }): GraphBox => ({
        id: clusterBoxId(coordinator),
        kind: "cluster",
        label: coordinator.name,
        parent: modelBoxId(coordinator.model),
      }),
    ),
  ];
}

/** What an application is to the picture, by its charm where that is known, else by its relations. */
export function nodeKind(input: GraphInput, application: Application): NodeKind {
  const cluster = input.clusterOf.get(keyOf(application));
  if (cluster) return cluster.coordinator === application ? "coordinator" : "worker";
  const charm = input.charmOf(application);
  if (charm?.kind === "coordinator" || charm?.kind === "worker") return charm.kind;
  const relations = input.relationsOf.get(keyOf(application)) ?? [];
  const provides = (relation: TopologyRelation): boolean => keyOf(relation.provider) === keyOf(application);
  const knowing = relations.flatMap((relation) => {
    const knowledge = relation.peer ? null : input.knowledgeOf(relation);
    return knowledge ? [{ knowledge, provides: provides(relation) }] : [];
  });
  if (knowing.some((one) => one.knowledge.name === "service_mesh" && one.provides)) return "beacon";
  if (knowing.some((one) => one.knowledge.handledBy === "ingress" && one.provides)) return "ingress";
  if (knowing.some((one) => one.knowledge.backend === (one.provides ? "provider" : "requirer"))) return "backend";
  if (charm) return "application";
  const opens = knowing.some((one) => isOpener(one.knowledge.opens, one.provides));
  const opened = knowing.some((one) => isOpener(one.knowledge.opens, !one.provides));
  return opens && !opened ? "client" : "application";
}

function isOpener(opens: "provider" | "requirer" | "both" | "none", provides: boolean): boolean {
  return opens === "both" || opens === (provides ? "provider" : "requirer");
}

/** Placeholders of an inferred topology without any traffic: certificates, storage, dashboards. The picture leaves them out. */
export function isIdleStandIn(topology: Topology, application: Application): boolean {
  return topology.source === "inferred" && application.kind === "placeholder";
}
