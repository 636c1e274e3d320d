import { GRAPH_LAYERS } from "#mesh";
import { type GraphAnswer, type GraphView, graphRequest } from "#protocol";
import { positionAt } from "#syntax";
import { comparedView } from "../comparison.ts";
import { shownDeployment, topologyChoices } from "../deployment.ts";
import type { Platform } from "../platform.ts";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature } from "./feature.ts";

const NO_CHARM =
  "There is no charm in this workspace yet. A charm is a folder with charmcraft.yaml and Python in src; open one, or one that holds several.";

const NO_TRAFFIC =
  "The charms here declare no traffic to draw: no relations to others, and no policies. See “Add service mesh support”.";

/** The traffic graph of the whole workspace, with what can be chosen. */
export const graph: Feature = (serving) =>
  serving.own(graphRequest, (snapshot, { options }) => {
    const { platform } = serving;
    return options.compare === null
      ? graphAnswer(platform, snapshot, shownDeployment(snapshot, options).view())
      : comparedView(platform, snapshot, options, options.compare).then((view) =>
          graphAnswer(platform, snapshot, view),
        );
  });

function graphAnswer(platform: Platform, snapshot: ServerSnapshot, view: GraphView): GraphAnswer {
  const empty = snapshot.analysis.charms.length === 0 ? NO_CHARM : view.nodes.length === 0 ? NO_TRAFFIC : null;
  return {
    graph: empty === null ? view : null,
    empty,
    stale: damage(snapshot),
    choices: {
      topologies: topologyChoices(snapshot),
      layers: GRAPH_LAYERS.filter(({ id }) => id !== "applications").map(({ id, title }) => ({
        name: id,
        label: title,
      })),
      canCompare: platform.states !== null,
    },
  };
}

/** Where a charm can't be read in full, so that its picture may lack something; null where all can. */
function damage(snapshot: ServerSnapshot): string | null {
  for (const charm of snapshot.analysis.charms) {
    const [first] = charm.test ? [] : charm.problems;
    if (!first) continue;
    const { file, problem } = first;
    return `${file.path}:${positionAt(file, problem.span.start).line + 1}: ${problem.message}`;
  }
  return null;
}
