import { policyCounts, type TrafficGraph } from "#mesh";
import type { GraphView } from "#protocol";

/**
 * The policies that worker telemetry needs with and without routing, for what a graph draws: for each kind of telemetry, all worker
 * units times all units of its backends without routing, one per backend unit with it. null where no worker telemetry is drawn.
 */
export function telemetryCounts(graph: TrafficGraph): GraphView["counts"] {
  const nodes = new Map(graph.nodes.map((node) => [node.id, node]));
  const backends = new Map<string, { readonly units: number; readonly workers: ReadonlySet<string> }>();
  const workersOf = new Map<string, Set<string>>();
  const flows = new Map<string, { backend: string; coordinator: string | null; workers: Set<string> }>();
  for (const edge of graph.edges) {
    if (edge.hop === null || edge.telemetry === null) continue;
    for (const [end, other] of [
      [edge.source, edge.target],
      [edge.target, edge.source],
    ] as const) {
      if (nodes.get(end)?.kind !== "worker") continue;
      const peer = nodes.get(other);
      const key = `${edge.telemetry} ${other}`;
      if (peer?.kind === "coordinator") {
        workersOf.set(key, (workersOf.get(key) ?? new Set()).add(end));
      } else if (edge.hop === "direct") {
        const flow = flows.get(key) ?? { backend: other, coordinator: null, workers: new Set<string>() };
        flow.workers.add(end);
        flows.set(key, flow);
      }
    }
  }
  for (const edge of graph.edges) {
    if (edge.hop === null || edge.hop === "direct" || edge.telemetry === null) continue;
    for (const [end, other] of [
      [edge.source, edge.target],
      [edge.target, edge.source],
    ] as const) {
      const workers = workersOf.get(`${edge.telemetry} ${end}`);
      if (!workers || nodes.get(end)?.kind !== "coordinator" || nodes.get(other)?.kind === "worker") continue;
      flows.set(`${edge.telemetry} ${end} ${other}`, { backend: other, coordinator: end, workers });
    }
  }
  for (const [key, flow] of flows)
    backends.set(key, { units: nodes.get(flow.backend)?.units ?? 1, workers: flow.workers });
  if (backends.size === 0) return null;
  let [withRouting, withoutRouting] = [0, 0];
  for (const { units, workers } of backends.values()) {
    const counts = policyCounts(unitsOf(workers, nodes), units);
    withRouting += counts.withRouting;
    withoutRouting += counts.withoutRouting;
  }
  const allWorkers = new Set([...backends.values()].flatMap(({ workers }) => [...workers]));
  const allBackends = new Set([...flows.values()].map((flow) => flow.backend));
  return { withRouting, withoutRouting, workers: unitsOf(allWorkers, nodes), backends: unitsOf(allBackends, nodes) };
}

function unitsOf(ids: ReadonlySet<string>, nodes: ReadonlyMap<string, { readonly units: number }>): number {
  return [...ids].reduce((sum, id) => sum + (nodes.get(id)?.units ?? 1), 0);
}
