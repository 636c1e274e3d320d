import type { Position, Range } from "vscode-languageserver/node";
import { below, pick } from "../fuzz/random.ts";

/** A change of a document: of a range, or of all of it. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** Pieces that are typed or pasted: brackets, quotes, comments, line ends, indentation, characters of two units. */
const PIECES: readonly string[] = [
  " ",
  "\n",
  "\r\n",
  "    ",
  "\t",
  "(",
  ")",
  "[",
  "]",
  "{",
  "}",
  ",",
  ":",
  '"',
  "'",
  "#",
  "=",
  "x",
  "é",
  "𝒳",
  "- ",
  "**",
  '"""',
  "def f(self):\n        pass\n",
  "# charm-mesh: ignore\n",
  "import ops\n",
  "if x:\n",
  "limit: 1\n",
  "8080",
];

/**
 * A random change of `text`. Most keep it sound: a number or a name becomes another (of any of `others`), a line is doubled,
 * dropped, moved or commented out, a block comes from another text; the rest puts in and takes out characters anywhere.
 */
export function randomEdit(text: string, others: readonly string[], random: () => number): TextEdit {
  const at = inText(text, below(random, text.length + 1));
  const end = inText(text, Math.min(text.length, at + 1 + below(random, 30)));
  const line = lineAround(text, at);
  switch (below(random, 12)) {
    case 0:
      return { start: at, end: at, text: pick(random, PIECES) };
    case 1:
      return { start: at, end, text: "" };
    case 2:
      return { start: at, end, text: pick(random, PIECES) };
    case 3:
      return { start: line.end, end: line.end, text: text.slice(line.start, line.end) };
    case 4:
      return { ...line, text: "" };
    case 5:
      return { start: line.start, end: line.start, text: "# " };
    case 6:
    case 7:
      return numberChanged(text, at, random);
    case 8: {
      const other = pick(random, others);
      const from = lineAround(other, below(random, other.length + 1));
      return { start: line.start, end: line.start, text: other.slice(from.start, from.end) };
    }
    default: {
      const word = wordAfter(text, at);
      const other = pick(random, others);
      const from = wordAfter(other, below(random, other.length + 1));
      return { ...word, text: other.slice(from.start, from.end) };
    }
  }
}

/** The least change that makes one text of another. */
export function editTo(before: string, after: string): TextEdit {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start++;
  start = inText(before, inText(after, start));
  let tail = 0;
  const most = Math.min(before.length, after.length) - start;
  while (tail < most && before[before.length - 1 - tail] === after[after.length - 1 - tail]) tail++;
  while (tail > 0 && isInPair(before, before.length - tail)) tail--;
  return { start, end: before.length - tail, text: after.slice(start, after.length - tail) };
}

/** A text after a change. */
export function edited(text: string, { start, end, text: piece }: TextEdit): string {
  return text.slice(0, start) + piece + text.slice(end);
}

/** The range of a change as LSP counts: lines that end with \n, \r\n or \r, and UTF-16 units. */
export function rangeOf(text: string, { start, end }: TextEdit): Range {
  return { start: positionOf(text, start), end: positionOf(text, end) };
}

/** The place of an offset as LSP counts. */
export function positionOf(text: string, offset: number): Position {
  const lines = text.slice(0, offset).split(/\r\n|\n|\r/);
  // Between \r and \n there is no place; LSP's end of line stands before both.
  const isBetween = text[offset - 1] === "\r" && text[offset] === "\n";
  const last = isBetween ? (lines.at(-2) ?? "") : (lines.at(-1) ?? "");
  return { line: lines.length - (isBetween ? 2 : 1), character: last.length };
}

function numberChanged(text: string, at: number, random: () => number): TextEdit {
  const found = /\d+/.exec(text.slice(at)) ?? /\d+/.exec(text);
  if (!found) return { start: at, end: at, text: "1" };
  const start = found.index + (text.slice(at).includes(found[0]) && /\d+/.exec(text.slice(at)) ? at : 0);
  return { start, end: start + found[0].length, text: String(pick(random, [0, 1, 80, 3200, 3300, 8080, 9090, 70000])) };
}

function wordAfter(text: string, at: number): { readonly start: number; readonly end: number } {
  const found = /[A-Za-z_][\w-]*/.exec(text.slice(at));
  return found ? { start: at + found.index, end: at + found.index + found[0].length } : { start: at, end: at };
}

function lineAround(text: string, at: number): { readonly start: number; readonly end: number } {
  const start = text.lastIndexOf("\n", at - 1) + 1;
  const next = text.indexOf("\n", at);
  return { start: Math.min(start, at), end: next < 0 ? text.length : next + 1 };
}

/** The offset, or the one before it where it stands inside a pair that is one place to an editor. */
function inText(text: string, offset: number): number {
  return isInPair(text, offset) ? offset - 1 : offset;
}

function isInPair(text: string, offset: number): boolean {
  const [before, after] = [text.charCodeAt(offset - 1), text.charCodeAt(offset)];
  return (before === 13 && after === 10) || (before >= 0xd800 && before < 0xdc00);
}
