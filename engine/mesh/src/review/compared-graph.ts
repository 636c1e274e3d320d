import { nodeId } from "../graph/graph-part.ts";
import type { GraphEdge, GraphNode, TrafficGraph } from "../graph/traffic-graph.ts";
import { type ComparedState, edgeService, edgeVias, flowText } from "./compared-flows.ts";
import type { Consequence, ConsequenceKind } from "./consequences.ts";

/** The riskier of two marks counts where a line stands for both addresses. */
const RISK: readonly ConsequenceKind[] = ["opened", "widened", "closed", "narrowed", "changed"];

/**
 * Two states as one graph: all nodes of both, the newer state's edges, and of the older state those that have no successor and whose flow the change
 * closes or narrows. An edge is marked with the consequence for its flow, where it differs from the older state; what merely is there now or no longer, and
 * allows nothing else, is not marked.
 */
export function comparedGraph(
  before: ComparedState,
  after: ComparedState,
  changes: readonly Consequence[],
): TrafficGraph {
  const byFlow = new Map(changes.map((change) => [flowText(change.key), change]));
  const newFlows = edgesByFlow(after);
  const old = new Map(before.graph.edges.map((edge) => [edge.id, edge]));
  const changeOf = (edge: GraphEdge, state: ComparedState): ConsequenceKind | null => {
    const kinds = flowTexts(edge, state).flatMap((text) => byFlow.get(text)?.kind ?? []);
    return RISK.find((kind) => kinds.includes(kind)) ?? null;
  };
  const current = after.graph.edges.map((edge): GraphEdge => {
    const kind = changeOf(edge, after);
    if (kind === null) return edge;
    const group = flowTexts(edge, after).flatMap((text) => newFlows.get(text) ?? []);
    const differing = group.filter((one) => differs(old.get(one.id), one));
    return differing.length === 0 || differing.includes(edge) ? { ...edge, change: kind } : edge;
  });
  const gone = before.graph.edges.flatMap((edge): GraphEdge[] => {
    const kind = changeOf(edge, before);
    const texts = flowTexts(edge, before);
    if (kind === null || texts.some((text) => newFlows.has(text))) return [];
    return [{ ...edge, change: kind, verdict: kind === "closed" ? "denied" : edge.verdict }];
  });
  const nodes = new Map<string, GraphNode>();
  for (const node of [...after.graph.nodes, ...before.graph.nodes]) if (!nodes.has(node.id)) nodes.set(node.id, node);
  const boxes = new Map([...before.graph.boxes, ...after.graph.boxes].map((box) => [box.id, box]));
  return {
    nodes: [...nodes.values()],
    edges: [...current, ...gone],
    boxes: [...boxes.values()],
    notes: [...new Set([...after.graph.notes, ...before.graph.notes])],
  };
}

function flowTexts(edge: GraphEdge, { topology }: ComparedState): readonly string[] {
  const end = (id: string) => topology.applications.find((one) => nodeId(one) === id);
  const [source, target] = [end(edge.source), end(edge.target)];
  if (!source || !target || edge.kind === "mesh") return [];
  const [from, to] = [source, target].map(({ model, name }) => ({ model, application: name }));
  if (!from || !to) return [];
  return edgeVias(edge).map((via) => flowText({ source: from, target: to, via, service: edgeService(edge, via, to) }));
}

function edgesByFlow(state: ComparedState): ReadonlyMap<string, readonly GraphEdge[]> {
  const found = new Map<string, GraphEdge[]>();
  for (const edge of state.graph.edges)
    for (const text of flowTexts(edge, state)) found.set(text, [...(found.get(text) ?? []), edge]);
  return found;
}

/** Whether an edge says anything else than in the older state. */
function differs(before: GraphEdge | undefined, after: GraphEdge): boolean {
  if (before === undefined || before.verdict !== after.verdict) return true;
  const said = ({ ports, methods, paths, grants, policies }: GraphEdge): string =>
    JSON.stringify([ports, methods, paths, grants, policies.map((policy) => policy.resource?.spec)]);
  return said(before) !== said(after);
}
