import type { Location, SourceFile, Span } from "#syntax";
import { type Reason, reasonAt } from "../fact/reason.ts";
import type { Frame, Module } from "./scope.ts";

/** The source text of a span in one line, cut to what fits in a sentence. */
export function snippet(file: SourceFile, at: Span, most = 60): string {
  const raw = file.text.slice(at.start, Math.min(at.end, at.start + 4 * most));
  const text = raw.replace(/\s*#[^\n"']*\n/g, "\n").replace(/\s+/g, " ").trim();
  return text.length > most || at.end - at.start > 4 * most ? `${text.slice(0, most - 1).trimEnd()}…` : text;
}

/** A place in the frame's file. */
export function placeIn(frame: Frame, at: Span): Location {
  return { file: frame.scope.module.file, span: at };
}

/** One hop of a chain: `subject` and what the source says it is. */
export function hop(module: Module, at: Span, text: string): Reason {
  return reasonAt({ file: module.file, span: at }, text);
}
