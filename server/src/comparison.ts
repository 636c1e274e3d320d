import { LSPErrorCodes, ResponseError } from "vscode-languageserver";
import { analysis } from "#ide";
import { type ComparedState, comparedGraph, consequences } from "#mesh";
import { changeCounts, graphView } from "#picture";
import type { GraphOptions, GraphView } from "#protocol";
import { type ShownDeployment, shownDeployment } from "./deployment.ts";
import type { Host, OtherState } from "./host.ts";
import type { Moment } from "./moment.ts";

/** How long a state that was read is taken for the present one: typing asks for it again and again. */
const KEPT = 5000;

const kept = new WeakMap<Host, Map<string, Promise<readonly OtherState[]>>>();

/**
 * The graph of the present with what is different from another state, and a note for each file that could not be read there. A state
 * that can't be read is refused with the reason, as is the question on a host that has no other states.
 */
export async function comparedView(
  host: Host,
  moment: Moment,
  options: GraphOptions,
  name: string,
): Promise<GraphView> {
  const after = shownDeployment(moment, options);
  const other = await momentAt(host, moment, name);
  const before = shownDeployment(other.moment, { ...options, compare: null });
  const [old, now] = [comparedState(before), comparedState(after)];
  const changes = consequences(old, now);
  const view = graphView(comparedGraph(old, now, changes), after.topology, bothSets(before, after), after.mode);
  return { ...view, changes: changeCounts(changes), notes: [...view.notes, ...other.notes] };
}

function comparedState({ topology, effective, mode, graph }: ShownDeployment): ComparedState {
  return { topology, policies: effective, mode, graph: graph() };
}

/** The moment as it would be if the workspace stood in another state, and what is missing from that. */
async function momentAt(
  host: Host,
  moment: Moment,
  name: string,
): Promise<{ readonly moment: Moment; readonly notes: readonly string[] }> {
  const states = await statesAt(host, moment, name);
  const failed = states.find((state) => "failure" in state);
  if (failed && "failure" in failed) throw new ResponseError(LSPErrorCodes.RequestFailed, `${name}: ${failed.failure}`);
  const workspace = {
    ...moment.workspace,
    charms: states.flatMap((state) => ("failure" in state ? [] : state.charms)),
    topologies: states.flatMap((state) => ("failure" in state ? [] : state.topologies)),
  };
  const notes = states.flatMap((state) => ("failure" in state ? [] : state.leftOut));
  return {
    moment: { ...moment, workspace, analysis: analysis(workspace, moment.analysis.parser) },
    notes: notes.map((note) => `${name}: ${note}`),
  };
}

function statesAt(host: Host, moment: Moment, name: string): Promise<readonly OtherState[]> {
  const { states } = host;
  if (!states) throw new ResponseError(LSPErrorCodes.RequestFailed, "Another state can't be read in the browser.");
  const known = kept.get(host) ?? new Map<string, Promise<readonly OtherState[]>>();
  kept.set(host, known);
  const key = JSON.stringify([name, moment.names.folders]);
  const reading =
    known.get(key) ?? Promise.all(moment.names.folders.map(({ uri, prefix }) => states.read(uri, prefix, name)));
  if (!known.has(key)) host.later(KEPT, () => known.delete(key));
  known.set(key, reading);
  return reading;
}

function bothSets(before: ShownDeployment, after: ShownDeployment): ShownDeployment["effective"] {
  const ids = new Set(after.effective.policies.map(({ id }) => id));
  const gone = before.effective.policies.filter(({ id }) => !ids.has(id));
  return { ...after.effective, policies: [...after.effective.policies, ...gone] };
}
