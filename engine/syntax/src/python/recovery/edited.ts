import type { SourceFile } from "../../text/source-file.ts";
import type { PyClass, PyComment, PyModule, PyStatement } from "../node.ts";
import { readStrictly, type StrictReading } from "../parse/strict.ts";
import type { Change } from "./last.ts";
import { shifted } from "./moved.ts";

/** The module of a text that is Python. */
export function soundModule(text: string, body: readonly PyStatement[], comments: readonly PyComment[]): PyModule {
  const span = { start: 0, end: text.length };
  return { kind: "module", span, body, comments, problems: [], recovered: [], stale: [], damaged: false };
}

/** A block of the old text: its statements and where its lines begin and end. */
interface Block {
  readonly body: readonly PyStatement[];
  readonly from: number;
  readonly to: number;
  readonly indent: number;
  readonly depth: number;
}

/** What was read again, with the statements of the block around it. */
interface Spliced {
  readonly body: readonly PyStatement[];
  readonly read: StrictReading;
  /** The stretch of the old text that was read again. */
  readonly from: number;
  readonly to: number;
}

interface Edit {
  readonly old: string;
  readonly text: string;
  readonly change: Change;
  readonly by: number;
}

/**
 * The module after an edit in a text that was Python, if it still is: only the statements that the edit touches are read again, in
 * the innermost class around it. Statements before the edit are the very same objects; those behind it are moved. Null where that
 * does not show, as when a bracket or a string was opened.
 */
export function editedModule(file: SourceFile, previous: SourceFile, last: PyModule, change: Change): PyModule | null {
  const edit = { old: previous.text, text: file.text, change, by: change.newEnd - change.oldEnd };
  const found = spliced(edit, { body: last.body, from: 0, to: previous.text.length, indent: 0, depth: 0 });
  if (!found) return null;
  const comments = [
    ...last.comments.filter(({ span }) => span.start < found.from),
    ...found.read.comments,
    ...shifted(
      last.comments.filter(({ span }) => span.start >= found.to),
      edit.by,
    ),
  ];
  return soundModule(file.text, found.body, comments);
}

function spliced(edit: Edit, block: Block): Spliced | null {
  const { body } = block;
  const { start, oldEnd } = edit.change;
  // The statement in which the edit begins, or the one before it, which it may lengthen.
  let first = body.findLastIndex((statement) => statement.span.start < start);
  while (first > 0 && lineStart(edit.old, body[first]?.span.start ?? 0) < 0) first--;
  const begins = first < 0 ? block.from : lineStart(edit.old, body[first]?.span.start ?? 0);
  if (begins < 0) return null;
  let behind = body.findIndex((statement) => lineStart(edit.old, statement.span.start) > oldEnd);
  if (behind < 0) behind = body.length;
  const ends = behind < body.length ? lineStart(edit.old, body[behind]?.span.start ?? 0) : block.to;
  if (ends < oldEnd || begins > start) return null;
  const only = body[first];
  if (behind === first + 1 && only?.kind === "class") {
    const inner = inClass(edit, only, ends, block.depth);
    if (inner) return { ...inner, body: joined(edit, body, first, [inner.class], behind) };
  }
  const read = readStrictly(edit.text, begins, ends + edit.by, block.indent, block.depth);
  return (
    read && { body: joined(edit, body, Math.max(0, first), read.statements, behind), read, from: begins, to: ends }
  );
}

/** The class with what the edit touches in its block read again; null where the edit may lie outside of that block. */
function inClass(
  edit: Edit,
  node: PyClass,
  ends: number,
  depth: number,
): (Spliced & { readonly class: PyClass }) | null {
  const [head] = node.body;
  if (!head || head.span.start >= edit.change.start) return null;
  const from = lineStart(edit.old, head.span.start);
  if (from < 0) return null;
  const indent = columns(edit.old, from, head.span.start);
  const found = spliced(edit, { body: node.body, from, to: ends, indent, depth: depth + 1 });
  if (!found || found.body.length === 0) return null;
  const span = { start: node.span.start, end: found.to < ends ? node.span.end + edit.by : found.read.end };
  return { ...found, class: { ...node, span, body: found.body } };
}

function joined(
  edit: Edit,
  body: readonly PyStatement[],
  first: number,
  now: readonly PyStatement[],
  behind: number,
): readonly PyStatement[] {
  return [...body.slice(0, first), ...now, ...shifted(body.slice(behind), edit.by)];
}

/** The start of the line on which something stands, if nothing but blanks stands before it there; -1 otherwise. */
function lineStart(text: string, at: number): number {
  let start = at;
  while (start > 0 && (text.charCodeAt(start - 1) === 32 || text.charCodeAt(start - 1) === 9)) start--;
  const before = text.charCodeAt(start - 1);
  return start === 0 || before === 10 || before === 13 ? start : -1;
}

function columns(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = from; at < to; at++) count += text.charCodeAt(at) === 9 ? 8 - (count % 8) : 1;
  return count;
}
