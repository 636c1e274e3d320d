import type { Span } from "../text/span.ts";
import type { Kinds } from "./kinds.ts";
import type { Identifier, PyExpression, PyStatement } from "./node.ts";
import type { PythonParser } from "./parser.ts";
import { placeholder } from "./recovery/placeholder.ts";
import type { SyntaxTable } from "./syntax-table.ts";

/** No node of ours lies deeper in its tree than this, so that whoever walks a tree may recurse; what is deeper is `broken`. */
export const deepest = 300;

/**
 * The two readers that all others call for what is nested: expressions hold expressions, blocks hold statements. They are handed
 * in, so that the files of the grammar need no circle of imports.
 */
export interface Grammar {
  readonly expression: (r: Reading, node: number) => PyExpression;
  readonly statements: (r: Reading, block: number) => PyStatement[];
}

/** One tree-sitter tree being turned into nodes of our own. */
export interface Reading {
  readonly grammar: Grammar;
  readonly kinds: Kinds;
  readonly table: SyntaxTable;
  /** The text that the table's offsets count in. */
  readonly text: string;
  /** From an offset of that text to the offset in the file. */
  readonly at: (offset: number) => number;
  /** Told of each thing that tree-sitter accepts and Python does not; the span counts in the file. */
  readonly complain: (span: Span, message: string) => void;
  /** What has no body although it must have one. */
  readonly bodiless: Span[];
  depth: number;
}

/** A reading of a text with a grammar; `at` maps its offsets to the file's. Null where tree-sitter gives no tree. */
export function readingWith(
  grammar: Grammar,
  parser: PythonParser,
  text: string,
  at: (offset: number) => number,
  complain: (span: Span, message: string) => void,
): Reading | null {
  const table = softened(parser, text);
  return table && { grammar, kinds: parser.kinds, table, text, at, complain, bodiless: [], depth: 0 };
}

/**
 * The table of a text in which soft keywords are what Python takes them for. The grammar knows Python 2's statements
 * `print x` and `exec x`, and it reads `type(x).y = 1` as a type alias; where it does, the text is parsed again with another
 * word of the same length in that place, and if that parses, it was a name after all.
 */
function softened(parser: PythonParser, text: string): SyntaxTable | null {
  const table = parser.table(text);
  if (!table || table.hasError) return table;
  const places = keywordPlaces(parser.kinds, table, text);
  if (places.length === 0) return table;
  let other = text;
  for (const at of places) other = `${other.slice(0, at + 1)}_${other.slice(at + 2)}`;
  const found = parser.table(other);
  return found && !found.hasError ? found : parser.table(text);
}

/** Where a word stands that the grammar took for a keyword and that may be a name. */
function keywordPlaces(kinds: Kinds, table: SyntaxTable, text: string): number[] {
  const found: number[] = [];
  const { type, start, count } = table;
  for (let node = 0; node < count; node++) {
    if (kinds.soft[type[node] ?? 0] !== 1) continue;
    const at = start[node] ?? 0;
    const alias = kinds.names[type[node] ?? 0] === "type_alias_statement";
    if (!alias || !/^type[\s\\]+[A-Za-z_\u0080-\uFFFF]/.test(text.slice(at, at + 100))) found.push(at);
  }
  return found;
}

/** The name of a node's type; "ERROR" for what tree-sitter could not parse. */
export function kindOf(r: Reading, node: number): string {
  return r.kinds.names[r.table.type[node] ?? 0] ?? "ERROR";
}

/** Where a node stands in the file. */
export function spanOf(r: Reading, node: number): Span {
  return { start: r.at(r.table.start[node] ?? 0), end: r.at(r.table.end[node] ?? 0) };
}

/** What a node says. */
export function textOf(r: Reading, node: number): string {
  return r.text.slice(r.table.start[node] ?? 0, r.table.end[node] ?? 0);
}

/** All children, tokens included. */
export function childrenOf(r: Reading, node: number): number[] {
  const { next } = r.table;
  const end = next[node] ?? 0;
  const found: number[] = [];
  for (let child = node + 1; child < end; child = next[child] ?? end) found.push(child);
  return found;
}

/** The children that are more than a token. */
export function namedOf(r: Reading, node: number): number[] {
  const { next, type } = r.table;
  const { named } = r.kinds;
  const end = next[node] ?? 0;
  const found: number[] = [];
  for (let child = node + 1; child < end; child = next[child] ?? end) {
    if (named[type[child] ?? 0] !== 0) found.push(child);
  }
  return found;
}

/** The first child in a field; -1 where there is none. */
export function fieldOf(r: Reading, node: number, name: string): number {
  const { next, field } = r.table;
  const wanted = r.kinds.field(name);
  const end = next[node] ?? 0;
  for (let child = node + 1; child < end; child = next[child] ?? end) if (field[child] === wanted) return child;
  return -1;
}

/** All children in a field. */
export function fieldsOf(r: Reading, node: number, name: string): number[] {
  const { field } = r.table;
  const wanted = r.kinds.field(name);
  return childrenOf(r, node).filter((child) => field[child] === wanted);
}

/** The first child that is of a type, tokens included; -1 where there is none. */
export function childOfKind(r: Reading, node: number, kind: string): number {
  for (const child of childrenOf(r, node)) if (kindOf(r, child) === kind) return child;
  return -1;
}

/** A node as a name: "" where one is still to be typed, and at the file's start for a node that is not there. */
export function identifierOf(r: Reading, node: number): Identifier {
  if (node < 0) return { text: "", span: { start: 0, end: 0 } };
  const text = textOf(r, node);
  return { text: text === placeholder ? "" : text, span: spanOf(r, node) };
}

/** A hole in the tree where a node could not be read. */
export function brokenAt(r: Reading, node: number): PyExpression {
  return { kind: "broken", span: spanOf(r, node) };
}
