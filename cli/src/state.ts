import type { CharmModel } from "#charm";
import { type DiskWorkspace, leftOut, readState, readWorkspace, type StateWords } from "#disk";
import { analysis, DEFAULT_SETTINGS, type Diagnostic } from "#ide";
import {
  type EffectivePolicies,
  effectivePolicies,
  type MeshMode,
  type Topology,
  type TrafficGraph,
  trafficGraph,
} from "#mesh";
import { Failure } from "./failure.ts";
import { topologyBeside } from "./topology-option.ts";

/** One of the two states that a comparison looks at. */
export interface State {
  readonly label: string;
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
  readonly policies: EffectivePolicies;
  readonly mode: MeshMode;
  readonly graph: TrafficGraph;
  /** What `check` finds in it. */
  readonly findings: () => readonly Diagnostic[];
  /** A sentence for each unreadable file: the state lacks its content. */
  readonly leftOut: readonly string[];
}

/** What both states are worked out with. */
export interface StateOptions {
  readonly base: string;
  readonly words: StateWords;
  /** The one topology for both; null: each state's own. */
  readonly topology: ((models: readonly CharmModel[]) => Topology) | null;
  readonly mode: (own: MeshMode) => MeshMode;
  readonly tls: { readonly tls?: boolean };
}

/**
 * The state that a word names, as `readState` of the disk room reads it; `null` is the working tree. A word that names no state, or could
 * name two, ends the command with exit code 2.
 */
export async function namedState(name: string | null, options: StateOptions): Promise<State> {
  const { base, words } = options;
  if (name === null) return stateOf("working tree", await readWorkspace(["."], { base }), options);
  const read = await readState(name, { folder: base, base, prefix: "", words });
  if ("failure" in read) throw new Failure(`“${name}” can't be compared: ${read.failure}.`);
  return stateOf(name, read, options);
}

function stateOf(label: string, disk: DiskWorkspace, options: StateOptions): State {
  const read = analysis({
    charms: disk.charms,
    topologies: disk.topologies,
    settings: DEFAULT_SETTINGS,
    settingsFiles: disk.settings,
  });
  const models = read.charms.filter((charm) => !charm.test);
  const topology = options.topology?.(models) ?? topologyBeside(disk.topologies, ["."], models).topology;
  const mode = options.mode(topology.mode);
  const policies = effectivePolicies(models, topology, { mode, ...options.tls });
  return {
    label,
    models,
    topology,
    policies,
    mode,
    findings: read.diagnostics,
    leftOut: leftOut(disk),
    graph: trafficGraph(models, topology, policies, { mode, ...options.tls }),
  };
}
