import type { EdgeView, GraphView } from "#protocol";
import { edgeStyle } from "../style/edge-style.ts";
import { grantLines } from "./grant-lines.ts";

/** One edge as a row of the table twin: everything that the picture says of it, in words. */
export interface GraphRow {
  readonly id: string;
  readonly source: string;
  readonly target: string;
  readonly kind: string;
  readonly verdict: string;
  readonly layer: string;
  readonly relation: string;
  readonly interface: string;
  readonly ports: string;
  readonly methods: string;
  readonly paths: string;
  readonly policies: string;
  readonly change: string;
}

/** The columns of the table in their order, with their headings. */
export const GRAPH_COLUMNS: readonly { readonly key: keyof Omit<GraphRow, "id">; readonly title: string }[] = [
  { key: "source", title: "From" },
  { key: "target", title: "To" },
  { key: "kind", title: "Traffic" },
  { key: "verdict", title: "Verdict" },
  { key: "layer", title: "Enforced at" },
  { key: "relation", title: "Relation" },
  { key: "interface", title: "Interface" },
  { key: "ports", title: "Ports" },
  { key: "methods", title: "Methods" },
  { key: "paths", title: "Paths" },
  { key: "policies", title: "Policies" },
  { key: "change", title: "Change" },
];

/** The rows of a view, in its order. */
export function graphRows(view: GraphView): readonly GraphRow[] {
  const labels = new Map(view.nodes.map((node) => [node.id, nodeName(node, view)]));
  return view.edges.map((edge) => ({
    id: edge.id,
    source: labels.get(edge.source) ?? edge.source,
    target: labels.get(edge.target) ?? edge.target,
    kind: trafficText(edge),
    verdict: edge.verdict,
    layer: edge.layer === "l7" ? "waypoint" : edge.layer === "l4" ? "ztunnel" : "",
    relation: edge.relation ?? "",
    interface: edge.interface ?? "",
    ports: edge.ports?.join(", ") ?? every(edge),
    methods: grantLines(edge, "methods", every(edge)).join("; "),
    paths: grantLines(edge, "paths", every(edge)).join("; "),
    policies: edge.policies.length === 0 ? "" : String(edge.policies.length),
    change: edge.change ?? "",
  }));
}

function nodeName(node: GraphView["nodes"][number], view: GraphView): string {
  const models = new Set(view.nodes.map((one) => one.model));
  return models.size > 1 && node.kind !== "group" ? `${node.label} (${node.model})` : node.label;
}

const HOPS: Readonly<Record<NonNullable<EdgeView["hop"]>, string>> = {
  "to-proxy": "to the proxy",
  "from-proxy": "from the proxy",
  direct: "direct",
};

function trafficText(edge: EdgeView): string {
  const { title } = edgeStyle(edge.kind);
  const telemetry = edge.telemetry === null ? title : `${title}: ${edge.telemetry}`;
  return edge.hop === null || edge.kind === "telemetry-bypass" ? telemetry : `${telemetry}, ${HOPS[edge.hop]}`;
}

/** An absent restriction means "all" where a policy stands behind the edge, else nothing is known. */
function every(edge: EdgeView): string {
  return edge.policies.length > 0 ? "all" : "";
}
