import type { CharmModel } from "#charm";
import { type Deployment, defaultDeployment, deploymentIn, inferredDeployment } from "#ide";
import {
  type EffectivePolicies,
  effectivePolicies,
  GRAPH_LAYERS,
  type MeshMode,
  switchesOf,
  type Topology,
  type TrafficGraph,
  trafficGraph,
  withSwitches,
} from "#mesh";
import { graphView } from "#picture";
import { type GraphOptions, type GraphView, type TopologyChoice, topologyChoiceSchema } from "#protocol";
import { memo, once } from "#syntax";
import type { ServerSnapshot } from "./snapshot.ts";

/** A deployment with the options that a user chose. */
export interface ShownDeployment {
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
  readonly mode: MeshMode;
  readonly effective: EffectivePolicies;
  readonly graph: () => TrafficGraph;
  readonly view: () => GraphView;
}

/** By the options as JSON. */
const deployments = memo((_: ServerSnapshot) => new Map<string, ShownDeployment>());

/** The deployment for some options; the same object as long as nothing changes. */
export function shownDeployment(snapshot: ServerSnapshot, options: GraphOptions): ShownDeployment {
  const known = deployments(snapshot);
  const key = JSON.stringify(options);
  const shown = known.get(key) ?? deployed(snapshot, options);
  known.set(key, shown);
  return shown;
}

/** The topology files that can be chosen. */
export function topologyChoices(snapshot: ServerSnapshot): TopologyChoice[] {
  return snapshot.analysis.topologies.flatMap(({ source, file }) => {
    const choice = topologyChoiceSchema.safeParse({ path: file?.path, source, label: file?.path });
    return choice.success ? [choice.data] : [];
  });
}

function deployed(snapshot: ServerSnapshot, options: GraphOptions): ShownDeployment {
  const chosen = chosenDeployment(snapshot, options);
  const { models } = chosen;
  const mode = modeWith(chosen.topology.mode, options.mesh);
  const tls = options.tls === null ? {} : { tls: options.tls };
  const hidden = new Set(options.hiddenLayers);
  const layers = GRAPH_LAYERS.map(({ id }) => id).filter((id) => !hidden.has(id));
  const look = (topology: Topology, effective: EffectivePolicies) => {
    const graph = once(() => trafficGraph(models, topology, effective, { mode, layers, ...tls }));
    const view = once(() => graphView(graph(), topology, effective, mode));
    return { models, topology, mode, effective, graph, view };
  };
  const workedOut = (topology: Topology): EffectivePolicies => effectivePolicies(models, topology, { mode, ...tls });
  const untouched = options.mesh === null && options.tls === null;
  const first = look(chosen.topology, untouched ? chosen.policies : workedOut(chosen.topology));
  if (options.workerUnits === null && options.backends === null) return first;
  const resized = withUnits(chosen.topology, first.graph(), options);
  return look(resized, workedOut(resized));
}

/** The mode with the switches that were changed from what the deployment shows; a beacon's own value of any other one stays. */
function modeWith(own: MeshMode, switches: GraphOptions["mesh"]): MeshMode {
  if (switches === null) return own;
  const shown = switchesOf(own);
  const names = Object.keys(shown) as (keyof typeof shown)[];
  return withSwitches(
    own,
    Object.fromEntries(names.filter((name) => switches[name] !== shown[name]).map((name) => [name, switches[name]])),
  );
}

/** The deployment that was chosen; where none was, the one from which hovers and lenses speak too. */
function chosenDeployment({ analysis }: ServerSnapshot, options: GraphOptions): Deployment {
  const named = analysis.topologies.find(({ file }) => file !== null && file.path === options.topology);
  if (options.inferred) return inferredDeployment(analysis);
  return named ? deploymentIn(analysis, named) : defaultDeployment(analysis);
}

/** The same deployment with other numbers of units, for what is drawn as a worker or a backend. */
function withUnits(topology: Topology, graph: TrafficGraph, { workerUnits, backends }: GraphOptions): Topology {
  const wanted = new Map<string, number>();
  for (const { kind, model, application } of graph.nodes) {
    const units = kind === "worker" ? workerUnits : kind === "backend" ? backends : null;
    if (units !== null) wanted.set(`${model}/${application}`, units);
  }
  return {
    ...topology,
    applications: topology.applications.map((application) => {
      const units = wanted.get(`${application.model}/${application.name}`);
      if (units === undefined) return application;
      const unitNames = Array.from({ length: units }, (_, index) => `${application.name}/${index}`);
      return { ...application, units, unitNames };
    }),
  };
}
