import {
  type PyClass,
  type PyExpression,
  type PyModule,
  type SourceFile,
  type Span,
  span,
  type TextEdit,
} from "#syntax";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf, startsLine } from "../edits/layout.ts";
import { topImports } from "./import-edits.ts";

/** Lines up to this length are left as they are: what the formatters of most charms are set to. */
const LINE_LENGTH = 99;

/** A bracketed list in the source: what its brackets enclose, and the items in order. */
export interface Bracketed {
  /** From the opening bracket to behind the closing one. */
  readonly outer: Span;
  readonly items: readonly Span[];
}

/** The brackets of a call's arguments, a display or a dict; null for an expression without brackets of its own. */
export function bracketsOf(file: SourceFile, node: PyExpression): Bracketed | null {
  switch (node.kind) {
    case "call": {
      const open = file.text.indexOf("(", node.callee.span.end);
      return open < 0 ? null : { outer: span(open, node.span.end), items: node.args.map((each) => each.span) };
    }
    case "list":
    case "set":
      return { outer: node.span, items: node.items.map((each) => each.span) };
    case "tuple":
      return file.text[node.span.start] === "("
        ? { outer: node.span, items: node.items.map((each) => each.span) }
        : null;
    case "dict":
      return { outer: node.span, items: node.entries.map((each) => each.span) };
    default:
      return null;
  }
}

/**
 * Adds one item at the end of a bracketed list in the list's own layout: on its own line where the last item is on its
 * own, behind a comment, with a trailing comma where there was one. Line breaks inside `item` are indented like the item.
 */
export function appendedItem(file: SourceFile, { outer, items }: Bracketed, item: string): TextEdit[] {
  const { text } = file;
  const close = outer.end - 1;
  const last = items.at(-1);
  const nl = lineBreakOf(file);
  if (!last)
    return [
      { span: span(outer.start + 1, outer.start + 1), newText: indented(item, indentationOf(text, outer.start), nl) },
    ];
  const comma = commaBetween(text, last.end, close);
  const anchor = items.findLast((each) => startsLine(text, each.start));
  const ownLines =
    anchor && (startsLine(text, last.start) || items.length > 1) && text.slice(outer.start, last.start).includes("\n");
  if (!ownLines) {
    const at = comma === null ? last.end : comma + 1;
    const length = lineEndOf(text, outer.end) - lineStartOf(text, outer.start) + item.length + 2;
    if (length > LINE_LENGTH && !text.slice(outer.start, outer.end).includes("\n"))
      return [spreadOut(file, { outer, items }, item)];
    return [{ span: span(at, at), newText: `${comma === null ? "," : ""} ${item}` }];
  }
  const indent = indentationOf(text, anchor.start);
  const written = nl + indent + indented(item, indent, nl);
  const behind = comma === null ? last.end : comma + 1;
  const lineEnd = Math.min(lineEndOf(text, behind), close);
  if (comma !== null) return [{ span: span(lineEnd, lineEnd), newText: `${written},` }];
  if (lineEnd === close || lineEnd === behind) return [{ span: span(last.end, last.end), newText: `,${written}` }];
  return [
    { span: span(last.end, last.end), newText: "," },
    { span: span(lineEnd, lineEnd), newText: written },
  ];
}

/** One item per line, with a comma behind each, as formatters write a list that is too long for its line. */
function spreadOut(file: SourceFile, { outer, items }: Bracketed, item: string): TextEdit {
  const nl = lineBreakOf(file);
  const indent = indentationOf(file.text, outer.start);
  const texts = [...items.map((each) => file.text.slice(each.start, each.end)), item];
  const inside = texts.map((each) => `${nl}${indent}    ${each},`).join("");
  return { span: span(outer.start + 1, outer.end - 1), newText: `${inside}${nl}${indent}` };
}

