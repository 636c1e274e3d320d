import { connect, disconnect, Edge, type EdgeNames, type Id, NO_EDGES, type Node } from "./own-graph-parts.ts";

/*
 * The graph that dagre lays out, in place of dagre-d3-es/src/graphlib/graph.js. That one keeps everything in plain objects, by names that are
 * put together and hashed at each look, and was a third of a drawing's time. This one has the methods of it that dagre and mermaid call,
 * and gives everything in the same order (test/webview/own-graph.test.ts compares them), but nodes know their edges, and edges their
 * labels. Names that look like array indices would come in the order of their numbers there; here they come in the order in which
 * they were set, as all others do.
 */

/** The node that all nodes without a parent have in common, by the name that graphlib gives it. */
const ROOT = "\u0000";

function asFunction(value: unknown): (...names: readonly unknown[]) => unknown {
  return typeof value === "function" ? (value as (...names: readonly unknown[]) => unknown) : () => value;
}

export class Graph {
  readonly #directed: boolean;
  readonly #multigraph: boolean;
  readonly #compound: boolean;
  readonly #nodes = new Map<string, Node>();
  readonly #edges = new Set<Edge>();
  readonly #top = new Set<string>();
  #label: unknown;
  #nodeLabel: (...names: readonly unknown[]) => unknown = () => undefined;
  #edgeLabel: (...names: readonly unknown[]) => unknown = () => undefined;

  constructor({
    directed = true,
    multigraph = false,
    compound = false,
  }: { directed?: boolean; multigraph?: boolean; compound?: boolean } = {}) {
    this.#directed = directed;
    this.#multigraph = multigraph;
    this.#compound = compound;
  }

  isDirected(): boolean {
    return this.#directed;
  }

  isMultigraph(): boolean {
    return this.#multigraph;
  }

  isCompound(): boolean {
    return this.#compound;
  }

  setGraph(label: unknown): this {
    this.#label = label;
    return this;
  }

  graph(): unknown {
    return this.#label;
  }

  setDefaultNodeLabel(label: unknown): this {
    this.#nodeLabel = asFunction(label);
    return this;
  }

  setDefaultEdgeLabel(label: unknown): this {
    this.#edgeLabel = asFunction(label);
    return this;
  }

  nodeCount(): number {
    return this.#nodes.size;
  }

  edgeCount(): number {
    return this.#edges.size;
  }

