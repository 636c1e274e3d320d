import type { Diagnostic } from "#ide";
import { type Consequence, comparedGraph, type TrafficGraph } from "#mesh";
import { graphView, markdownText, mermaidText } from "#picture";
import { type Location, positionAt } from "#syntax";
import { Failure } from "../failure.ts";
import type { State } from "../state.ts";
import { changesSummary, flowWords, NOTHING, sentenceOf } from "./changes-text.ts";
import { counted } from "./plural.ts";

/** More edges than this make no picture that a person can read in a pull request. */
const DRAWN_EDGES = 60;

/**
 * GitHub takes comments of up to 65,536 characters, and its Mermaid draws texts of up to 50,000 (`maxTextSize`). Table and picture
 * together stay below both: a report that is too long would not be posted at all.
 */
const LISTED_TEXT = 40_000;
const DRAWN_TEXT = 20_000;

/** The report names at most this many unreadable files of each state. */
const LEFT_OUT = 5;

/** The limits of the report: how many consequences appear as sentences before the table, and how many new findings after it. */
const SENTENCES = 12;
const FINDINGS = 20;

/** What links to files of the two states begin with; empty: links are relative. */
export interface LinkPrefixes {
  readonly before: string;
  readonly after: string;
}

/** The beginning of links, as `--links-before` and `--links-after` take it: an https address. Anything else ends the command with exit code 2. */
export function linkPrefix(given: string): string {
  if (!/^https:\/\/[^\s<>()[\]"'`|]+$/.test(given))
    throw new Failure(`“${given}” is no https address that links can begin with.`);
  return given.endsWith("/") ? given : `${given}/`;
}

/**
 * A report for a pull request: what could not be read, since "no flow" would else promise too much; the consequences as sentences, the widest risk
 * first; a table of all of them with links to the lines; findings that the newer state has and the older one has not; and a Mermaid picture of what
 * changed. GitHub draws it.
 */
export function changesMarkdown(
  changes: readonly Consequence[],
  before: State,
  after: State,
  links: LinkPrefixes,
): string {
  const warning = leftOutWarning([before, after]);
  const findings = newFindings(before, after);
  const title = `### Charm Mesh: ${markdownText(before.label)} → ${markdownText(after.label)}\n${warning}`;
  const found = findingsPart(findings, links);
  if (changes.length === 0) return `${title}\n${NOTHING}\n${found}`;
  const sentences = changes.slice(0, SENTENCES).map((change) => {
    const [verb, sentence] = sentenceOf(change, before, after);
    return `- **${verb}:** ${markdownText(sentence, LONGEST_SENTENCE)}`;
  });
  const rows = changes.map((change) => row(change, links));
  const fits = LISTED_TEXT - warning.length - sentences.join("").length - found.length;
  const listed = rows.slice(0, countThatFits(rows, fits));
  const left = rows.length - listed.length;
  return [
    `${title}\n${sentences.join("\n")}\n\n${changesSummary(changes)}\n\n`,
    ["| | flow | what | line |", "|---|---|---|---|", ...listed].join("\n"),
    left === 0 ? "\n" : `\n\nAnd ${left} more, which \`charm-mesh diff\` lists in the terminal.\n`,
    found,
    picture(changes, before, after),
  ].join("");
}

const LONGEST_SENTENCE = 400;

function row(change: Consequence, links: LinkPrefixes): string {
  const place = change.because.find((reason) => reason.location !== null)?.location;
  const what = [...grants("+", change.gained), ...grants("−", change.lost)];
  const isRisk = change.kind === "opened" || change.kind === "widened";
  const kind = isRisk ? `**${change.kind}**` : change.kind;
  const line = place ? `${placeLink(place, links[change.side])} (${change.side})` : "";
  return `| ${kind} | ${markdownText(flowWords(change))} | ${what.join("<br>")} | ${line} |`;
}

function placeLink({ file, span }: Location, prefix: string): string {
  const line = positionAt(file, span.start).line + 1;
  const target = `${prefix}${file.path.split("/").map(encodeURIComponent).join("/").replaceAll("(", "%28").replaceAll(")", "%29")}#L${line}`;
  return `[<code>${markdownText(`${file.path}:${line}`)}</code>](${target})`;
}

/** Findings of the newer state that the older one does not have, wherever they moved to; hints are no findings of a change. */
function newFindings(before: State, after: State): readonly Diagnostic[] {
  const key = ({ code, message, location }: Diagnostic): string => JSON.stringify([code, message, location.file.path]);
  const known = new Set(before.findings().map(key));
  return after.findings().filter((finding) => finding.severity !== "hint" && !known.has(key(finding)));
}

function findingsPart(findings: readonly Diagnostic[], links: LinkPrefixes): string {
  if (findings.length === 0) return "";
  const shown = findings
    .slice(0, FINDINGS)
    .map(
      ({ code, severity, message, location }) =>
        `- ${severity} <code>${markdownText(code)}</code> ${placeLink(location, links.after)}: ${markdownText(message)}`,
    );
  const more = findings.length - shown.length;
  const rest = more > 0 ? [`- and ${more} more, which \`charm-mesh check\` lists`] : [];
  return `\n**${counted(findings.length, "new finding")}**\n\n${[...shown, ...rest].join("\n")}\n`;
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

function picture(changes: readonly Consequence[], before: State, after: State): string {
  const changed = onlyChanges(comparedGraph(before, after, changes));
  if (changed.edges.length === 0) return "";
  const view = graphView(changed, after.topology, after.policies, after.topology.mode);
  const text = mermaidText(view, { edgeIds: false }).trimEnd();
  if (changed.edges.length > DRAWN_EDGES || text.length > DRAWN_TEXT)
    return `\nNo picture: ${changed.edges.length} lines of traffic changed, more than one shows.\n`;
  return `\n<details open><summary>What changed</summary>\n\n\`\`\`mermaid\n${text}\n\`\`\`\n\n${LEGEND}\n\n</details>\n`;
}

/** The colours of the picture; its labels carry the same information as text. */
const LEGEND = "Green: opened. Orange: widened. Red: closed. Blue: narrowed.";

function onlyChanges(graph: TrafficGraph): TrafficGraph {
  const edges = graph.edges.filter((edge) => edge.change !== null);
  const ends = new Set(edges.flatMap((edge) => [edge.source, edge.target]));
  const nodes = graph.nodes.filter((node) => ends.has(node.id));
  const boxes = new Set(nodes.map((node) => node.box));
  for (const box of graph.boxes) if (boxes.has(box.id) && box.parent !== null) boxes.add(box.parent);
  return { ...graph, nodes, edges, boxes: graph.boxes.filter((box) => boxes.has(box.id)) };
}
