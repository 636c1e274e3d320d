import { stat } from "node:fs/promises";
import path from "node:path";
import type { CharmModel } from "#charm";
import { type DiskWorkspace, leftOut, readGitWorkspace, readWorkspace } from "#disk";
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
  /** The one topology for both; null: each state's own. */
  readonly topology: ((models: readonly CharmModel[]) => Topology) | null;
  readonly mode: (own: MeshMode) => MeshMode;
  readonly tls: { readonly tls?: boolean };
}

/**
 * The state that a word names: a folder that exists, `null` for the working tree in its current state, else a git ref. A word that is
 * neither, or a state without charms on both sides, ends the command with exit code 2.
 */
export async function namedState(name: string | null, options: StateOptions): Promise<State> {
  const folder =
    name !== null && (await isFolder(path.resolve(options.base, name))) ? path.resolve(options.base, name) : null;
  if (name !== null && folder === null) {
    const read = await readGitWorkspace(".", name, options.base);
    if ("failure" in read) throw new Failure(`${name} is neither a folder nor a git ref: ${read.failure}`);
    return stateOf(name, read, options);
  }
  const base = folder ?? options.base;
  return stateOf(name ?? "working tree", await readWorkspace(["."], { base }), options);
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

async function isFolder(absolute: string): Promise<boolean> {
  return await stat(absolute).then(
    (found) => found.isDirectory(),
    () => false,
  );
}
