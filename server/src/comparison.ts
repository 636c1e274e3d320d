import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { analysis } from "#ide";
import { type ComparedState, comparedGraph, consequences } from "#mesh";
import { changeCounts, graphView } from "#picture";
import type { GraphOptions, GraphView } from "#protocol";
import { memo } from "#syntax";
import { type ShownDeployment, shownDeployment } from "./deployment.ts";
import type { OtherState, Platform } from "./platform.ts";
import type { ServerSnapshot } from "./snapshot.ts";

/** Milliseconds for which a state stays in memory: each keystroke asks for it again. */
const KEPT = 5000;

const statesOf = memo((_: Platform) => new Map<string, Promise<readonly OtherState[]>>());

/**
 * The graph of the present with what is different from another state, and a note for each file that could not be read there. A state
 * that can't be read is refused with the reason, as is the question on a platform that has no other states.
 */
export async function comparedView(
  platform: Platform,
  snapshot: ServerSnapshot,
  options: GraphOptions,
  name: string,
): Promise<GraphView> {
  const after = shownDeployment(snapshot, options);
  const other = await snapshotAt(platform, snapshot, name);
  const before = shownDeployment(other.snapshot, { ...options, compare: null });
  const [old, now] = [comparedState(before), comparedState(after)];
  const changes = consequences(old, now);
  const view = graphView(comparedGraph(old, now, changes), after.topology, bothSets(before, after), after.mode);
  return { ...view, changes: changeCounts(changes), notes: [...view.notes, ...other.notes] };
}

function comparedState({ topology, effective, mode, graph }: ShownDeployment): ComparedState {
  return { topology, policies: effective, mode, graph: graph() };
}

/** The snapshot as it would be if the workspace stood in another state, and what is missing from that. */
async function snapshotAt(
  platform: Platform,
  snapshot: ServerSnapshot,
  name: string,
): Promise<{ readonly snapshot: ServerSnapshot; readonly notes: readonly string[] }> {
  const states = await statesAt(platform, snapshot, name);
  const failed = states.find((state) => "failure" in state);
  if (failed && "failure" in failed) throw new ResponseError(LSPErrorCodes.RequestFailed, `${name}: ${failed.failure}`);
  const workspace = {
    ...snapshot.workspace,
    charms: states.flatMap((state) => ("failure" in state ? [] : state.charms)),
    topologies: states.flatMap((state) => ("failure" in state ? [] : state.topologies)),
  };
  const notes = states.flatMap((state) => ("failure" in state ? [] : state.leftOut));
  return {
    snapshot: { ...snapshot, workspace, analysis: analysis(workspace) },
    notes: notes.map((note) => `${name}: ${note}`),
  };
}

function statesAt(platform: Platform, snapshot: ServerSnapshot, name: string): Promise<readonly OtherState[]> {
  const { states } = platform;
  if (!states) throw new ResponseError(LSPErrorCodes.RequestFailed, "Another state can't be read in the browser.");
  const known = statesOf(platform);
  const key = JSON.stringify([name, snapshot.names.folders]);
  const reading =
    known.get(key) ?? Promise.all(snapshot.names.folders.map(({ uri, prefix }) => states.read(uri, prefix, name)));
  if (!known.has(key)) platform.schedule(KEPT, () => known.delete(key));
  known.set(key, reading);
  return reading;
}

function bothSets(before: ShownDeployment, after: ShownDeployment): ShownDeployment["effective"] {
  const ids = new Set(after.effective.policies.map(({ id }) => id));
  const gone = before.effective.policies.filter(({ id }) => !ids.has(id));
  return { ...after.effective, policies: [...after.effective.policies, ...gone] };
}
