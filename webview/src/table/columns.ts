import { edgeStyle, nodeStyle } from "#picture";
import type { EdgeView, NodeView, PolicyView } from "#protocol";
import { type GraphIndex, placeOf, placeText } from "../view/graph-index.ts";
import {
  CHANGE_NAMES,
  HOP_NAMES,
  identityOf,
  layerName,
  methodsText,
  ORIGIN_NAMES,
  pathsText,
  portsText,
  VERDICT_NAMES,
} from "../view/wording.ts";

/** One column of a table: its text, and the value that it is sorted by where that differs. */
export interface Column<Row> {
  readonly name: string;
  readonly title: string;
  readonly text: (row: Row, index: GraphIndex) => string;
  readonly sortBy?: (row: Row, index: GraphIndex) => number | string;
  /** A class for its look: `code` for identifiers, `wide` for long texts. */
  readonly look?: "code" | "wide";
}

const nameOf = (id: string, index: GraphIndex): string => index.nodes.get(id)?.label ?? id;
const modelOf = (id: string, index: GraphIndex): string => index.nodes.get(id)?.model ?? "";
const boxOf = (node: NodeView, index: GraphIndex): string => {
  const box = index.boxes.get(node.box);
  return box?.kind === "cluster" ? box.label : "";
};

/** A flow: everything that its line, arrow and label say in the picture. */
export const FLOW_COLUMNS: readonly Column<EdgeView>[] = [
  { name: "source", title: "Source", text: (edge, index) => nameOf(edge.source, index) },
  { name: "target", title: "Target", text: (edge, index) => nameOf(edge.target, index) },
  { name: "kind", title: "Kind", text: (edge) => edgeStyle(edge.kind).title },
  { name: "verdict", title: "Verdict", text: (edge) => VERDICT_NAMES[edge.verdict] },
  { name: "change", title: "Change", text: (edge) => (edge.change === null ? "" : CHANGE_NAMES[edge.change]) },
  { name: "layer", title: "Enforced", text: (edge) => (edge.layer === null ? "" : layerName(edge.layer)) },
  {
    name: "ports",
    title: "Ports",
    text: (edge) => (edge.kind === "mesh" ? "" : portsText(edge)),
    sortBy: (edge) => edge.ports?.[0] ?? Number.POSITIVE_INFINITY,
  },
  { name: "methods", title: "Methods", text: (edge) => (edge.kind === "mesh" ? "" : methodsText(edge)) },
  { name: "paths", title: "Paths", text: (edge) => (edge.kind === "mesh" ? "" : pathsText(edge)), look: "code" },
  { name: "scheme", title: "Scheme", text: (edge) => edge.scheme ?? "" },
  { name: "telemetry", title: "Telemetry", text: (edge) => edge.telemetry ?? "" },
  { name: "hop", title: "Route", text: (edge) => (edge.hop === null ? "" : HOP_NAMES[edge.hop]) },
  { name: "relation", title: "Relation", text: (edge) => edge.relation ?? "", look: "code" },
  { name: "interface", title: "Interface", text: (edge) => edge.interface ?? "", look: "code" },
  {
    name: "models",
    title: "Models",
    text: (edge, index) =>
      edge.crossModel ? `${modelOf(edge.source, index)} → ${modelOf(edge.target, index)}` : modelOf(edge.source, index),
  },
  {
    name: "policies",
    title: "Policies",
    text: (edge, index) =>
      edge.policies.map((id) => ORIGIN_NAMES[index.policies.get(id)?.origin ?? "charm"]).join(", "),
    sortBy: (edge) => edge.policies.length,
  },
  { name: "label", title: "Label", text: (edge) => edge.label },
  {
    name: "place",
    title: "Source line",
    text: (edge, index) => {
      const place = placeOf(edge, index);
      return place ? placeText(place) : "";
    },
    look: "code",
  },
];