/** Removes one item with its comma; with its whole lines where it has them for itself. */
export function removedItem(file: SourceFile, { outer, items }: Bracketed, index: number): TextEdit[] {
  const { text } = file;
  const item = items[index];
  if (!item) return [];
  const next = items[index + 1];
  const close = outer.end - 1;
  const comma = commaBetween(text, item.end, next ? next.start : close);
  const end = comma === null ? item.end : comma + 1;
  const rest = text.slice(end, lineEndOf(text, end));
  if (
    startsLine(text, item.start) &&
    (rest.trim() === "" || rest.trim().startsWith("#")) &&
    lineEndOf(text, end) <= close
  ) {
    return [{ span: span(lineStartOf(text, item.start), nextLineOf(text, end)), newText: "" }];
  }
  if (next) return [{ span: span(item.start, next.start), newText: "" }];
  const before = items[index - 1];
  return [{ span: before ? span(before.end, end) : span(item.start, end), newText: "" }];
}

/** Adds statements (a constant, say) behind the imports, between blank lines. */
export function addedBelowImports(file: SourceFile, module: PyModule, lines: readonly string[]): TextEdit[] {
  const nl = lineBreakOf(file);
  const last = topImports(module).at(-1);
  const assigned = module.body.findLast(
    (each) => each.kind === "assign" && each.value.kind !== "call" && !definedBefore(module, each.span.start),
  );
  if (assigned) {
    const at = lineEndOf(file.text, assigned.span.end);
    return [{ span: span(at, at), newText: lines.map((line) => nl + line).join("") }];
  }
  if (last) {
    const at = lineEndOf(file.text, last.span.end);
    return [{ span: span(at, at), newText: nl + lines.map((line) => nl + line).join("") }];
  }
  const first = module.body[0];
  const at = first ? lineStartOf(file.text, first.span.start) : file.text.length;
  return [{ span: span(at, at), newText: lines.map((line) => line + nl).join("") + nl }];
}

/** Adds a method or property at the end of a class. `lines` are indented relative to the class's body. */
export function addedMember(file: SourceFile, owner: PyClass, lines: readonly string[]): TextEdit[] {
  const last = owner.body.at(-1);
  const first = owner.body[0];
  if (!last || !first) return [];
  const nl = lineBreakOf(file);
  const indent = startsLine(file.text, first.span.start)
    ? indentationOf(file.text, first.span.start)
    : `${indentationOf(file.text, owner.span.start)}    `;
  const at = lineEndOf(file.text, last.span.end);
  const written = lines.map((line) => nl + (line === "" ? "" : indent + line)).join("");
  return [{ span: span(at, at), newText: nl + written }];
}

/** Adds statements behind another one, indented like it. */
export function addedBehind(
  file: SourceFile,
  statement: { readonly span: Span },
  lines: readonly string[],
): TextEdit[] {
  const nl = lineBreakOf(file);
  const indent = indentationOf(file.text, statement.span.start);
  const at = lineEndOf(file.text, statement.span.end);
  return [{ span: span(at, at), newText: lines.map((line) => nl + (line === "" ? "" : indent + line)).join("") }];
}

/** Removes a statement with its lines. */
export function removedStatement(file: SourceFile, statement: { readonly span: Span }): TextEdit[] {
  return [
    {
      span: span(lineStartOf(file.text, statement.span.start), nextLineOf(file.text, statement.span.end)),
      newText: "",
    },
  ];
}

/** The text in quotes as the file quotes: the first string of the list decides, double quotes where there is none. */
export function quoted(text: string, like: string | undefined): string {
  const quote = like?.startsWith("'") ? "'" : '"';
  return quote + text + quote;
}

function definedBefore(module: PyModule, offset: number): boolean {
  return module.body.some((each) => (each.kind === "class" || each.kind === "function") && each.span.start < offset);
}

/** Offset of the comma between two offsets, comments left out. */
function commaBetween(text: string, start: number, end: number): number | null {
  for (let at = start; at < end; at++) {
    if (text[at] === ",") return at;
    if (text[at] === "#") at = lineEndOf(text, at);
  }
  return null;
}

function indented(item: string, indent: string, nl: string): string {
  return item.split("\n").join(nl + indent);
}
