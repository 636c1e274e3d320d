import type { DrawnEdge } from "../collapse/drawn-edge.ts";
import { portsText } from "../collapse/merged-label.ts";

/** Whether an edge ends at the coordinator's telemetry proxy with its source or its target. */
export function reachesProxy(edge: Pick<DrawnEdge, "hop">, end: "source" | "target"): boolean {
  return edge.hop === (end === "target" ? "to-proxy" : "from-proxy");
}

/** What is written on the proxy, from the edges that begin or end there: its name and its ports. */
export function proxyText(edges: readonly DrawnEdge[]): string {
  const ports = new Set(edges.filter((edge) => reachesProxy(edge, "target")).flatMap((edge) => edge.ports ?? []));
  return `telemetry proxy ${portsText([...ports].sort((a, b) => a - b))}`.trim();
}