/** An application: everything that its shape and place in the picture say. */
export const APPLICATION_COLUMNS: readonly Column<NodeView>[] = [
  { name: "application", title: "Application", text: (node) => node.label },
  { name: "kind", title: "Kind", text: (node) => nodeStyle(node.kind).title },
  { name: "model", title: "Model", text: (node) => node.model },
  { name: "cluster", title: "Cluster", text: boxOf },
  { name: "units", title: "Units", text: (node) => String(node.units), sortBy: (node) => node.units },
  { name: "roles", title: "Roles", text: (node) => node.roles.join(", ") },
  {
    name: "mesh",
    title: "On the mesh",
    text: (node) => (node.kind === "beacon" ? "" : node.onMesh ? "yes" : "no"),
  },
  { name: "relations", title: "Mesh and ingress", text: meshPartners },
  {
    name: "in",
    title: "In",
    text: (node, index) => String(flows(node, index, "target")),
    sortBy: (node, index) => flows(node, index, "target"),
  },
  {
    name: "out",
    title: "Out",
    text: (node, index) => String(flows(node, index, "source")),
    sortBy: (node, index) => flows(node, index, "source"),
  },
  { name: "identity", title: "Identity", text: (node) => identityOf(node) ?? "", look: "code" },
  { name: "charm", title: "Charm", text: (node) => node.charmRoot ?? "", look: "code" },
];

function flows(node: NodeView, index: GraphIndex, end: "source" | "target"): number {
  return (index.edgesOf.get(node.id) ?? []).filter((edge) => edge.kind !== "mesh" && edge[end] === node.id).length;
}

/** The applications that a relation of the mesh or of an ingress joins with this one, each with that relation. */
function meshPartners(node: NodeView, index: GraphIndex): string {
  return (index.edgesOf.get(node.id) ?? [])
    .filter((edge) => edge.kind === "mesh")
    .map((edge) => `${nameOf(edge.source === node.id ? edge.target : edge.source, index)} (${edge.label})`)
    .join(", ");
}

/** A policy of the effective set. */
export const POLICY_COLUMNS: readonly Column<PolicyView>[] = [
  { name: "summary", title: "Policy", text: (policy) => policy.summary, look: "wide" },
  { name: "origin", title: "Origin", text: (policy) => ORIGIN_NAMES[policy.origin] },
  { name: "kind", title: "Layer", text: (policy) => (policy.kind === "app" ? "L7 (waypoint)" : "L4 (ztunnel)") },
  { name: "source", title: "Source", text: (policy) => policy.source, look: "code" },
  { name: "target", title: "Target", text: (policy) => policy.target, look: "code" },
  { name: "name", title: "Name", text: (policy) => policy.id, look: "code" },
];

/** Rows in the order of a column. Equal rows stay in the graph's order; rows with nothing there come last either way. */
export function sortedRows<Row>(
  rows: readonly Row[],
  column: Column<Row>,
  descending: boolean,
  index: GraphIndex,
): readonly Row[] {
  const keyed = rows.map((row, at) => ({ row, at, key: column.sortBy?.(row, index) ?? column.text(row, index) }));
  const direction = descending ? -1 : 1;
  keyed.sort((a, b) => {
    const emptyA = a.key === "";
    const emptyB = b.key === "";
    if (emptyA || emptyB) return Number(emptyA) - Number(emptyB) || a.at - b.at;
    const order =
      typeof a.key === "number" && typeof b.key === "number"
        ? a.key - b.key || 0
        : String(a.key).localeCompare(String(b.key), "en", { numeric: true });
    return (Number.isNaN(order) ? 0 : order) * direction || a.at - b.at;
  });
  return keyed.map(({ row }) => row);
}

/** Columns in which at least one row has something to say, so that no table is wider than it needs to be. */
export function usedColumns<Row>(
  columns: readonly Column<Row>[],
  rows: readonly Row[],
  index: GraphIndex,
): readonly Column<Row>[] {
  return columns.filter((column) => rows.some((row) => !["", "—"].includes(column.text(row, index))));
}
