import type { GraphEdge, GraphNode, TrafficGraph } from "#mesh";

/** A node of a traffic graph in the model `m`. */
export function graphNode(application: string, more: Partial<GraphNode> = {}): GraphNode {
  return {
    id: `app:m/${application}`,
    kind: "application",
    label: application,
    model: "m",
    application,
    units: 1,
    roles: [],
    onMesh: true,
    box: "model:m",
    charmRoot: null,
    members: [],
    because: [],
    ...more,
  };
}

/** An edge between two applications of the model `m`. */
export function graphEdge(source: string, target: string, more: Partial<GraphEdge> = {}): GraphEdge {
  return {
    id: `${more.kind ?? "service"}:app:m/${source}->app:m/${target}:`,
    kind: "service",
    source: `app:m/${source}`,
    target: `app:m/${target}`,
    label: "",
    layer: "l7",
    verdict: "allowed",
    relation: null,
    interface: null,
    ports: null,
    methods: null,
    paths: null,
    scheme: null,
    telemetry: null,
    hop: null,
    crossModel: false,
    change: null,
    policies: [],
    because: [],
    ...more,
  };
}

/** A graph in one box. */
export function graphOf(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): TrafficGraph {
  return { nodes, edges, boxes: [{ id: "model:m", kind: "model", label: "m", parent: null }], notes: [] };
}
