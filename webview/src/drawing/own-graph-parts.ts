/*
 * What the graph that dagre lays out (own-graph.ts) is made of.
 */

/** A node's or an edge's name; numbers stand for their digits. */
export type Id = string | number;

/** What an edge is known by. */
export interface EdgeNames {
  readonly v: Id;
  readonly w: Id;
  readonly name?: Id | undefined;
}

/** An edge as graphlib hands it out: the names of its ends, and its own if it has one. What it carries and whose it is does not show. */
export class Edge implements EdgeNames {
  readonly v: string;
  readonly w: string;
  readonly name: string | undefined;
  #graph: object | null;
  #label: unknown;

  constructor(graph: object, v: string, w: string, name: string | undefined, label: unknown) {
    this.v = v;
    this.w = w;
    this.name = name;
    this.#graph = graph;
    this.#label = label;
  }

  /** Whether something is an edge of this graph, and not one that was taken out of it, of another one, or only the names of one. */
  static isOf(graph: object, edge: unknown): edge is Edge {
    return edge instanceof Edge && edge.#graph === graph;
  }

  static label(edge: Edge): unknown {
    return edge.#label;
  }

  static relabel(edge: Edge, label: unknown): void {
    edge.#label = label;
  }

  static takeOut(edge: Edge): void {
    edge.#graph = null;
  }
}

/** A node with its edges, in the order in which they were set. */
export interface Node {
  readonly id: string;
  label: unknown;
  parent: string;
  /** null: none yet. Most nodes never have one. */
  children: Set<string> | null;
  ins: Edge[];
  outs: Edge[];
  /** How many edges lead from and to each neighbour, where there may be several; null: at most one each. */
  readonly preds: Map<string, number> | null;
  readonly sucs: Map<string, number> | null;
}

/** The edges of a node that has none yet. */
export const NO_EDGES: Edge[] = [];

/** Room for one edge: a list that begins empty takes room for seventeen with the first, and most nodes have one. */
function withEdge(list: Edge[], edge: Edge): Edge[] {
  if (list === NO_EDGES) return [edge];
  list.push(edge);
  return list;
}

function without(list: Edge[], edge: Edge): void {
  const at = list.indexOf(edge);
  if (at >= 0) list.splice(at, 1);
}

function countUp(counts: Map<string, number> | null, name: string): void {
  counts?.set(name, (counts.get(name) ?? 0) + 1);
}

function countDown(counts: Map<string, number> | null, name: string): void {
  const left = (counts?.get(name) ?? 0) - 1;
  if (left > 0) counts?.set(name, left);
  else counts?.delete(name);
}

/** Has both ends know an edge. */
export function connect(from: Node, edge: Edge, to: Node): void {
  from.outs = withEdge(from.outs, edge);
  to.ins = withEdge(to.ins, edge);
  countUp(from.sucs, to.id);
  countUp(to.preds, from.id);
}

/** Has both ends forget an edge. */
export function disconnect(from: Node, edge: Edge, to: Node): void {
  without(from.outs, edge);
  without(to.ins, edge);
  countDown(from.sucs, to.id);
  countDown(to.preds, from.id);
}
