import type { CharmModel } from "#charm";
import type { EffectivePolicies, EffectivePolicy } from "../policy/effective-policy.ts";
import { policyScope } from "../policy/policy-scope.ts";
import type { Topology } from "../topology/topology.ts";
import { type GraphInput, type GraphOptions, graphInput, keyOf } from "./graph-input.ts";
import { GRAPH_LAYERS } from "./graph-layers.ts";
import { type GraphPart, nodeId } from "./graph-part.ts";
import { isIdleStandIn } from "./layers/applications.ts";
import type { GraphEdge, GraphNode, TrafficGraph } from "./traffic-graph.ts";

/**
 * The traffic graph of a deployment: who may talk to whom, on what, because of which line; how worker telemetry travels; and what
 * relations suggest but nothing allows. The union of the layers chosen in `options` (default: all). Order is stable: nodes as in the
 * topology, edges by their ends, kind and id. What can't be drawn as an edge stands in `notes`.
 */
export function trafficGraph(
  models: readonly CharmModel[],
  topology: Topology,
  effective: EffectivePolicies,
  options: GraphOptions = {},
): TrafficGraph {
  const input = graphInput(models, topology, effective, options);
  const chosen = GRAPH_LAYERS.filter(
    (layer) => layer.id === "applications" || (options.layers?.includes(layer.id) ?? true),
  );
  return mergedGraph(
    input,
    chosen.map((layer) => layer.contribute(input)),
  );
}

/** The union of parts, by id. Whatever their order, the result is the same. */
export function mergedGraph(input: GraphInput, parts: readonly GraphPart[]): TrafficGraph {
  const edges = byId(parts.flatMap((part) => part.edges));
  const nodes = byId(parts.flatMap((part) => part.nodes));
  const boxes = byId(parts.flatMap((part) => part.boxes));
  const connected = new Set([...edges.values()].flatMap((edge) => [edge.source, edge.target]));
  const rank = new Map(input.topology.applications.map((one, index) => [nodeId(one), index]));
  const idle = input.topology.applications.filter(
    (one) => isIdleStandIn(input.topology, one) && !connected.has(nodeId(one)),
  );
  const left = new Set(idle.map(nodeId));
  const kept = [...nodes.values()].filter((node) => !left.has(node.id)).sort(byRank(rank));
  const used = new Set(kept.map((node) => node.box));
  for (const box of boxes.values()) if (used.has(box.id) && box.parent !== null) used.add(box.parent);
  return {
    nodes: kept,
    edges: [...edges.values()].sort(byEnds(rank)),
    boxes: [...boxes.values()].filter((box) => used.has(box.id)).sort((a, b) => compare(a.id, b.id)),
    notes: notesOf(
      input,
      idle.map((one) => one.name),
    ),
  };
}

function byId<T extends { readonly id: string }>(list: readonly T[]): ReadonlyMap<string, T> {
  const found = new Map<string, T>();
  for (const one of list) if (!found.has(one.id)) found.set(one.id, one);
  return found;
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

function byRank(rank: ReadonlyMap<string, number>) {
  return (a: GraphNode, b: GraphNode): number =>
    (rank.get(a.id) ?? Infinity) - (rank.get(b.id) ?? Infinity) || compare(a.id, b.id);
}

function byEnds(rank: ReadonlyMap<string, number>) {
  const at = (id: string): number => rank.get(id) ?? rank.size;
  return (a: GraphEdge, b: GraphEdge): number =>
    at(a.source) - at(b.source) || at(a.target) - at(b.target) || compare(a.kind, b.kind) || compare(a.id, b.id);
}

/** What the picture itself can't say. */
function notesOf(input: GraphInput, idle: readonly string[]): readonly string[] {
  const notes = input.topology.note === null ? [] : [input.topology.note];
  if (idle.length > 0) notes.push(`Not drawn, because no traffic is known over their relations: ${idle.join(", ")}.`);
  // The mesh's own policies concern no single application.
  const policies = input.effective.policies.filter(({ origin }) => origin !== "istio");
  for (const policy of policies) notes.push(...openNote(policy));
  for (const policy of policies.filter(({ relation, origin }) => relation === null && origin !== "ingress"))
    for (const { model, application } of policyScope(policy).senders)
      if (!input.applications.has(keyOf({ model, application, endpoint: null })))
        notes.push(`A policy names the source ${application} in ${model}, which this topology does not have.`);
  return [...new Set(notes)];
}

/** Who is let in without being named, which no line can show. */
function openNote(policy: EffectivePolicy): readonly string[] {
  const { action, isForAll, others, services, conditions } = policyScope(policy);
  const senders = isForAll ? ["every source"] : others;
  if (senders.length === 0) return [];
  const { meshPolicy } = policy;
  const target =
    services.length > 1
      ? services.join(", ")
      : meshPolicy.target_app_name || meshPolicy.target_service || "every application";
  const where = `${target} in ${meshPolicy.target_namespace}`;
  const asked = conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
  const who = senders.join(", ");
  if (action === "ALLOW") return [`A policy lets ${who} talk to ${where}${asked}.`];
  return action === "DENY" ? [`A policy keeps ${who} from ${where}${asked}.`] : [];
}
