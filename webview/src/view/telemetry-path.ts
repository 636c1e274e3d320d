import type { EdgeView, GraphView } from "#protocol";

/**
 * The way of one telemetry signal through a coordinator's proxy. Pushed signals go from the workers to the proxy and on to the
 * backends; for scraped metrics the backend calls the proxy, and the proxy calls the workers.
 */
export interface TelemetryPath {
  /** Id of the coordinator, which runs the proxy. */
  readonly proxy: string;
  readonly signal: string;
  /** The first hop: the callers of the proxy. */
  readonly toProxy: readonly EdgeView[];
  /** The second hop: what the proxy calls. */
  readonly fromProxy: readonly EdgeView[];
}

const paths = new WeakMap<GraphView, readonly TelemetryPath[]>();

/** All telemetry paths of a graph that have at least one hop. A direct flow around the proxy is no path. */
export function telemetryPaths(graph: GraphView): readonly TelemetryPath[] {
  const known = paths.get(graph);
  if (known) return known;
  const made = new Map<string, { proxy: string; signal: string; toProxy: EdgeView[]; fromProxy: EdgeView[] }>();
  for (const edge of graph.edges) {
    if (edge.telemetry === null || (edge.hop !== "to-proxy" && edge.hop !== "from-proxy")) continue;
    const proxy = edge.hop === "to-proxy" ? edge.target : edge.source;
    // A coordinator has one endpoint for each signal (the `endpoints` map of the coordinated-workers package).
    const key = JSON.stringify([proxy, edge.telemetry]);
    const path = made.get(key) ?? { proxy, signal: edge.telemetry, toProxy: [], fromProxy: [] };
    (edge.hop === "to-proxy" ? path.toProxy : path.fromProxy).push(edge);
    made.set(key, path);
  }
  const all = [...made.values()];
  paths.set(graph, all);
  return all;
}

/**
 * The hops that belong to selected flows or applications, per path. A selected hop, worker or backend keeps only its own branch of the
 * path: the hops on its side of the proxy that it is an end of, and every hop on the other side. The proxy itself keeps all.
 */
export function selectedPaths(graph: GraphView, ids: ReadonlySet<string>): readonly TelemetryPath[] {
  return telemetryPaths(graph).flatMap((path) => {
    if (ids.has(path.proxy)) return [path];
    const chosen = (edge: EdgeView) => ids.has(edge.id) || ids.has(edge.source) || ids.has(edge.target);
    const to = path.toProxy.filter(chosen);
    const from = path.fromProxy.filter(chosen);
    if (to.length + from.length === 0) return [];
    return [
      {
        ...path,
        toProxy: to.length > 0 ? to : path.toProxy,
        fromProxy: from.length > 0 ? from : path.fromProxy,
      },
    ];
  });
}

/** The ids of all hops of some paths, with the ends of each. */
export function pathIds(all: readonly TelemetryPath[]): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const { toProxy, fromProxy } of all)
    for (const edge of [...toProxy, ...fromProxy]) ids.add(edge.id).add(edge.source).add(edge.target);
  return ids;
}
