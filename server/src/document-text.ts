import { applyEdits, type Position, type Range, type SourceFile, span } from "#syntax";
import type { Positions } from "./position.ts";

/** One change as a client sends it: of a range, or of the whole text. */
export type ContentChange = { readonly range: Range; readonly text: string } | { readonly text: string };

/**
 * The document after some changes, each of which counts from the text that the one before it left. A range that lies outside
 * the text is clamped to it; one that ends before it starts is turned around.
 */
export function changedDocument(
  document: SourceFile,
  changes: readonly ContentChange[],
  version: number,
  positions: Positions,
): SourceFile {
  let current = document;
  for (const change of changes) {
    const text = "range" in change ? replaced(current, change.range, change.text, positions) : change.text;
    current = { path: document.path, version, text };
  }
  return { ...current, version };
}

function replaced(
  file: SourceFile,
  range: { start: Position; end: Position },
  newText: string,
  positions: Positions,
): string {
  const a = positions.offset(file, range.start);
  const b = positions.offset(file, range.end);
  return applyEdits(file.text, [{ span: span(Math.min(a, b), Math.max(a, b)), newText }]);
}
