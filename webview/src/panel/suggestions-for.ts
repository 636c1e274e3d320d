import { filterCompletions } from "#picture";
import type { GraphView } from "#protocol";
import type { Suggestion } from "../toolbar/find-box.tsx";

/** Ways to begin, for an empty field. */
const BEGINNINGS: readonly (readonly [string, string])[] = [
  ["verdict = denied", "flows that no policy allows"],
  ["proxied", "telemetry through the proxy"],
  ["widened", "flows that allow more than before"],
  ["layer = l7", "enforced at the waypoint"],
  ["outofmesh", "applications off the mesh"],
];

/** What a find or hide expression can go on with at the cursor, with values that occur in the graph. */
export function suggestionsFor(text: string, cursor: number, graph: GraphView | null): readonly Suggestion[] {
  if (!graph) return [];
  const beginnings = BEGINNINGS.map(([expression, about]) => ({ text: expression, about, start: 0, end: 0 }));
  const completions = filterCompletions(text, cursor, graph);
  return text.trim() === "" ? [...beginnings, ...completions] : completions;
}
