import { comparedGraph, type PolicyChange, type TrafficGraph } from "#mesh";
import { graphView, markdownText, mermaidText } from "#picture";
import type { State } from "../state.ts";
import { flowWords, kindsText } from "./changes-text.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";

/** More edges than this make no picture that a person can read in a pull request. */
const DRAWN_EDGES = 60;

/**
 * GitHub takes comments of up to 65,536 characters, and its Mermaid draws texts of up to 50,000 (`maxTextSize`). Table and picture
 * together stay below both: a report that is too long would not be posted at all.
 */
const LISTED_TEXT = 40_000;
const DRAWN_TEXT = 20_000;

/** Of each state so many files that could not be read are named. */
const LEFT_OUT = 5;

/**
 * A report for a pull request: what could not be read, since "no flow" would else promise too much; what is opened, then the rest; then a
 * Mermaid picture of what changed. GitHub draws it.
 */
export function changesMarkdown(changes: readonly PolicyChange[], before: State, after: State): string {
  const warning = leftOutWarning([before, after]);
  const title = `### Charm Mesh: ${markdownText(before.label)} → ${markdownText(after.label)}\n${warning}`;
  if (changes.length === 0) return `${title}\nNo flow is opened or closed.\n`;
  const rows = changes.map((change) => {
    const place = change.because.find((reason) => reason.location !== null)?.location;
    const what = [...grants("+", change.gained), ...grants("−", change.lost)];
    const kind = change.kind === "widened" || change.kind === "added" ? `**${change.kind}**` : change.kind;
    return `| ${kind} | ${markdownText(flowWords(change))} | ${what.join("<br>")} | ${place ? `<code>${markdownText(placeText(place))}</code>` : ""} |`;
  });
  const listed = rows.slice(0, countThatFits(rows, LISTED_TEXT - warning.length));
  const left = rows.length - listed.length;
  return [
    `${title}\n${counted(changes.length, "flow")} ${changes.length === 1 ? "differs" : "differ"}: ${kindsText(changes)}.\n\n`,
    ["| | flow | what | because |", "|---|---|---|---|", ...listed].join("\n"),
    left === 0 ? "\n" : `\n\nAnd ${left} more, which \`charm-mesh diff\` lists in the terminal.\n`,
    picture(before, after),
  ].join("");
}

/** What one flow gained or lost, the first dozen of it. */
function grants(sign: string, all: readonly string[]): readonly string[] {
  const shown = all.slice(0, 12).map((grant) => `**${sign}** ${markdownText(grant)}`);
  return all.length > 12 ? [...shown, `**${sign}** ${all.length - 12} more`] : shown;
}

/** An alert that names the files of both states that are missing from the comparison; nothing where all could be read. */
function leftOutWarning(states: readonly State[]): string {
  const lines = states.flatMap(({ label, leftOut }) => {
    const named = leftOut.slice(0, LEFT_OUT).map((sentence) => `> - ${markdownText(`${label}: ${sentence}`)}`);
    const more = leftOut.length - named.length;
    return more > 0
      ? [...named, `> - ${markdownText(label)}: and more, which \`charm-mesh diff\` lists in the terminal`]
      : named;
  });
  return lines.length === 0
    ? ""
    : `\n> [!WARNING]\n> These files could not be read. What they say is missing here:\n>\n${lines.join("\n")}\n`;
}

/** How many rows fit into so much text; at least one, as its texts are of limited length. */
function countThatFits(rows: readonly string[], room: number): number {
  let length = 0;
  const tooLong = rows.findIndex((row) => {
    length += row.length + 1;
    return length > room;
  });
  return tooLong < 0 ? rows.length : Math.max(1, tooLong);
}

function picture(before: State, after: State): string {
  const changed = onlyChanges(comparedGraph(before.graph, after.graph));
  if (changed.edges.length === 0) return "";
  const view = graphView(changed, after.topology, after.policies, after.topology.mode);
  const text = mermaidText(view, { edgeIds: false }).trimEnd();
  if (changed.edges.length > DRAWN_EDGES || text.length > DRAWN_TEXT)
    return `\nNo picture: ${changed.edges.length} lines of traffic changed, more than one shows.\n`;
  return `\n<details open><summary>What changed</summary>\n\n\`\`\`mermaid\n${text}\n\`\`\`\n\n</details>\n`;
}

function onlyChanges(graph: TrafficGraph): TrafficGraph {
  const edges = graph.edges.filter((edge) => edge.change !== null);
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const nodes = graph.nodes.filter((node) => ends.has(node.id));
  const boxes = new Set(nodes.map((node) => node.box));
  for (const box of graph.boxes) if (boxes.has(box.id) && box.parent !== null) boxes.add(box.parent);
  return { ...graph, nodes, edges, boxes: graph.boxes.filter((box) => boxes.has(box.id)) };
}
