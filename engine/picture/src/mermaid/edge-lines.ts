import type { EdgeView } from "#protocol";
import { flowsOf } from "../collapse/drawn-edge.ts";
import { portsText } from "../collapse/merged-label.ts";
import { verdictSign } from "../style/edge-style.ts";

/** `full`: one line for each flow; `short`: only what distinguishes the edges, for a picture with details beside it. */
export type LabelLength = "full" | "short";

/** How many flows a merged line lists one by one. */
const MOST_FLOWS = 8;
/** A short label is broken at its blanks beyond this. */
const LINE = 20;

/**
 * What stands on an edge, line by line: what changed where two states are compared, that it is denied, then its label, or the labels of
 * the flows that it stands for; a question mark where the verdict is not known. Empty where there is nothing to say.
 */
export function edgeLines(edge: EdgeView, length: LabelLength = "full"): readonly string[] {
  const change = edge.change === null ? [] : [edge.change.toUpperCase()];
  const sign = verdictSign(edge);
  const denied = sign === "denied" ? ["DENIED"] : [];
  const lines = (length === "short" ? shortLines(edge) : fullLines(edge)).filter((line) => line !== "");
  if (sign === "unknown") lines.push(`${lines.pop() ?? ""} ?`.trim());
  return [...change, ...denied, ...lines];
}

function fullLines(edge: EdgeView): readonly string[] {
  const counts = new Map<string, number>();
  const flows = flowsOf(edge);
  if (flows.length < 2) return [withScheme(edge)];
  for (const label of flows.map(withScheme)) counts.set(label, (counts.get(label) ?? 0) + 1);
  const lines = [...counts].map(([label, count]) => (count === 1 ? label : `${label} ×${count}`.trim()));
  if (lines.length <= MOST_FLOWS) return lines;
  return [...lines.slice(0, MOST_FLOWS - 1), `and ${lines.length - MOST_FLOWS + 1} more`];
}

/** The label with the scheme before its port, where both are known: `logs /push https :3300`. */
function withScheme({ label, scheme }: EdgeView): string {
  const at = label.lastIndexOf(" :");
  return scheme === null || at < 0 ? label : `${label.slice(0, at)} ${scheme}${label.slice(at)}`;
}

/** Width costs more than height in a picture from left to right: a path stands below its name and port, long lists of ports are counted. */
function shortLines(edge: EdgeView): readonly string[] {
  // Every application on the mesh has such a line to the beacon; its look and the legend say what it is.
  if (edge.interface === "service_mesh") return [];
  const ports = edge.ports ?? [];
  const named = edge.kind === "internal" ? edge.label.replace(", to the ", ": ") : edge.label;
  const short = ports.length > 2 ? named.replace(/:\d+(,\d+)+(,…)?/, portsText(ports)) : named;
  const label = flowsOf(edge).length > 1 ? short : withScheme({ ...edge, label: short });
  const path = edge.telemetry !== null && edge.paths?.length === 1 ? edge.paths[0] : undefined;
  if (path === undefined || flowsOf(edge).length > 1 || !label.includes(` ${path}`)) return wrapped(label);
  return [...wrapped(label.replace(` ${path}`, "")), path];
}

function wrapped(text: string): readonly string[] {
  const lines: string[] = [];
  // "no policy" is one word here.
  for (const word of text.split(/ (?!policy$)/)) {
    const last = lines.at(-1);
    // A count belongs to what it counts.
    const fits = last !== undefined && (last.length + word.length < LINE || /^×\d+$/.test(word));
    if (fits) lines[lines.length - 1] = `${last} ${word}`;
    else lines.push(word);
  }
  return lines;
}
