import type { GraphView } from "#protocol";
import type { Suggestion } from "../toolbar/find-box.ts";

export function suggestionsFor(_text: string, _cursor: number, _graph: GraphView | null): readonly Suggestion[] {
  return [];
}
