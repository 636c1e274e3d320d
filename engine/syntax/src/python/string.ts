import { stringValue } from "./escape.ts";
import { expression } from "./nested.ts";
import type { PyExpression, PyFStringPart } from "./node.ts";
import { brokenAt, childrenOf, deepest, fieldOf, kindOf, namedOf, type Reading, spanOf, textOf } from "./reading.ts";

/** One `"…"` of what may be several side by side. */
interface Piece {
  readonly bytes: boolean;
  readonly formatted: boolean;
  readonly template: boolean;
  readonly parts: readonly PyFStringPart[];
}

/** The expression of a string or of strings side by side, which Python joins. */
export function stringExpression(r: Reading, node: number): PyExpression {
  const pieces: Piece[] = [];
  for (const child of kindOf(r, node) === "concatenated_string" ? namedOf(r, node) : [node]) {
    const piece = pieceOf(r, child);
    if (!piece) return brokenAt(r, node);
    pieces.push(piece);
  }
  const span = spanOf(r, node);
  const parts = pieces.flatMap((piece) => piece.parts);
  if (pieces.some((piece) => piece.formatted) || parts.some((part) => part.kind === "field")) {
    return { kind: "fstring", span, parts: joined(parts), template: pieces.some((piece) => piece.template) };
  }
  const value = parts.map((part) => (part.kind === "text" ? part.value : "")).join("");
  return { kind: "string", span, value, bytes: pieces.some((piece) => piece.bytes) };
}

function pieceOf(r: Reading, node: number): Piece | null {
  const children = childrenOf(r, node);
  const opening = children[0];
  if (opening === undefined || kindOf(r, opening) !== "string_start") return null;
  const prefix = /^[a-z]*/.exec(textOf(r, opening).toLowerCase())?.[0] ?? "";
  const raw = prefix.includes("r");
  const bytes = prefix.includes("b");
  const template = prefix.includes("t");
  const formatted = template || prefix.includes("f");
  const { start, end } = r.table;
  const parts: PyFStringPart[] = [];
  let from = end[opening] ?? 0;
  const text = (to: number) => {
    if (to > from) parts.push(textPart(r, from, to, raw, bytes, formatted));
  };
  for (const child of children) {
    if (kindOf(r, child) !== "interpolation") continue;
    text(start[child] ?? from);
    parts.push(...fieldParts(r, child));
    from = end[child] ?? from;
  }
  // Not where the closing token starts: in raw strings the grammar may count a backslash before it in.
  const quotes = /(?<!["'])["']+$/.exec(textOf(r, opening))?.[0].length ?? 1;
  const closed = children.length > 1 && kindOf(r, children.at(-1) ?? opening) === "string_end";
  text((end[node] ?? from) - (closed ? quotes : 0));
  return { bytes, formatted, template, parts };
}

/** A text whose value can't be told becomes a field with a broken value, so that nobody takes it for known. */
function textPart(
  r: Reading,
  from: number,
  to: number,
  raw: boolean,
  bytes: boolean,
  formatted: boolean,
): PyFStringPart {
  const span = { start: r.at(from), end: r.at(to) };
  const source = r.text.slice(from, to);
  const value = stringValue(
    formatted ? source.replace(/\{\{|\}\}/g, (braces) => braces.charAt(0)) : source,
    raw,
    bytes,
  );
  if (value !== null) return { kind: "text", span, value };
  return { kind: "field", span, value: { kind: "broken", span }, conversion: null, format: null };
}

/** One `{…}`; `{x=}` also writes its own source before the value. */
function fieldParts(r: Reading, node: number): PyFStringPart[] {
  const span = spanOf(r, node);
  const inner = r.depth < deepest ? fieldOf(r, node, "expression") : -1;
  if (inner < 0) return [{ kind: "field", span, value: { kind: "broken", span }, conversion: null, format: null }];
  const value = expression(r, inner);
  const conversionNode = fieldOf(r, node, "type_conversion");
  const formatNode = fieldOf(r, node, "format_specifier");
  const written = conversionNode < 0 ? null : textOf(r, conversionNode).slice(1);
  const equals = childrenOf(r, node).find((child) => kindOf(r, child) === "=");
  r.depth++;
  const format = formatNode < 0 ? null : formatParts(r, formatNode);
  r.depth--;
  if (equals === undefined) return [{ kind: "field", span, value, conversion: written, format }];
  // `f"{x = }"` is the text `x = ` and the value's repr, unless a conversion or a format says otherwise.
  const from = (r.table.start[node] ?? 0) + 1;
  const after = r.text.slice(r.table.end[equals] ?? from);
  const to = (r.table.end[equals] ?? from) + (/^\s*/.exec(after)?.[0].length ?? 0);
  const source = { start: r.at(from), end: r.at(to) };
  return [
    { kind: "text", span: source, value: r.text.slice(from, to) },
    { kind: "field", span, value, conversion: written ?? (format ? null : "r"), format },
  ];
}

function formatParts(r: Reading, node: number): PyFStringPart[] {
  const parts: PyFStringPart[] = [];
  let from = (r.table.start[node] ?? 0) + 1;
  const text = (to: number) => {
    if (to <= from) return;
    parts.push({ kind: "text", span: { start: r.at(from), end: r.at(to) }, value: r.text.slice(from, to) });
  };
  for (const child of namedOf(r, node)) {
    if (kindOf(r, child) !== "format_expression") continue;
    text(r.table.start[child] ?? from);
    parts.push(...fieldParts(r, child));
    from = r.table.end[child] ?? from;
  }
  text(r.table.end[node] ?? from);
  return parts;
}

/** Neighbouring texts made one. */
function joined(parts: readonly PyFStringPart[]): PyFStringPart[] {
  const found: PyFStringPart[] = [];
  for (const part of parts) {
    const last = found.at(-1);
    if (part.kind === "text" && last?.kind === "text") {
      const span = { start: last.span.start, end: part.span.end };
      found[found.length - 1] = { kind: "text", span, value: last.value + part.value };
    } else found.push(part);
  }
  return found;
}
