import { compoundKeyword } from "./layout.ts";
import type { LogicalLine } from "./lines.ts";

/** One clause of a compound statement: its head and the lines below it that are indented deeper. */
export interface Clause {
  readonly keyword: string;
  readonly head: LogicalLine;
  readonly body: readonly LogicalLine[];
}

/** One statement by its layout, or several simple ones on one line. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly decorators: readonly LogicalLine[];
  /** Empty for a simple statement. */
  readonly clauses: readonly Clause[];
  /** The line of a simple statement, or of decorators with nothing below them. */
  readonly line: LogicalLine;
  /** Lines indented deeper than a simple statement, which can't have any. */
  readonly stray: readonly LogicalLine[];
}

/** Which clauses may follow which. */
const followers: Readonly<Record<string, readonly string[]>> = {
  if: ["elif", "else"],
  elif: ["elif", "else"],
  for: ["else"],
  while: ["else"],
  try: ["except", "else", "finally"],
  except: ["except", "else", "finally"],
  else: ["finally"],
};

/** The statements of a suite by layout alone; a line that is indented less than the first one begins a statement too. */
export function piecesOf(text: string, lines: readonly LogicalLine[]): Piece[] {
  const found: Piece[] = [];
  let at = 0;
  while (at < lines.length) {
    const { piece, next } = pieceAt(text, lines, at);
    found.push(piece);
    at = next;
  }
  return found;
}

function pieceAt(text: string, lines: readonly LogicalLine[], from: number): { piece: Piece; next: number } {
  const first = lines[from] as LogicalLine;
  let at = from;
  let line = first;
  while (text[line.start] === "@") {
    const below = lines[at + 1];
    if (!below) break;
    // Below a decorator only what it decorates can stand, however it is indented.
    const definition = /^(?:class|def)$/.test(compoundKeyword(text, below.start) ?? "");
    if (!definition && (text[below.start] !== "@" || below.indent !== first.indent)) break;
    at++;
    line = below;
  }
  const decorators = lines.slice(from, at);
  const keyword = compoundKeyword(text, line.start);
  let next = bodyEnd(text, lines, at);
  if (keyword === null) {
    const stray = lines.slice(at + 1, next);
    const end = stray.at(-1)?.end ?? line.end;
    return { piece: { start: first.start, end, decorators, clauses: [], line, stray }, next };
  }
  const clauses: Clause[] = [{ keyword, head: line, body: lines.slice(at + 1, next) }];
  for (;;) {
    const follower = lines[next];
    if (!follower || (follower.indent !== first.indent && !isMisplacedClause(text, lines, at, follower))) break;
    const word = compoundKeyword(text, follower.start) ?? "";
    if (!followers[clauses.at(-1)?.keyword ?? ""]?.includes(word)) break;
    if (word === "finally" && keyword !== "try") break;
    const end = bodyEnd(text, lines, next);
    clauses.push({ keyword: word, head: follower, body: lines.slice(next + 1, end) });
    next = end;
  }
  const end = lines[next - 1]?.end ?? line.end;
  return { piece: { start: first.start, end, decorators, clauses, line, stray: [] }, next };
}

/** The index behind the lines that are indented deeper than line `at`. */
function bodyEnd(text: string, lines: readonly LogicalLine[], at: number): number {
  const indent = lines[at]?.indent ?? 0;
  let end = at + 1;
  for (let line = lines[end]; line && line.indent > indent; line = lines[end]) {
    if (isMisplacedClause(text, lines, at, line)) break;
    end++;
  }
  return end;
}

/** Whether a line between the indentations of a head and of its body is a further clause, as when `try` has moved by a blank. */
function isMisplacedClause(text: string, lines: readonly LogicalLine[], head: number, line: LogicalLine): boolean {
  const outer = lines[head]?.indent ?? 0;
  const inner = lines[head + 1]?.indent ?? 0;
  if (line.indent <= outer || line.indent >= inner) return false;
  const [above, own] = [lines[head], line].map((each) => compoundKeyword(text, each?.start ?? 0) ?? "");
  return followers[above ?? ""]?.includes(own ?? "") === true;
}