  nodes(): string[] {
    return [...this.#nodes.keys()];
  }

  edges(): Edge[] {
    return [...this.#edges];
  }

  sources(): string[] {
    return this.nodes().filter((v) => this.#nodes.get(v)?.ins.length === 0);
  }

  sinks(): string[] {
    return this.nodes().filter((v) => this.#nodes.get(v)?.outs.length === 0);
  }

  setNode(v: Id, ...label: readonly unknown[]): this {
    const known = this.#node(v);
    if (!known) this.#created(`${v}`, label.length > 0 ? label[0] : this.#nodeLabel(v));
    else if (label.length > 0) known.label = label[0];
    return this;
  }

  #created(id: string, label: unknown): Node {
    const node: Node = {
      id,
      label,
      parent: ROOT,
      children: null,
      ins: NO_EDGES,
      outs: NO_EDGES,
      preds: this.#multigraph ? new Map() : null,
      sucs: this.#multigraph ? new Map() : null,
    };
    this.#nodes.set(id, node);
    if (this.#compound) this.#top.add(id);
    return node;
  }

  #node(v: Id): Node | undefined {
    return this.#nodes.get(typeof v === "string" ? v : `${v}`);
  }

  node(v: Id): unknown {
    return this.#node(v)?.label;
  }

  hasNode(v: Id): boolean {
    return this.#node(v) !== undefined;
  }

  removeNode(v: Id): this {
    const node = this.#node(v);
    if (!node) return this;
    if (this.#compound) {
      this.#leave(node);
      for (const child of [...(node.children ?? [])]) this.setParent(child);
    }
    for (const edge of [...node.ins, ...node.outs]) this.#takenOut(edge);
    this.#nodes.delete(node.id);
    return this;
  }

  #leave(node: Node): void {
    if (node.parent === ROOT) this.#top.delete(node.id);
    else this.#nodes.get(node.parent)?.children?.delete(node.id);
  }

  /** Throws in a graph that is not compound, and where a node would stand in itself. */
  setParent(v: Id, parent?: Id): this {
    if (!this.#compound) throw new Error("Cannot set parent in a non-compound graph");
    const id = `${v}`;
    let above = ROOT;
    if (parent !== undefined) {
      above = `${parent}`;
      for (let at: string | undefined = above; at !== undefined; at = this.parent(at))
        if (at === v) throw new Error(`Setting ${above} as parent of ${id} would create a cycle`);
      this.setNode(above);
    }
    const node = this.#nodes.get(id) ?? this.#created(id, this.#nodeLabel(v));
    this.#leave(node);
    node.parent = above;
    const parentNode = this.#nodes.get(above);
    if (!parentNode) this.#top.add(id);
    else if (parentNode.children) parentNode.children.add(id);
    else parentNode.children = new Set([id]);
    return this;
  }

  parent(v: Id): string | undefined {
    if (!this.#compound) return undefined;
    const parent = this.#node(v)?.parent;
    return parent === ROOT ? undefined : parent;
  }

  children(v: Id = ROOT): string[] | undefined {
    if (v === ROOT) return this.#compound ? [...this.#top] : this.nodes();
    const node = this.#node(v);
    return node && (node.children ? [...node.children] : []);
  }

  predecessors(v: Id): string[] | undefined {
    const node = this.#node(v);
    return node && (node.preds ? [...node.preds.keys()] : node.ins.map((edge) => edge.v));
  }

  successors(v: Id): string[] | undefined {
    const node = this.#node(v);
    return node && (node.sucs ? [...node.sucs.keys()] : node.outs.map((edge) => edge.w));
  }

  neighbors(v: Id): string[] | undefined {
    const before = this.predecessors(v);
    if (!before) return undefined;
    const after = this.successors(v) ?? [];
    return before.length === 0 ? after : after.length === 0 ? before : [...new Set([...before, ...after])];
  }

  /** `setEdge(edge, label?)` or `setEdge(v, w, label?, name?)`. Throws for a name in a graph that is not a multigraph. */
  setEdge(...given: readonly unknown[]): this {
    const first = given[0];
    if (typeof first !== "object" || first === null)
      return this.#set(first as Id, given[1] as Id, given[3] as Id | undefined, given.length > 2, given[2]);
    const { v, w, name } = first as EdgeNames;
    return this.#set(v, w, name, given.length === 2, given[1]);
  }

  #set(v: Id, w: Id, name: Id | undefined, labelled: boolean, label: unknown): this {
    const known = this.#find(v, w, name);
    if (known) {
      if (labelled) Edge.relabel(known, label);
      return this;
    }
    if (name !== undefined && !this.#multigraph) throw new Error("Cannot set a named edge when isMultigraph = false");
    const first = this.#node(v) ?? this.#created(`${v}`, this.#nodeLabel(`${v}`));
    const second = this.#node(w) ?? this.#created(`${w}`, this.#nodeLabel(`${w}`));
    const swapped = !this.#directed && first.id > second.id;
    const from = swapped ? second : first;
    const to = swapped ? first : second;
    const own = name === undefined ? undefined : `${name}`;
    const edge = new Edge(this, from.id, to.id, own, labelled ? label : this.#edgeLabel(first.id, second.id, own));
    this.#edges.add(edge);
    connect(from, edge, to);
    return this;
  }

  /** The edge of these names. It is looked for at the end that has fewer. */
  #find(v: Id, w: Id, name: Id | undefined): Edge | undefined {
    const first = this.#node(v);
    const second = this.#node(w);
    if (!first || !second) return undefined;
    const swapped = !this.#directed && first.id > second.id;
    const from = swapped ? second : first;
    const to = swapped ? first : second;
    const own = name === undefined ? undefined : `${name}`;
    const { outs } = from;
    const { ins } = to;
    if (outs.length <= ins.length) {
      for (const edge of outs) if (edge.w === to.id && edge.name === own) return edge;
    } else {
      for (const edge of ins) if (edge.v === from.id && edge.name === own) return edge;
    }
    return undefined;
  }

  #meant(edge: Id | EdgeNames, w: Id | undefined, name: Id | undefined): Edge | undefined {
    if (Edge.isOf(this, edge)) return edge;
    return typeof edge === "object" ? this.#find(edge.v, edge.w, edge.name) : this.#find(edge, w as Id, name);
  }

  /** What an edge carries, `edge(edge)` or `edge(v, w, name?)`; undefined where there is none. */
  edge(edge: Id | EdgeNames, w?: Id, name?: Id): unknown {
    const meant = this.#meant(edge, w, name);
    return meant && Edge.label(meant);
  }

  hasEdge(edge: Id | EdgeNames, w?: Id, name?: Id): boolean {
    return this.#meant(edge, w, name) !== undefined;
  }

  removeEdge(edge: Id | EdgeNames, w?: Id, name?: Id): this {
    const meant = this.#meant(edge, w, name);
    if (meant) this.#takenOut(meant);
    return this;
  }

  #takenOut(edge: Edge): void {
    if (!this.#edges.delete(edge)) return;
    Edge.takeOut(edge);
    const from = this.#nodes.get(edge.v);
    const to = this.#nodes.get(edge.w);
    if (from && to) disconnect(from, edge, to);
  }

  inEdges(v: Id, u?: string): Edge[] | undefined {
    const node = this.#node(v);
    return node && (u ? node.ins.filter((edge) => edge.v === u) : node.ins.slice());
  }

  outEdges(v: Id, w?: string): Edge[] | undefined {
    const node = this.#node(v);
    return node && (w ? node.outs.filter((edge) => edge.w === w) : node.outs.slice());
  }

  nodeEdges(v: Id, w?: string): Edge[] | undefined {
    return this.inEdges(v, w)?.concat(this.outEdges(v, w) ?? []);
  }
}
