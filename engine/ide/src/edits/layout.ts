import type { SourceFile } from "#syntax";

/** How a file ends its lines: the first line break decides, `\n` where there is none. */
export function lineBreakOf(file: SourceFile): string {
  return /\r\n|\n|\r/.exec(file.text)?.[0] ?? "\n";
}

/** Offset of the first character of the line at `offset`. */
export function lineStartOf(text: string, offset: number): number {
  let at = offset;
  while (at > 0 && !isBreak(text, at - 1)) at--;
  return at;
}

/** Offset behind the last character of the line at `offset`, before its line break. */
export function lineEndOf(text: string, offset: number): number {
  let at = offset;
  while (at < text.length && !isBreak(text, at)) at++;
  return at;
}

/** Offset of the line behind the one at `offset`; the text's end for the last line. */
export function nextLineOf(text: string, offset: number): number {
  const end = lineEndOf(text, offset);
  if (text.startsWith("\r\n", end)) return end + 2;
  return Math.min(end + 1, text.length);
}

/** The white space at the start of the line at `offset`. */
export function indentationOf(text: string, offset: number): string {
  return /^[ \t]*/.exec(text.slice(lineStartOf(text, offset), offset))?.[0] ?? "";
}

/** Whether only white space precedes `offset` in its line. */
export function startsLine(text: string, offset: number): boolean {
  return text.slice(lineStartOf(text, offset), offset).trim() === "";
}

function isBreak(text: string, at: number): boolean {
  const code = text.charCodeAt(at);
  return code === 10 || code === 13;
}
