import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { Graph as PublishedGraph } from "dagre-d3-es/src/graphlib/graph.js";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { Graph } from "../../webview/src/drawing/own-graph.ts";

/*
 * The panel's drawing script lays out on a graph of our own in place of dagre's. Whatever is done to both, both must say the same in the
 * same order: the order in which dagre meets nodes and edges decides where they stand.
 */

const IDS = ["a", "b", "c", "d", "e", "f"] as const;
const NAMES = [undefined, "x", "y"] as const;

/** What is called on a graph: a method and its arguments. */
type Call = readonly [method: string, ...given: unknown[]];

const id = fc.constantFrom(...IDS);
const name = fc.constantFrom(...NAMES);
const label = fc.nat(9);

const call: fc.Arbitrary<Call> = fc.oneof(
  fc.tuple(fc.constant("setNode"), id),
  fc.tuple(fc.constant("setNode"), id, fc.option(label, { nil: undefined })),
  fc.tuple(fc.constant("removeNode"), id),
  fc.tuple(fc.constant("setEdge"), id, id),
  fc.tuple(fc.constant("setEdge"), id, id, label, name),
  fc.tuple(fc.constant("setEdge"), fc.record({ v: id, w: id, name }), label),
  fc.tuple(fc.constant("setEdge"), fc.record({ v: id, w: id })),
  fc.tuple(fc.constant("removeEdge"), id, id, name),
  fc.tuple(fc.constant("removeEdge"), fc.record({ v: id, w: id, name })),
  fc.tuple(fc.constant("setParent"), id, fc.option(id, { nil: undefined })),
  fc.tuple(fc.constant("setDefaultNodeLabel"), fc.option(label, { nil: undefined })),
  fc.tuple(fc.constant("setDefaultEdgeLabel"), label),
  fc.tuple(fc.constant("setGraph"), label),
);

// biome-ignore lint/suspicious/noExplicitAny: the two graphs have the same methods, which is what is tested.
type AnyGraph = any;

/** Whether the call was refused. Both keep what stood before then. */
function done(graph: AnyGraph, [method, ...given]: Call): boolean {
  try {
    expect(graph[method](...given)).toBe(graph);
    return true;
  } catch {
    return false;
  }
}

const names = (edges: readonly { v: string; w: string; name?: string }[] | undefined) =>
  edges?.map((edge) => [edge.v, edge.w, edge.name]);

/** All that can be asked of a graph. */
function told(graph: AnyGraph): unknown {
  return {
    kind: [graph.isDirected(), graph.isMultigraph(), graph.isCompound(), graph.graph()],
    counts: [graph.nodeCount(), graph.edgeCount()],
    nodes: graph.nodes().map((v: string) => [v, graph.node(v)]),
    edges: graph.edges().map((edge: AnyGraph) => [edge.v, edge.w, edge.name, graph.edge(edge), graph.hasEdge(edge)]),
    ends: [graph.sources(), graph.sinks(), graph.children()],
    each: IDS.map((v) => [
      graph.hasNode(v),
      graph.node(v),
      graph.parent(v),
      graph.children(v),
      graph.predecessors(v),
      graph.successors(v),
      graph.neighbors(v),
      names(graph.inEdges(v)),
      names(graph.outEdges(v)),
      names(graph.nodeEdges(v)),
    ]),
    pairs: IDS.flatMap((v) =>
      IDS.map((w) => [
        names(graph.inEdges(v, w)),
        names(graph.outEdges(v, w)),
        names(graph.nodeEdges(v, w)),
        NAMES.map((one) => [graph.edge(v, w, one), graph.hasEdge(v, w, one), graph.edge({ v, w, name: one })]),
      ]),
    ),
  };
}

describe("the graph that dagre lays out", () => {
  test("says what dagre's own says, in the same order, whatever is done to it", () => {
    fc.assert(
      fc.property(
        fc.record({ directed: fc.boolean(), multigraph: fc.boolean(), compound: fc.boolean() }),
        fc.array(call, { maxLength: 40 }),
        (options, calls) => {
          const own: AnyGraph = new Graph(options);
          const published: AnyGraph = new PublishedGraph(options);
          expect(calls.map((one) => done(own, one))).toEqual(calls.map((one) => done(published, one)));
          expect(told(own)).toEqual(told(published));
        },
      ),
      { numRuns: 1_000 },
    );
  });

  test("has all methods that dagre calls", () => {
    const folder = path.resolve("node_modules/dagre-d3-es/src/dagre");
    const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) => file.endsWith(".js"));
    const texts = files.map((file) => readFileSync(path.join(folder, file), "utf8"));
    const graphs = "g|t|lg|cg|tree|graph|layerGraph|simplified|blockGraph|fasGraph|result";
    const called = texts.flatMap((text) => [...text.matchAll(new RegExp(`\\b(?:${graphs})\\.(\\w+)\\(`, "g"))]);
    const methods = new Set(called.map(([, method]) => method as string));
    expect(methods.size).toBeGreaterThan(20);
    expect([...methods].filter((method) => !(method in Graph.prototype))).toEqual([]);
  });

  test("default labels are asked for with the names of what is new", () => {
    for (const graph of [new Graph({ directed: false }), new PublishedGraph({ directed: false })] as AnyGraph[]) {
      graph.setDefaultNodeLabel((v: string) => `node ${v}`);
      graph.setDefaultEdgeLabel((v: string, w: string, own: unknown) => `edge ${v} ${w} ${own}`);
      graph.setEdge("b", "a");
      expect([graph.node("a"), graph.edge("a", "b"), graph.edges()[0].v]).toEqual([
        "node a",
        "edge b a undefined",
        "a",
      ]);
    }
  });

  test("an edge that was taken out, or is another graph's, is looked for by its names", () => {
    const graph = new Graph();
    graph.setEdge("a", "b", 1);
    const edge = graph.edges()[0] as { v: string; w: string };
    graph.removeEdge(edge);
    expect([graph.edge(edge), graph.hasEdge(edge)]).toEqual([undefined, false]);
    graph.setEdge("a", "b", 2);
    expect(graph.edge(edge)).toBe(2);
    const other = new Graph();
    other.setEdge(edge, 3);
    expect([graph.edge(edge), other.edge(edge), graph.edge(other.edges()[0] as { v: string; w: string })]).toEqual([
      2, 3, 2,
    ]);
    // What mermaid writes down of an edge is its names alone.
    expect(JSON.stringify(graph.edges())).toBe('[{"v":"a","w":"b"}]');
  });
});
