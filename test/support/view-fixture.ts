import type { EdgeView, GraphView, NodeView } from "#protocol";

/** A node of a view; what a test does not name is ordinary. */
export function nodeView(application: string, more: Partial<NodeView> = {}): NodeView {
  return {
    id: `app:cos/${application}`,
    kind: "application",
    label: application,
    model: "cos",
    application,
    units: 1,
    roles: [],
    onMesh: true,
    box: "model:cos",
    charmRoot: null,
    members: [],
    because: [],
    ...more,
  };
}

/** An edge between two applications of the model `cos`. */
export function edgeView(source: string, target: string, more: Partial<EdgeView> = {}): EdgeView {
  const kind = more.kind ?? "service";
  return {
    id: `${kind}:app:cos/${source}->app:cos/${target}:${more.relation ?? ""}`,
    kind,
    source: `app:cos/${source}`,
    target: `app:cos/${target}`,
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

/** A view of nodes and edges in one model. */
export function viewOf(
  nodes: readonly NodeView[],
  edges: readonly EdgeView[],
  more: Partial<GraphView> = {},
): GraphView {
  return {
    version: 1,
    topology: { source: "inferred", path: null, note: null },
    mesh: { hardened: false, managed: true, modelOnMesh: false, autoAllowWaypoint: true },
    nodes: [...nodes],
    edges: [...edges],
    boxes: [{ id: "model:cos", kind: "model", label: "cos", parent: null }],
    policies: [],
    notes: [],
    counts: null,
    ...more,
  };
}
