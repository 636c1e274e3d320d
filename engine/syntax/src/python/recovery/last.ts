import type { SourceFile } from "../../text/source-file.ts";
import type { PyModule, PyStatement } from "../node.ts";
import { shifted } from "./moved.ts";

/** A piece of a text that was read without damage. */
export interface CleanPiece {
  readonly end: number;
  readonly statements: readonly PyStatement[];
}

/** What the module of the text before an edit has to give to the one after it. */
export interface LastReading {
  /** The statements that stood at a place of the new text, if nothing from `start` to `end` was touched; null where that is not known. */
  readonly unchanged: (start: number, end: number) => readonly PyStatement[] | null;
  /** The old statement that began where a statement begins now; null where there was none. */
  readonly statementAt: (start: number) => PyStatement | null;
}

/** Where two texts differ: before `start` they are the same, and so is what is behind `oldEnd` in one and `newEnd` in the other. */
export interface Change {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The smallest stretch that holds everything in which two texts differ. */
export function changeBetween(before: string, after: string): Change {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  let tail = 0;
  const most = shorter - start;
  while (tail < most && before.charCodeAt(before.length - 1 - tail) === after.charCodeAt(after.length - 1 - tail)) {
    tail++;
  }
  return { start, oldEnd: before.length - tail, newEnd: after.length - tail };
}

/** How what stood in the old text is found from places of the new one, which agree before and behind what was changed. */
export function lastReading(
  before: SourceFile,
  module: PyModule,
  clean: ReadonlyMap<number, CleanPiece>,
  change: Change,
): LastReading {
  const by = change.newEnd - change.oldEnd;
  /** The offset in the old text; -1 inside of what was changed. */
  const old = (at: number) => (at <= change.start ? at : at >= change.newEnd ? at - by : -1);
  let index: ReadonlyMap<number, PyStatement> | null = null;
  return {
    unchanged(start, end) {
      if (end > change.start && start < change.newEnd) return null;
      const from = old(start);
      const piece = clean.get(from);
      if (!piece || piece.end !== from + end - start) return null;
      // Next to the change the same characters may be parts of other tokens.
      if (end === change.start && isWord(before.text.charCodeAt(piece.end - 1))) return null;
      return start === from ? piece.statements : shifted(piece.statements, start - from);
    },
    statementAt(start) {
      index ??= statementsByStart(module.body);
      return index.get(old(start)) ?? null;
    },
  };
}

function isWord(c: number): boolean {
  return (c >= 48 && c <= 57) || (c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95 || c > 127;
}

/** The pieces of a sound module: its statements and those of its classes, as they lie on their lines. */
export function cleanPieces(text: string, body: readonly PyStatement[]): Map<number, CleanPiece> {
  const found = new Map<number, CleanPiece>();
  collect(found, text, body);
  return found;
}

function collect(found: Map<number, CleanPiece>, text: string, body: readonly PyStatement[]): void {
  for (const [index, statement] of body.entries()) {
    const { start, end } = statement.span;
    // Statements that share a line are one piece, which is not worth its while.
    if (!isAlone(text, start, end)) continue;
    found.set(start, { end, statements: body.slice(index, index + 1) });
    if (statement.kind === "class") collect(found, text, statement.body);
  }
}

/** Whether nothing but blanks stands before a statement on its line, and at most a comment behind it. */
function isAlone(text: string, start: number, end: number): boolean {
  let before = start - 1;
  while (isBlank(text.charCodeAt(before))) before--;
  const c = text.charCodeAt(before);
  if (before >= 0 && c !== 10 && c !== 13) return false;
  let behind = end;
  while (isBlank(text.charCodeAt(behind))) behind++;
  const d = text.charCodeAt(behind);
  return Number.isNaN(d) || d === 10 || d === 13 || d === 35;
}

function isBlank(c: number): boolean {
  return c === 32 || c === 9 || c === 12 || c === 0xfeff;
}

/** Every statement of a tree, those in blocks too, by its start. */
function statementsByStart(body: readonly PyStatement[]): Map<number, PyStatement> {
  const found = new Map<number, PyStatement>();
  const open: (readonly PyStatement[])[] = [body];
  for (let block = open.pop(); block; block = open.pop()) {
    for (const statement of block) {
      found.set(statement.span.start, statement);
      open.push(...blocksOf(statement));
    }
  }
  return found;
}

function blocksOf(statement: PyStatement): (readonly PyStatement[])[] {
  switch (statement.kind) {
    case "if":
      return [statement.then, statement.otherwise];
    case "for":
    case "while":
      return [statement.body, statement.otherwise];
    case "try":
      return [statement.body, ...statement.handlers.map((each) => each.body), statement.otherwise, statement.final];
    case "match":
      return statement.cases.map((each) => each.body);
    case "with":
    case "function":
    case "class":
      return [statement.body];
    default:
      return [];
  }
}
