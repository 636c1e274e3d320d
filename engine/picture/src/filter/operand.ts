import type { EdgeView, GraphView, NodeView, PolicyView } from "#protocol";

/** What an operand may look at: the view around the element. Built once per view. */
export interface FilterContext {
  readonly nodes: ReadonlyMap<string, NodeView>;
  readonly policies: ReadonlyMap<string, PolicyView>;
  readonly boxes: ReadonlyMap<string, string>;
  /** Number of edges at each node. */
  readonly degree: ReadonlyMap<string, number>;
}

/** The look-ups that a filter needs for one view. */
export function filterContext(view: GraphView): FilterContext {
  const degree = new Map<string, number>();
  for (const edge of view.edges) {
    degree.set(edge.source, (degree.get(edge.source) ?? 0) + 1);
    degree.set(edge.target, (degree.get(edge.target) ?? 0) + 1);
  }
  return {
    nodes: new Map(view.nodes.map((node) => [node.id, node])),
    policies: new Map(view.policies.map((policy) => [policy.id, policy])),
    boxes: new Map(view.boxes.map((box) => [box.id, box.label])),
    degree,
  };
}

export type Value = string | number;

/** `every`: the edge allows all ports or methods, so that each single one is among them. */
export interface Values {
  readonly values: readonly Value[];
  readonly every: boolean;
}

interface Described {
  readonly name: string;
  readonly aliases: readonly string[];
  /** For the completion list. */
  readonly about: string;
}

/** Something that is compared: `name operator value`. */
export interface ValueOperand extends Described {
  readonly of: "node" | "edge";
  readonly numeric: boolean;
  /** Closed lists of values, offered by completion. */
  readonly known: readonly string[];
  readonly node: ((node: NodeView, context: FilterContext) => Values) | null;
  readonly edge: ((edge: EdgeView, context: FilterContext) => Values) | null;
}

/** A property that an element has or has not: `proxied`, `not widened`. */
export interface Flag extends Described {
  readonly of: "node" | "edge";
  readonly node: ((node: NodeView, context: FilterContext) => boolean) | null;
  readonly edge: ((edge: EdgeView, context: FilterContext) => boolean) | null;
}

const list = (values: readonly (Value | null)[]): Values => ({
  values: values.filter((value): value is Value => value !== null),
  every: false,
});
const listOrEvery = (values: readonly Value[] | null): Values =>
  values === null ? { values: [], every: true } : { values, every: false };

function nodeOperand(
  name: string,
  aliases: readonly string[],
  about: string,
  node: (node: NodeView, context: FilterContext) => readonly (Value | null)[],
  known: readonly string[] = [],
  numeric = false,
): ValueOperand {
  return { name, aliases, about, of: "node", numeric, known, edge: null, node: (n, c) => list(node(n, c)) };
}

function edgeOperand(
  name: string,
  aliases: readonly string[],
  about: string,
  edge: (edge: EdgeView, context: FilterContext) => readonly (Value | null)[] | Values,
  known: readonly string[] = [],
  numeric = false,
): ValueOperand {
  const values = (e: EdgeView, c: FilterContext): Values => {
    const found = edge(e, c);
    return Array.isArray(found) ? list(found) : (found as Values);
  };
  return { name, aliases, about, of: "edge", numeric, known, node: null, edge: values };
}

const nameOf = (id: string, context: FilterContext): readonly (string | null)[] => {
  const node = context.nodes.get(id);
  return node ? [node.label, node.application] : [id];
};
const policiesOf = (edge: EdgeView, context: FilterContext): readonly PolicyView[] =>
  edge.policies.flatMap((id) => context.policies.get(id) ?? []);

export const NODE_KINDS = ["coordinator", "worker", "application", "backend", "client", "ingress", "beacon", "group"];
export const EDGE_KINDS = [
  "internal",
  "service",
  "unit",
  "telemetry",
  "telemetry-bypass",
  "denied",
  "suggested",
  "mesh",
  "cross-model",
];

