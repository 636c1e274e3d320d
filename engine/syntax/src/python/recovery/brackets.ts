/*
 * Which bracket closes which, where they don't match: decided by indentation, by what stands at a line's start, and by what the
 * rest of the line needs.
 */

import { isLineEnd } from "../parse/scan.ts";
import { codeBelow, indentAt } from "./layout.ts";

export type BracketMark = "(" | "[" | "{";

export interface Bracket {
  readonly mark: BracketMark;
  readonly start: number;
  /** The start of the line on which it opens, and that line's indentation. */
  readonly lineStart: number;
  readonly lineIndent: number;
  /** The column of its first element that starts a line; -1 while there is none. */
  column: number;
}

const openings: Readonly<Record<string, BracketMark>> = { ")": "(", "]": "[", "}": "{" };

/** The opening bracket of a closing one; undefined for any other character. */
export function openingOf(c: string): BracketMark | undefined {
  return openings[c];
}

/** Where a line stands that a closing bracket is on. */
export interface BracketLine {
  readonly start: number;
  readonly indent: number;
}

/**
 * The index of the bracket that the closing one at `at` closes; those above it are never closed. -1 where it closes none.
 */
export function closedBy(text: string, open: readonly Bracket[], at: number, line: BracketLine): number {
  const wanted = openingOf(text.charAt(at));
  const last = open.findLastIndex((bracket) => bracket.mark === wanted);
  if (last < 0) return -1;
  if (indentAt(text, line.start).at === at) {
    const aligned = open.findLastIndex((bracket) => bracket.mark === wanted && bracket.lineIndent === line.indent);
    return aligned >= 0 ? aligned : last;
  }
  if (isStray(text, open[last] as Bracket, at, line)) return -1;
  if (last === open.length - 1) return last;
  return better(text, open, last, at, line) ? last : -1;
}

/**
 * Where a bracket's elements stand on lines of their own, its end does not stand behind one of them with others to follow, nor
 * in the middle of a word.
 */
function isStray(text: string, bracket: Bracket, at: number, line: BracketLine): boolean {
  if (bracket.column < 0 || bracket.start >= line.start) return false;
  if (/^\w[)\]}]\w$/.test(text.slice(at - 1, at + 2))) return true;
  return (codeBelow(text, at)?.columns ?? -1) >= bracket.column;
}

/** Whether closing `index` leaves what follows in better order than taking the closing bracket for a stray one. */
function better(text: string, open: readonly Bracket[], index: number, at: number, line: BracketLine): boolean {
  const unclosed = open.length - 1 - index;
  return disorder(text, open.slice(0, index), at + 1, line) + unclosed <= disorder(text, open, at + 1, line) + 1;
}

/**
 * How many brackets of the rest of the line close not what is open innermost, and whether what is then open fits the next
 * line. Strings are taken as they stand.
 */
function disorder(text: string, before: readonly Bracket[], from: number, line: BracketLine): number {
  const open = [...before];
  let found = 0;
  let quote = "";
  const stop = Math.min(text.length, from + 500);
  for (let at = from; at < stop && !isLineEnd(text.charCodeAt(at)); at++) {
    const c = text.charAt(at);
    if (quote !== "") {
      if (c === quote) quote = "";
    } else if (c === '"' || c === "'") quote = c;
    else if (c === "#") break;
    else if (c === "(" || c === "[" || c === "{") {
      open.push({ mark: c, start: at, lineStart: line.start, lineIndent: line.indent, column: -1 });
    } else {
      const wanted = openings[c];
      if (!wanted) continue;
      if (open.at(-1)?.mark === wanted) open.pop();
      else found++;
    }
  }
  return found + (fits(text, open, from) ? 0 : 1);
}

/** Whether the line below can follow while these brackets are open. */
function fits(text: string, open: readonly Bracket[], at: number): boolean {
  const below = codeBelow(text, at);
  const last = open.at(-1);
  if (!below || !last) return true;
  const wanted = openingOf(text.charAt(below.at));
  if (wanted) return last.mark === wanted && last.lineIndent === below.columns;
  return last.column < 0 ? below.columns > last.lineIndent : below.columns === last.column;
}

/** How many of the innermost brackets are not closed before a line of this indentation; the outermost is not judged here. */
export function unclosedBefore(open: readonly Bracket[], columns: number): number {
  let count = 0;
  while (open.length - count > 1 && columns <= (open[open.length - 1 - count]?.lineIndent ?? 0)) count++;
  return count;
}

/**
 * The opening bracket that is missing at the end of a line: the lines below `at` are indented deeper than `level`, and the
 * first that is not starts with a closing bracket. Null where nothing shows that.
 */
export function missingOpening(text: string, at: number, level: number): BracketMark | null {
  let below = codeBelow(text, at);
  if (!below || below.columns <= level) return null;
  // A body of statements is no list; a bracket's content is not endless.
  for (let count = 0; below && count < 100; count++) {
    if (below.columns <= level) return openingOf(text.charAt(below.at)) ?? null;
    below = codeBelow(text, below.at);
  }
  return null;
}
