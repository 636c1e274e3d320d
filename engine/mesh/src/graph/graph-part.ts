import type { Application } from "../topology/topology.ts";
import { type GraphInput, type GraphLayerId, keyOf } from "./graph-input.ts";
import type { GraphBox, GraphEdge, GraphNode } from "./traffic-graph.ts";

/** What one layer adds. */
export interface GraphPart {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
  readonly boxes: readonly GraphBox[];
}

/**
 * A pure contribution to the graph. Layers know nothing of each other: two that add the same node, edge or box give it the same
 * id and the same content, so that their order can't matter.
 */
export interface GraphLayer {
  readonly id: GraphLayerId;
  /** What a person calls it. */
  readonly title: string;
  readonly contribute: (input: GraphInput) => GraphPart;
}

/** A layer that adds edges only. */
export function edgesOnly(edges: readonly GraphEdge[]): GraphPart {
  return { nodes: [], edges, boxes: [] };
}

/** The id of an application's node. */
export function nodeId(application: Application): string {
  return `app:${keyOf(application)}`;
}

/** The id of a Juju model's box. */
export function modelBoxId(model: string): string {
  return `model:${model}`;
}

/** The id of a cluster's box, by its coordinator. */
export function clusterBoxId(coordinator: Application): string {
  return `cluster:${keyOf(coordinator)}`;
}

type Given = Pick<GraphEdge, "kind" | "label" | "verdict" | "because"> & Partial<GraphEdge>;

/** An edge between two applications. `detail` distinguishes it from other edges of its kind between the same two. */
export function edgeBetween(source: Application, target: Application, detail: string, given: Given): GraphEdge {
  return {
    layer: null,
    relation: null,
    interface: null,
    ports: null,
    methods: null,
    paths: null,
    scheme: null,
    telemetry: null,
    hop: null,
    crossModel: source.model !== target.model,
    change: null,
    policies: [],
    ...given,
    id: `${given.kind}:${nodeId(source)}->${nodeId(target)}:${detail}`,
    source: nodeId(source),
    target: nodeId(target),
  };
}

/** The label of an edge's ports: `:3200,9096`; empty for every port. */
export function portsText(ports: readonly number[] | null): string {
  if (ports === null || ports.length === 0) return "";
  const shown = ports.slice(0, 4).join(",");
  return ports.length > 4 ? `:${shown},…` : `:${shown}`;
}

/** Parts of a label with blanks between; empty ones fall out. */
export function labelOf(...parts: readonly string[]): string {
  return parts.filter((part) => part !== "").join(" ");
}
