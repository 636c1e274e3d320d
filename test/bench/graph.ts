import path from "node:path";
import type { CharmModel } from "#charm";
import { drift, effectivePolicies, type Topology, topologiesOf, trafficGraph } from "#mesh";
import { collapsedView, graphView, mermaidText } from "#picture";
import { sourceFile } from "#syntax";
import { coordinatorModel, modelOf, workerModel } from "../support/model-fixture.ts";

/** One size of deployment with the medians of its times, in milliseconds. */
export interface GraphTiming {
  readonly applications: number;
  readonly relations: number;
  readonly policies: number;
  readonly edges: number;
  readonly topologyMs: number;
  readonly policiesMs: number;
  readonly graphMs: number;
  readonly viewMs: number;
  readonly collapsedMs: number;
}

const ROUNDS = 5;

/**
 * Times topology, effective policies, traffic graph, view and the collapsed picture for deployments of growing size: a quarter
 * coordinators, a quarter workers, the rest clients and backends; ten relations per application. The last but one is the
 * size of the requirement (200 applications, 2,000 relations).
 *
 *     node scripts/run.mjs test/bench/graph.ts
 */
export function graphTimings(sizes: readonly number[] = [25, 50, 100, 200, 400]): readonly GraphTiming[] {
  const models = [
    coordinatorModel("tempo"),
    workerModel("tempo-worker", "tempo"),
    modelOf("shop", "requires api=tempo_api"),
  ];
  // The first round warms the compiler up.
  timing(models, 50);
  return sizes.map((size) => timing(models, size));
}

/** The timings as a table for a terminal, with the graph's time per relation: constant where growth is linear. */
export function graphTimingTable(timings: readonly GraphTiming[]): string {
  const head = [
    "applications",
    "relations",
    "policies",
    "edges",
    "topology",
    "policies",
    "graph",
    "view",
    "collapsed",
    "graph µs/relation",
  ];
  const rows = timings.map((one) => [
    ...[one.applications, one.relations, one.policies, one.edges].map(String),
    ...[one.topologyMs, one.policiesMs, one.graphMs, one.viewMs, one.collapsedMs].map((ms) => `${ms.toFixed(1)} ms`),
    ((one.graphMs * 1000) / one.relations).toFixed(1),
  ]);
  const table = [head, ...rows];
  const widths = head.map((_, index) => Math.max(...table.map((row) => (row[index] ?? "").length)));
  return table.map((row) => row.map((cell, index) => cell.padStart(widths[index] ?? 0)).join("  ")).join("\n");
}

function timing(models: readonly CharmModel[], applications: number): GraphTiming {
  const text = deployment(applications);
  const rounds = Array.from({ length: ROUNDS }, (_, round) => {
    // A new file object each time, so that no cache knows it.
    const file = sourceFile("mesh-topology.json", text, round);
    const [topology, topologyMs] = timed(() => topologiesOf([file], models)[0] as Topology);
    const [effective, policiesMs] = timed(() => effectivePolicies(models, topology, { mode: topology.mode }));
    const [graph, graphMs] = timed(() => trafficGraph(models, topology, effective));
    const [view, viewMs] = timed(() => graphView(graph, topology, effective, topology.mode));
    const [, collapsedMs] = timed(() => mermaidText(collapsedView(view)));
    return { topology, effective, graph, topologyMs, policiesMs, graphMs, viewMs, collapsedMs };
  });
  const median = (of: (round: (typeof rounds)[number]) => number): number =>
    rounds.map(of).sort((a, b) => a - b)[Math.floor(ROUNDS / 2)] ?? 0;
  const [first] = rounds as [(typeof rounds)[number]];
  return {
    applications,
    relations: first.topology.relations.length,
    policies: first.effective.policies.length,
    edges: first.graph.edges.length,
    topologyMs: median((round) => round.topologyMs),
    policiesMs: median((round) => round.policiesMs),
    graphMs: median((round) => round.graphMs),
    viewMs: median((round) => round.viewMs),
    collapsedMs: median((round) => round.collapsedMs),
  };
}

function timed<T>(work: () => T): readonly [T, number] {
  const start = performance.now();
  const made = work();
  return [made, performance.now() - start];
}

/** A mesh-topology file, as JSON, with ten relations per application. */
export function deployment(applications: number): string {
  const quarter = Math.floor(applications / 4);
  const names = (prefix: string): string[] => Array.from({ length: quarter }, (_, index) => `${prefix}${index}`);
  const [coordinators, workers, shops, backends] = ["t", "w", "s", "b"].map(names) as [
    string[],
    string[],
    string[],
    string[],
  ];
  const given = (list: readonly string[], value: object): [string, object][] => list.map((name) => [name, value]);
  const relations: string[][] = coordinators.flatMap((name, index) => [
    [`${name}:tempo-cluster`, `${workers[index]}:cluster`],
    [`${name}:service-mesh`, "beacon:service-mesh"],
  ]);
  const at = (list: readonly string[], index: number): string => list[index % list.length] ?? "";
  for (let index = 0; relations.length < applications * 10; index++) {
    const name = at(coordinators, index);
    const other = Math.floor(index / quarter);
    relations.push([`${name}:api`, `${at(shops, index + other)}:api`]);
    relations.push([`${name}:metrics-endpoint`, `${at(backends, index + other)}:metrics-endpoint`]);
    relations.push([`${name}:logging`, `${at(backends, index + other)}:logging`]);
  }
  return JSON.stringify({
    models: {
      cos: {
        applications: Object.fromEntries([
          ...given(coordinators, { charm: "tempo" }),
          ...given(workers, { charm: "tempo-worker", units: 3 }),
          ...given(shops, { charm: "shop", "on-mesh": true }),
          ...given(backends, { charm: "cos-lite", "on-mesh": true }),
          ["beacon", { charm: "istio-beacon-k8s" }],
        ]),
        relations: relations.slice(0, applications * 10),
      },
    },
  });
}

/** Drift against cluster dumps of growing size, as JSON and as YAML. */
export function driftTimingTable(sizes: readonly number[] = [1_000, 4_000, 16_000]): string {
  return sizes
    .map((size) => {
      const text = dumpOf(size);
      const [found, ms] = timed(() => drift({ policies: [], problems: [] }, sourceFile("cluster.json", text)));
      const megabytes = (text.length / 1e6).toFixed(1);
      return `drift, JSON of ${megabytes} MB, ${found.unmanaged.length} policies: ${ms.toFixed(0)} ms`;
    })
    .join("\n");
}

function dumpOf(size: number): string {
  const items = Array.from({ length: size }, (_, index) => ({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `p-${index}`, namespace: "cos", labels: { "app.kubernetes.io/instance": "a-b" } },
    spec: {
      targetRefs: [{ kind: "Service", group: "", name: `t${index}` }],
      rules: [
        {
          from: [{ source: { principals: [`cluster.local/ns/cos/sa/x${index}`] } }],
          to: [{ operation: { ports: ["3100"], methods: ["GET"], paths: ["/x"] } }],
        },
      ],
    },
  }));
  return JSON.stringify({ apiVersion: "v1", kind: "List", items }, null, 2);
}

if (process.argv[1]?.endsWith(path.join("bench", "graph.ts"))) {
  console.log(graphTimingTable(graphTimings()));
  console.log(driftTimingTable());
}
