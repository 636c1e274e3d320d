import { type DrawnEdge, edgeStyle, flowsOf, grantLines, nodeStyle, shortened } from "#picture";
import type { BoxView, EdgeView, GraphView, NodeView, PolicyView } from "#protocol";
import type { GraphIndex } from "./graph-index.ts";

/*
 * The panel's words: what the picture shows by line and shape, in sentences for screen readers, the table and the details pane.
 */

/** Longest name that is read or shown in full; a hostile charm may be called anything. */
const LONGEST = 80;

/** A name of any length as one short line, without control characters or such as turn the direction of writing. */
export function shortName(name: string): string {
  const line = name
    .replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ")
    .replace(/[\p{Cf}\p{Cs}]/gu, "")
    .trim();
  return shortened(line || "(no name)", LONGEST);
}

/** A count as it is read: 999, 1,000. The first `toLocaleString` of a page takes Chromium 20 to 80 ms here, and few counts need it. */
export function readable(count: number): string {
  return count < 1000 ? String(count) : count.toLocaleString("en");
}

/** "1 flow", "3 flows". */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${readable(count)} ${count === 1 ? one : many}`;
}

/** Where traffic is enforced, in words. */
export function layerName(layer: EdgeView["layer"]): string {
  if (layer === "l7") return "L7, at the waypoint";
  if (layer === "l4") return "L4, at ztunnel";
  return "nowhere";
}

export const VERDICT_NAMES: Readonly<Record<EdgeView["verdict"], string>> = {
  allowed: "Allowed",
  denied: "Denied",
  unknown: "Unknown",
};

export const ORIGIN_NAMES: Readonly<Record<PolicyView["origin"], string>> = {
  "cluster-internal": "Cluster-internal",
  "coordinator-default": "Coordinator default",
  charm: "Declared in the charm",
  "resource-manager": "Policy resource manager",
  beacon: "Beacon",
  ingress: "Ingress",
  istio: "Istio",
};

export const CHANGE_NAMES: Readonly<Record<NonNullable<EdgeView["change"]>, string>> = {
  opened: "Opened",
  closed: "Closed",
  widened: "Widened",
  narrowed: "Narrowed",
  changed: "Changed",
};

export const HOP_NAMES: Readonly<Record<NonNullable<EdgeView["hop"]>, string>> = {
  "to-proxy": "to the coordinator's proxy",
  "from-proxy": "from the coordinator's proxy",
  direct: "around the coordinator's proxy",
};

const TOPOLOGY_NAMES: Readonly<Record<GraphView["topology"]["source"], string>> = {
  inferred: "inferred from the charms",
  bundle: "bundle",
  status: "juju status",
  terraform: "Terraform plan",
  file: "mesh-topology.yaml",
  "show-unit": "juju show-unit",
};

/** What the deployment was read from. */
export function topologyName(topology: GraphView["topology"]): string {
  const kind = TOPOLOGY_NAMES[topology.source];
  if (topology.path === null) return kind;
  const path = shortName(topology.path);
  return path.includes(kind) ? path : `${path} (${kind})`;
}

/** "ports 80, 443", "all ports". */
export function portsText(edge: EdgeView): string {
  return edge.ports === null ? "all ports" : edge.ports.length === 0 ? "ports not known" : edge.ports.join(", ");
}

/** Methods, or “every method”. L4 traffic has none. */
export function methodsText(edge: EdgeView): string {
  return methodLines(edge).join("; ");
}

/** The same, with a line for each thing that is granted where they differ by port. */
export function methodLines(edge: EdgeView): readonly string[] {
  return grantLines(edge, "methods", edge.layer === "l7" ? "any" : "—");
}

/** Paths, or “every path”. */
export function pathsText(edge: EdgeView): string {
  return pathLines(edge).join("; ");
}

/** The same, with a line for each thing that is granted where they differ by port. */
export function pathLines(edge: EdgeView): readonly string[] {
  return grantLines(edge, "paths", edge.layer === "l7" ? "any" : "—");
}

/** What the picture shows of a node beside its own words: its model, its group, its flows. */
export function nodeSurroundings(node: NodeView, index: GraphIndex): string {
  const edges = index.edgesOf.get(node.id) ?? [];
  const flows = edges.flatMap((edge) => (edge.twoWay ? flowsOf(edge) : flowsOf(edge).map(() => edge)));
  const into = flows.filter((flow) => flow.target === node.id).length;
  const out = flows.filter((flow) => flow.source === node.id).length;
  return [
    node.kind === "group" ? `closed group of ${counted(node.members.length, "application")}` : "",
    node.model === "" ? "" : `model ${shortName(node.model)}`,
    `${into} in, ${out} out`,
  ]
    .filter((part) => part !== "")
    .join(", ");
}

/** A node in words: name, kind, and what surrounds it. */
export function nodeName(node: NodeView, index: GraphIndex): string {
  return `${shortName(node.label)}, ${nodeStyle(node.kind).title.toLowerCase()}, ${nodeSurroundings(node, index)}`;
}

/** The accessible name of an edge: all that its line, arrow and label say. */
export function edgeName(edge: DrawnEdge, index: GraphIndex): string {
  const end = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const flows = flowsOf(edge).length;
  return [
    `${end(edge.source)} ${edge.twoWay ? "and" : "to"} ${end(edge.target)}`,
    edgeStyle(edge.kind).title.toLowerCase(),
    edge.change === null ? "" : CHANGE_NAMES[edge.change].toLowerCase(),
    VERDICT_NAMES[edge.verdict].toLowerCase(),
    flows > 1 ? counted(flows, "flow") : "",
    edge.telemetry ?? "",
    edge.hop === null ? "" : HOP_NAMES[edge.hop],
    shortName(edge.label),
    edge.layer === null ? "" : layerName(edge.layer),
  ]
    .filter((part) => part !== "" && part !== "(no name)")
    .join(", ");
}

/** The accessible name of a box. */
export function boxName(box: BoxView): string {
  return box.kind === "model" ? `Juju model ${shortName(box.label)}` : `cluster of ${shortName(box.label)}`;
}

/** The identity that a node's workloads have on the mesh, as policies name it. */
export function identityOf(node: NodeView): string | null {
  if (node.kind === "group" || node.application === "") return null;
  return node.onMesh ? `cluster.local/ns/${node.model}/sa/${node.application}` : null;
}

/** One line about a whole graph. */
export function graphSummary(graph: GraphView): string {
  const flows = graph.edges.filter((edge) => edge.kind !== "mesh").flatMap(flowsOf);
  const denied = flows.filter((edge) => edge.verdict === "denied").length;
  return [
    counted(
      graph.nodes.reduce((sum, node) => sum + Math.max(1, node.members.length), 0),
      "application",
    ),
    counted(flows.length, "flow"),
    counted(graph.policies.length, "policy", "policies"),
    denied > 0 ? `${denied} denied` : "",
  ]
    .filter((part) => part !== "")
    .join(" · ");
}

/** How many policies telemetry needs with and without the proxy, in one sentence; null: there is no coordinator with workers. */
export function telemetryPolicies(counts: GraphView["counts"]): string | null {
  if (!counts) return null;
  const { withRouting, withoutRouting } = counts;
  if (withRouting === withoutRouting)
    return `Telemetry needs ${counted(withRouting, "policy", "policies")}, with the proxy or without it.`;
  return withRouting < withoutRouting
    ? `Proxying telemetry needs ${counted(withRouting, "policy", "policies")} instead of ${withoutRouting}.`
    : `Proxying telemetry needs ${counted(withRouting, "policy", "policies")}; without the proxy it needs ${withoutRouting}.`;
}
