import type { BoxView, EdgeView, GraphView, NodeView, PolicyView } from "#protocol";

/* Parts of traffic graphs for the panel's tests, with the fields that a test leaves out filled in. */

/** A node of an application, by default one unit on the mesh in the model cos. */
export function node(application: string, kind: NodeView["kind"], more: Partial<NodeView> = {}): NodeView {
  const model = more.model ?? "cos";
  return {
    id: `app:${model}/${application}`,
    kind,
    label: application,
    model,
    application,
    units: 1,
    roles: [],
    onMesh: true,
    box: `model:${model}`,
    charmRoot: null,
    members: [],
    because: [
      { text: `${application} is deployed`, place: { path: "bundle.yaml", line: 3, character: 2 }, citation: null },
    ],
    ...more,
  };
}

/** An edge between two nodes, by default allowed and without a layer. */
export function edge(
  kind: EdgeView["kind"],
  source: NodeView,
  target: NodeView,
  label: string,
  more: Partial<EdgeView> = {},
): EdgeView {
  return {
    id: `${kind}:${source.id}->${target.id}:${label}`,
    kind,
    source: source.id,
    target: target.id,
    label,
    layer: kind === "service" || kind === "telemetry" ? "l7" : kind === "unit" || kind === "internal" ? "l4" : null,
    verdict: kind === "denied" ? "denied" : "allowed",
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
    because: [
      {
        text: `because of the relation of ${source.application}`,
        place: { path: "coordinator/src/charm.py", line: 41, character: 8 },
        citation: null,
      },
      { text: "the library's own default", place: null, citation: "coordinated-workers 4.1, service_mesh.py" },
    ],
    ...more,
  };
}

/** A policy with a manifest. */
export function policy(id: string, source: NodeView, target: NodeView, more: Partial<PolicyView> = {}): PolicyView {
  return {
    id,
    origin: "charm",
    kind: "app",
    source: `cluster.local/ns/${source.model}/sa/${source.application}`,
    target: `Service ${target.application} in ${target.model}`,
    summary: `${source.application} may GET port 3200 of ${target.application}`,
    manifest: [
      "apiVersion: security.istio.io/v1",
      "kind: AuthorizationPolicy",
      "metadata:",
      `  name: ${id}`,
      `  namespace: ${target.model}`,
      "spec:",
      "  rules:",
      "    - from:",
      `        - source: { principals: ["cluster.local/ns/${source.model}/sa/${source.application}"] }`,
      "",
    ].join("\n"),
    because: [
      {
        text: "declared in the charm",
        place: { path: "coordinator/src/charm.py", line: 88, character: 12 },
        citation: null,
      },
    ],
    ...more,
  };
}

/** A whole graph of the parts; boxes of the models are added by themselves. */
export function graph(parts: {
  readonly nodes: readonly NodeView[];
  readonly edges?: readonly EdgeView[];
  readonly boxes?: readonly BoxView[];
  readonly policies?: readonly PolicyView[];
  readonly more?: Partial<GraphView>;
}): GraphView {
  const models = [...new Set(parts.nodes.map((one) => one.model))];
  return {
    version: 1,
    topology: { source: "bundle", path: "bundle.yaml", note: null },
    mesh: { hardened: true, managed: true, modelOnMesh: false, autoAllowWaypoint: true },
    nodes: [...parts.nodes],
    edges: [...(parts.edges ?? [])],
    boxes: [
      ...models.map((model): BoxView => ({ id: `model:${model}`, kind: "model", label: model, parent: null })),
      ...(parts.boxes ?? []),
    ],
    policies: [...(parts.policies ?? [])],
    notes: [],
    counts: null,
    ...parts.more,
  };
}
