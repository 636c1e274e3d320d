import { comparedGraph, type PolicyChange, type TrafficGraph } from "#model";
import { graphView, mermaidText } from "#picture";
import type { State } from "../state.ts";
import { flowWords, kindsText } from "./changes-text.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";

/** More edges than this make no picture that a person can read in a pull request. */
const DRAWN_EDGES = 60;

/** A report for a pull request: what is opened first, then the rest, then a Mermaid picture of what changed. GitHub draws it. */
export function changesMarkdown(changes: readonly PolicyChange[], before: State, after: State): string {
  const title = `### Charm Mesh: ${cell(before.label)} → ${cell(after.label)}\n`;
  if (changes.length === 0) return `${title}\nNo flow is opened or closed.\n`;
  const rows = changes.map((change) => {
    const place = change.because.find((reason) => reason.location !== null)?.location;
    const what = [
      ...change.gained.map((grant) => `**+** ${cell(grant)}`),
      ...change.lost.map((grant) => `**−** ${cell(grant)}`),
    ];
    const kind = change.kind === "widened" || change.kind === "added" ? `**${change.kind}**` : change.kind;
    return `| ${kind} | ${cell(flowWords(change))} | ${what.join("<br>")} | ${place ? `\`${placeText(place)}\`` : ""} |`;
  });
  const table = ["| | flow | what | because |", "|---|---|---|---|", ...rows].join("\n");
  return `${title}\n${counted(changes.length, "flow")} ${changes.length === 1 ? "differs" : "differ"}: ${kindsText(changes)}.\n\n${table}\n${picture(before, after)}`;
}

function picture(before: State, after: State): string {
  const changed = onlyChanges(comparedGraph(before.graph, after.graph));
  if (changed.edges.length === 0 || changed.edges.length > DRAWN_EDGES) return "";
  const view = graphView(changed, after.topology, after.policies, after.topology.mode);
  return `\n<details open><summary>What changed</summary>\n\n\`\`\`mermaid\n${mermaidText(view, { edgeIds: false }).trimEnd()}\n\`\`\`\n\n</details>\n`;
}

function onlyChanges(graph: TrafficGraph): TrafficGraph {
  const edges = graph.edges.filter((edge) => edge.change !== null);
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const nodes = graph.nodes.filter((node) => ends.has(node.id));
  const boxes = new Set(nodes.map((node) => node.box));
  for (const box of graph.boxes) if (boxes.has(box.id) && box.parent !== null) boxes.add(box.parent);
  return { ...graph, nodes, edges, boxes: graph.boxes.filter((box) => boxes.has(box.id)) };
}

/** Text inside a cell: nothing in it is markup. */
function cell(text: string): string {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(/[\\`*_{}[\]|~#]/g, (mark) => `\\${mark}`)
    .replace(/\s+/g, " ");
}
