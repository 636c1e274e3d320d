import type { SourceFile } from "../../text/source-file.ts";
import type { PyModule, PyStatement } from "../node.ts";
import { cutLines, type LogicalLine } from "./lines.ts";
import { type Piece, piecesOf } from "./pieces.ts";
import { statementsByStart } from "./starts.ts";

/** The statements of a piece of text that parses as it is, with the place where it stood. */
export interface KnownPiece {
  readonly start: number;
  readonly statements: readonly PyStatement[];
}

/** The clean pieces of a module by their text. */
export type KnownPieces = ReadonlyMap<string, KnownPiece>;

/** What the module of the text before an edit has to give to the one after it. */
export interface LastReading {
  readonly known: KnownPieces;
  /** The old statement that began where a statement begins now; null where there was none. */
  readonly statementAt: (start: number) => PyStatement | null;
}

/** The pieces of a module that was read whole: its statements, and those of its classes, cut as they will be cut again. */
export function piecesOfModule(file: SourceFile, module: PyModule): KnownPieces {
  const found = new Map<string, KnownPiece>();
  if (!module.damaged) collect(found, file.text, cutLines(file.text).lines, module.body);
  return found;
}

function collect(
  found: Map<string, KnownPiece>,
  text: string,
  lines: readonly LogicalLine[],
  statements: readonly PyStatement[],
): void {
  let next = 0;
  for (const piece of piecesOf(text, lines)) {
    const from = next;
    while ((statements[next]?.span.start ?? Number.POSITIVE_INFINITY) < piece.end) next++;
    const own = statements.slice(from, next);
    found.set(text.slice(piece.start, piece.end), { start: piece.start, statements: own });
    const body = classBody(piece);
    const [only] = own;
    if (body && own.length === 1 && only?.kind === "class") collect(found, text, body, only.body);
  }
}

/** The lines below the head of a class; null for any other piece. */
export function classBody(piece: Piece): readonly LogicalLine[] | null {
  const [clause] = piece.clauses;
  return clause?.keyword === "class" && clause.body.length > 0 ? clause.body : null;
}

/** How the old text's statements are found from the new text's offsets, which agree before and behind what was changed. */
export function lastReading(before: SourceFile, module: PyModule, known: KnownPieces, text: string): LastReading {
  const same = commonStart(before.text, text);
  const tail = commonEnd(before.text, text, same);
  let index: Map<number, PyStatement> | null = null;
  return {
    known,
    statementAt(start) {
      index ??= statementsByStart(module.body);
      const old = start <= same ? start : start >= text.length - tail ? start + before.text.length - text.length : -1;
      return index.get(old) ?? null;
    },
  };
}

function commonStart(a: string, b: string): number {
  const most = Math.min(a.length, b.length);
  let count = 0;
  while (count < most && a.charCodeAt(count) === b.charCodeAt(count)) count++;
  return count;
}

function commonEnd(a: string, b: string, start: number): number {
  const most = Math.min(a.length, b.length) - start;
  let count = 0;
  while (count < most && a.charCodeAt(a.length - 1 - count) === b.charCodeAt(b.length - 1 - count)) count++;
  return count;
}