/** Everything that can be compared, nodes first. `kind` is there twice: its value decides between nodes and edges. */
export const VALUE_OPERANDS: readonly ValueOperand[] = [
  nodeOperand("app", ["name", "application", "node"], "application's name", (n) => [n.label, n.application]),
  nodeOperand("kind", [], "kind of node", (n) => [n.kind], NODE_KINDS),
  nodeOperand("model", ["namespace", "ns"], "Juju model", (n) => [n.model]),
  nodeOperand("box", ["cluster"], "cluster or model that it stands in", (n, c) => [c.boxes.get(n.box) ?? null, n.box]),
  nodeOperand("role", [], "role of a worker", (n) => n.roles),
  nodeOperand("charm", [], "folder of its charm", (n) => [n.charmRoot]),
  nodeOperand("units", [], "number of units", (n) => [n.units], [], true),
  nodeOperand("rank", [], "number of edges", (n, c) => [c.degree.get(n.id) ?? 0], [], true),
  edgeOperand("kind", ["edge"], "kind of edge", (e) => [e.kind], EDGE_KINDS),
  edgeOperand("verdict", [], "what the mesh does with it", (e) => [e.verdict], ["allowed", "denied", "unknown"]),
  edgeOperand("hop", [], "part of telemetry's way", (e) => [e.hop], ["to-proxy", "from-proxy", "direct"]),
  edgeOperand("layer", [], "where it is enforced: l7 waypoint, l4 ztunnel", (e) => [e.layer], ["l4", "l7"]),
  edgeOperand("relation", ["endpoint"], "relation that it follows from", (e) => [e.relation]),
  edgeOperand("interface", [], "interface of the relation", (e) => [e.interface]),
  edgeOperand("port", ["ports"], "allowed port", (e) => listOrEvery(e.ports), [], true),
  edgeOperand("method", ["methods"], "allowed HTTP method", (e) => listOrEvery(e.methods), [
    "GET",
    "POST",
    "PUT",
    "DELETE",
    "PATCH",
    "HEAD",
    "OPTIONS",
  ]),
  edgeOperand("path", ["paths"], "allowed path", (e) => e.paths ?? []),
  edgeOperand("scheme", [], "http, https, grpc…", (e) => [e.scheme], ["http", "https", "grpc"]),
  edgeOperand(
    "policy",
    ["policies"],
    "kind, origin or name of a policy",
    (e, c) => policiesOf(e, c).flatMap((policy) => [policy.kind, policy.origin, policy.id]),
    ["app", "unit"],
  ),
  edgeOperand("origin", [], "where a policy comes from", (e, c) => policiesOf(e, c).map((policy) => policy.origin), [
    "cluster-internal",
    "coordinator-default",
    "charm",
    "resource-manager",
    "beacon",
    "ingress",
    "istio",
  ]),
  edgeOperand("telemetry", [], "kind of telemetry", (e) => [e.telemetry], [
    "metrics",
    "logs",
    "charm-traces",
    "workload-traces",
    "remote-write",
  ]),
  edgeOperand("change", [], "difference to the other state", (e) => [e.change], [
    "opened",
    "closed",
    "widened",
    "narrowed",
    "changed",
  ]),
  edgeOperand("source", ["from"], "application that sends", (e, c) => nameOf(e.source, c)),
  edgeOperand("target", ["to"], "application that receives", (e, c) => nameOf(e.target, c)),
  edgeOperand("label", [], "text on the edge", (e) => [e.label]),
  edgeOperand("because", ["reason"], "text of a reason", (e) => e.because.map((reason) => reason.text)),
];

const onNode = (name: string, aliases: readonly string[], about: string, node: Flag["node"]): Flag => ({
  name,
  aliases,
  about,
  of: "node",
  node,
  edge: null,
});
const onEdge = (name: string, aliases: readonly string[], about: string, edge: Flag["edge"]): Flag => ({
  name,
  aliases,
  about,
  of: "edge",
  node: null,
  edge,
});

/** Everything that can be asked with one word. */
export const FLAGS: readonly Flag[] = [
  onNode("onmesh", ["inmesh"], "is on the mesh", (n) => n.onMesh),
  onNode("outofmesh", ["om"], "is not on the mesh", (n) => !n.onMesh),
  onNode("opentoall", [], "lets everybody reach its pods", (n) => n.openToAll === true),
  onNode("collapsed", ["grouped"], "stands for several applications", (n) => n.kind === "group"),
  onNode("idle", [], "has no edges", (n, c) => (c.degree.get(n.id) ?? 0) === 0),
  onEdge(
    "proxied",
    [],
    "telemetry through the coordinator's proxy",
    (e) => e.hop === "to-proxy" || e.hop === "from-proxy",
  ),
  onEdge("bypass", ["around"], "telemetry around the proxy", (e) => e.kind === "telemetry-bypass"),
  onEdge("internal", [], "inside a cluster", (e) => e.kind === "internal"),
  onEdge("external", [], "by a relation with others", (e) => e.kind === "service" || e.kind === "unit"),
  onEdge("crossmodel", ["cmr"], "between two models", (e) => e.crossModel),
  onEdge("allowed", [], "let through", (e) => e.verdict === "allowed"),
  onEdge("denied", [], "refused", (e) => e.verdict === "denied"),
  onEdge("undecided", [], "not known statically", (e) => e.verdict === "unknown"),
  onEdge(
    "unrestricted",
    [],
    "every port, method and path",
    (e) => e.policies.length > 0 && e.ports === null && e.methods === null && e.paths === null,
  ),
  onEdge("opened", [], "allowed now, denied before", (e) => e.change === "opened"),
  onEdge("closed", [], "denied now, allowed before", (e) => e.change === "closed"),
  onEdge("widened", [], "allows more than before", (e) => e.change === "widened"),
  onEdge("narrowed", [], "allows less than before", (e) => e.change === "narrowed"),
  onEdge("changed", [], "differs from before", (e) => e.change !== null),
];
