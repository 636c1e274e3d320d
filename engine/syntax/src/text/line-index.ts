import { memo } from "../memo.ts";
import type { SourceFile } from "./source-file.ts";
import type { Span } from "./span.ts";

/** A position as LSP counts it: lines and UTF-16 characters from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

export interface Range {
  readonly start: Position;
  readonly end: Position;
}

/** The offsets at which the lines of a file begin; `\n`, `\r\n` and `\r` each end a line, as LSP says. */
export const lineStarts = memo((file: SourceFile): readonly number[] => {
  const found = [0];
  const { text } = file;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code === 10) found.push(i + 1);
    else if (code === 13 && text.charCodeAt(i + 1) !== 10) found.push(i + 1);
  }
  return found;
});

/** The position of an offset; offsets outside the text are clamped to it. */
export function positionAt(file: SourceFile, offset: number): Position {
  const lines = lineStarts(file);
  const at = Math.max(0, Math.min(offset, file.text.length));
  let low = 0;
  let high = lines.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((lines[middle] ?? 0) <= at) low = middle;
    else high = middle - 1;
  }
  return { line: low, character: at - (lines[low] ?? 0) };
}

/** The offset of a position; a line past the end gives the end of the text, a character past the line's end the line's end. */
export function offsetAt(file: SourceFile, position: Position): number {
  const lines = lineStarts(file);
  const start = lines[position.line];
  if (start === undefined) return position.line < 0 ? 0 : file.text.length;
  const next = lines[position.line + 1];
  let end = next === undefined ? file.text.length : next - 1;
  if (next !== undefined && file.text.charCodeAt(end) === 10 && file.text.charCodeAt(end - 1) === 13) end--;
  return Math.max(start, Math.min(start + Math.max(0, position.character), end));
}

/** A span as an LSP range. */
export function rangeOf(file: SourceFile, span: Span): Range {
  return { start: positionAt(file, span.start), end: positionAt(file, span.end) };
}
