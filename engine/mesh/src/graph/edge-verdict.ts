import { authorize } from "../policy/authorize.ts";
import type { Endpoint } from "../policy/mesh-policy.ts";
import type { MeshMode } from "../topology/mesh-mode.ts";
import type { Application } from "../topology/topology.ts";
import type { GraphInput } from "./graph-input.ts";
import type { GraphEdge } from "./traffic-graph.ts";

/** One request that stands for an edge. */
export interface Sample {
  readonly via: "service" | "unit";
  readonly port: number;
  readonly method: string | null;
  readonly path: string | null;
  readonly host: string | null;
  readonly service: string | null;
}

/**
 * Whether the mesh lets the samples through: allowed if all are, denied if all are, else not known. The policies of an application whose
 * charm is not in the workspace are not known, so that a missing one proves nothing there: `denied` becomes `unknown`.
 * `mode` is the graph's own unless another one is asked about.
 */
export function edgeVerdict(
  input: GraphInput,
  source: Application,
  target: Application,
  samples: readonly Sample[],
  mode: MeshMode = input.mode,
): GraphEdge["verdict"] {
  const verdicts = new Set(samples.map((sample) => sampleVerdict(input, source, target, sample, mode)));
  const [only] = verdicts;
  if (verdicts.size !== 1 || only === undefined) return "unknown";
  return only === "denied" && !policiesKnown(input, target) ? "unknown" : only;
}

/** Whether everything that allows traffic to an application is known here. */
export function policiesKnown(input: GraphInput, target: Application): boolean {
  const charm = input.charmOf(target);
  if (charm === null) return workerOfKnownCluster(input, target);
  return charm.policiesComplete && !charm.damaged;
}

/** A worker's traffic is granted by its coordinator alone; its own charm declares no policies. */
function workerOfKnownCluster(input: GraphInput, target: Application): boolean {
  const cluster = input.clusterOf.get(`${target.model}/${target.name}`);
  return cluster !== undefined && cluster.coordinator !== target && cluster.charm !== null && !cluster.charm.damaged;
}

function sampleVerdict(
  input: GraphInput,
  source: Application,
  target: Application,
  sample: Sample,
  mode: MeshMode,
): GraphEdge["verdict"] {
  const flow = {
    source: { application: source.name, model: source.model, onMesh: null },
    target: { application: target.name, model: target.model, via: sample.via, service: sample.service },
    port: sample.port,
    method: sample.method,
    path: sample.path,
    host: sample.host,
  };
  return authorize(flow, input.effective, input.topology, mode).verdict;
}

/** A request that a policy's endpoint means; `fallbackPort` where it restricts no port. */
export function sampleOf(
  endpoint: Endpoint | null,
  via: Sample["via"],
  service: string | null,
  fallbackPort: number,
): Sample {
  const port = endpoint?.ports?.[0] ?? fallbackPort;
  return {
    via,
    service,
    port,
    method: endpoint?.methods?.[0] ?? "GET",
    path: examplePath(endpoint?.paths?.[0] ?? null),
    host: exampleHost(endpoint?.hosts?.[0] ?? null, port),
  };
}

/** A path that a pattern matches: templates and placeholders (`{unit}`) filled in, the wildcard at an end replaced. */
export function examplePath(pattern: string | null): string {
  if (pattern === null) return "/";
  return pattern.replaceAll("{**}", "x").replaceAll("{*}", "x").replace(/\*$/, "x").replace(/^\*/, "/x");
}

/**
 * The Host header that a client sends which calls a host of the pattern on that port: with the port, unless it is HTTP's own (RFC 9110,
 * section 7.2). A pattern that names a port, or ends in `*`, leaves room for it.
 */
function exampleHost(pattern: string | null, port: number): string | null {
  if (pattern === null) return null;
  const host = pattern.replace(/\*$/, "x").replace(/^\*/, "x");
  return port === 80 || /:\d+$/.test(host) ? host : `${host}:${port}`;
}
