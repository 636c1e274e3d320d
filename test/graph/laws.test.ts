import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { effectivePolicies, GRAPH_LAYERS, policyCounts } from "#mesh";
import { graphView } from "#picture";
import { graphViewSchema } from "#protocol";
import { graphInput } from "../../engine/mesh/src/graph/graph-input.ts";
import { mergedGraph } from "../../engine/mesh/src/graph/traffic-graph-of.ts";
import { COS, tempo, withPolicies, worker } from "./cos.ts";
import { graphFor, shownEdges, topologyOf } from "./deployment.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

describe("the traffic graph", () => {
  it("gives every node and edge a reason, and says itself in the protocol's form", () => {
    const topology = topologyOf(COS, withPolicies);
    const effective = effectivePolicies(withPolicies, topology, { mode: topology.mode });
    const graph = graphFor(withPolicies, COS);
    for (const one of [...graph.nodes, ...graph.edges]) expect(one.because.length, one.id).toBeGreaterThan(0);
    const view = graphView(graph, topology, effective, topology.mode);
    expect(graphViewSchema.parse(JSON.parse(JSON.stringify(view)))).toEqual(JSON.parse(JSON.stringify(view)));
    const ids = new Set(view.policies.map((policy) => policy.id));
    for (const edge of view.edges) for (const id of edge.policies) expect(ids).toContain(id);
    expect(new Set(view.edges.map((edge) => edge.id)).size).toBe(view.edges.length);
  });

  it("leaves placeholders without traffic out of an inferred picture, and names them", () => {
    const graph = graphFor([tempo(), worker], null);
    expect(graph.nodes.map((node) => node.application)).not.toContain("s3");
    expect(graph.notes.at(-1)).toBe(
      "Not drawn, because no traffic is known over their relations: s3, tls-certificates.",
    );
  });

  it("draws the layers chosen, and applications always", () => {
    const only = graphFor(withPolicies, COS, { layers: ["mesh"] });
    expect(new Set(only.edges.map((edge) => edge.kind))).toEqual(new Set(["mesh"]));
    expect(only.nodes).toHaveLength(8);
    // Without the telemetry layer the scrape policy is drawn among the others, so that no policy gets lost.
    expect(shownEdges(graphFor(withPolicies, COS, { layers: ["service"] }))).toEqual([
      'service prometheus -> tempo "metrics-endpoint :3300 GET" allowed l7',
      'service shop -> tempo "api :3200" allowed l7',
    ]);
  });

  it("is the same whatever the order of the layers", () => {
    const topology = topologyOf(COS, withPolicies);
    const input = graphInput(withPolicies, topology, effectivePolicies(withPolicies, topology));
    const parts = GRAPH_LAYERS.map((layer) => layer.contribute(input));
    const expected = JSON.stringify(mergedGraph(input, parts));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), fc.subarray(parts), (shuffled, again) => {
        expect(JSON.stringify(mergedGraph(input, [...shuffled, ...again]))).toBe(expected);
      }),
      { numRuns: 50 },
    );
  });
});

describe("policy counts", () => {
  it("are those of the guide: 3 workers and 2 Prometheus units need 6 policies without routing", () => {
    expect(policyCounts(3, 2)).toEqual({ withRouting: 2, withoutRouting: 6 });
  });

  it("do not depend on the workers with routing, and multiply without", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(50), (workers, backends) => {
        expect(policyCounts(workers, backends).withRouting).toBe(policyCounts(workers + 1, backends).withRouting);
        expect(
          policyCounts(workers + 1, backends).withoutRouting - policyCounts(workers, backends).withoutRouting,
        ).toBe(backends);
      }),
    );
  });

  it("are counted over what is drawn", () => {
    const text = `
models:
  cos:
    applications:
      tempo: { charm: tempo }
      tempo-worker: { charm: tempo-worker, units: 3 }
      prometheus: { charm: prometheus-k8s, units: 2 }
    relations: [[tempo:tempo-cluster, tempo-worker:cluster], [tempo:metrics-endpoint, prometheus:metrics-endpoint]]
`;
    const topology = topologyOf(text, withPolicies);
    const view = (source: string) =>
      graphView(graphFor(withPolicies, source), topology, { policies: [], problems: [] }, topology.mode).counts;
    expect(view(text)).toEqual({ withRouting: 2, withoutRouting: 6, workers: 3, backends: 2 });
    expect(view(COS)).toEqual({ withRouting: 7, withoutRouting: 21, workers: 3, backends: 4 });
    expect(view("models: { m: { applications: { shop: { charm: shop } } } }")).toBeNull();
  });
});
