import type { EdgeView, NodeView } from "#protocol";
import { type Expression, edgeMatches, nodeMatches } from "./expression.ts";
import { EDGE_KINDS, type FilterContext, FLAGS, NODE_KINDS, VALUE_OPERANDS, type ValueOperand } from "./operand.ts";
import { comparison, type Operator } from "./operator.ts";
import { type FilterToken, filterTokens } from "./token.ts";

/** Why an expression can't be read, and where (UTF-16 offsets into the text, half open). */
export interface FilterError {
  readonly message: string;
  readonly start: number;
  readonly end: number;
}

/** What an expression asks of nodes and of edges. */
export interface GraphFilter {
  readonly node: (node: NodeView, context: FilterContext) => boolean;
  readonly edge: (edge: EdgeView, context: FilterContext) => boolean;
}

export type ParsedFilter =
  | { readonly ok: true; readonly filter: GraphFilter; readonly empty: boolean }
  | { readonly ok: false; readonly error: FilterError };

/** Brackets and negations may be nested this deep; deeper ones are refused in words instead of exhausting the stack. */
const MAX_DEPTH = 100;

interface Reader {
  readonly text: string;
  readonly tokens: readonly FilterToken[];
  at: number;
  depth: number;
}

type Read =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly error: FilterError };

/**
 * Reads a find or hide expression, in the manner of Kiali's: `verdict = denied`, `interface *= loki`, `port >= 3100`, `proxied`,
 * `not internal and (source = tempo or target = tempo)`; `not` binds tighter than `and`, `and` tighter than `or`.
 * A word or a text in quotation marks that is no keyword searches the names of applications: `loki` is `app *= loki`.
 * The empty text matches nothing. A text that can't be read gives the first error with its place.
 * Asked of an edge, an operand of nodes holds where one of the edge's ends fulfils it, if the expression also names something of edges.
 */
export function parseFilter(text: string): ParsedFilter {
  const reader: Reader = { text, tokens: filterTokens(text), at: 0, depth: 0 };
  if (reader.tokens.length === 0) return { ok: true, filter: { node: () => false, edge: () => false }, empty: true };
  const read = disjunction(reader);
  if (!read.ok) return read;
  const rest = reader.tokens[reader.at];
  if (rest) {
    const message =
      rest.kind === "close" ? "This bracket closes nothing." : `Expected “and” or “or” before ${shown(rest)}.`;
    return failure(message, rest);
  }
  const { expression } = read;
  return {
    ok: true,
    empty: false,
    filter: {
      node: (node, context) => nodeMatches(expression, node, context),
      edge: (edge, context) => edgeMatches(expression, edge, context),
    },
  };
}

function disjunction(reader: Reader): Read {
  return chain(reader, "or", conjunction);
}

function conjunction(reader: Reader): Read {
  return chain(reader, "and", negation);
}

function chain(reader: Reader, kind: "and" | "or", next: (reader: Reader) => Read): Read {
  const parts: Expression[] = [];
  for (;;) {
    const part = next(reader);
    if (!part.ok) return part;
    parts.push(part.expression);
    if (reader.tokens[reader.at]?.kind !== kind) break;
    reader.at++;
  }
  const only = parts.length === 1 ? parts[0] : undefined;
  return { ok: true, expression: only ?? { kind, parts } };
}

function negation(reader: Reader): Read {
  const token = reader.tokens[reader.at];
  if (!token) return failure("Something is missing at the end.", endOf(reader));
  if (token.kind !== "not" && token.kind !== "open") return primary(reader, token);
  if (++reader.depth > MAX_DEPTH) return failure("Nested too deeply.", token);
  reader.at++;
  const inner = token.kind === "not" ? negation(reader) : bracketed(reader, token);
  reader.depth--;
  if (!inner.ok || token.kind === "open") return inner;
  return { ok: true, expression: { kind: "not", part: inner.expression } };
}

function bracketed(reader: Reader, open: FilterToken): Read {
  const inner = disjunction(reader);
  if (!inner.ok) return inner;
  if (reader.tokens[reader.at]?.kind !== "close") return failure("This bracket is not closed.", open);
  reader.at++;
  return inner;
}

function primary(reader: Reader, token: FilterToken): Read {
  if (token.kind === "text") return quotedName(reader, token);
  if (token.kind !== "word") return failure(`Expected a name instead of ${shown(token)}.`, token);
  // `is proxied`, `has telemetry`: the little words carry no meaning.
  const prefix = /^(is|has)$/i.test(token.value) && reader.tokens[reader.at + 1]?.kind === "word";
  const subject = prefix ? (reader.tokens[reader.at + 1] ?? token) : token;
  reader.at += prefix ? 2 : 1;
  const operator = operatorAfter(reader);
  if (operator === null) return flag(subject);
  const name = subject.value.toLowerCase();
  const operands = VALUE_OPERANDS.filter((operand) => operand.name === name || operand.aliases.includes(name));
  if (operands.length === 0) return failure(unknownName(subject.value), subject);
  const value = reader.tokens[reader.at];
  if (!value || (value.kind !== "word" && value.kind !== "text" && !isConnective(value)))
    return failure(`Expected a value behind “${operator}”.`, value ?? endOf(reader));
  if (value.unclosed) return failure("This quotation mark is not closed.", value);
  reader.at++;
  return compared(operands, operator, value);
}

/** `relation = and` compares with a word that is otherwise a connective. */
function isConnective(token: FilterToken): boolean {
  return token.kind === "and" || token.kind === "or" || token.kind === "not";
}

function operatorAfter(reader: Reader): Operator | null {
  const token = reader.tokens[reader.at];
  const next = reader.tokens[reader.at + 1];
  if (token?.kind === "operator") {
    reader.at++;
    return token.value as Operator;
  }
  // `path not contains metrics`
  if (
    token?.kind === "not" &&
    next?.kind === "operator" &&
    !next.value.startsWith("!") &&
    /^[*^$]=$/.test(next.value)
  ) {
    reader.at += 2;
    return `!${next.value}` as Operator;
  }
  return null;
}

function flag(subject: FilterToken): Read {
  const name = subject.value.toLowerCase();
  const found = FLAGS.find((entry) => entry.name === name || entry.aliases.includes(name));
  if (found) return { ok: true, expression: { kind: "flag", flag: found } };
  const operand = VALUE_OPERANDS.find((entry) => entry.name === name || entry.aliases.includes(name));
  if (operand?.known.length || operand?.numeric === false)
    return { ok: true, expression: { kind: "present", operand } };
  if (operand) return failure(`Expected a comparison behind “${subject.value}”.`, subject);
  return { ok: true, expression: named(subject.value) };
}

/** A text in quotation marks, which is always searched for in names: `"model"` finds an application that is called so. */
function quotedName(reader: Reader, token: FilterToken): Read {
  if (token.unclosed) return failure("This quotation mark is not closed.", token);
  reader.at++;
  return { ok: true, expression: named(token.value) };
}

/** Applications whose name contains a text. */
function named(text: string): Expression {
  const test = comparison("*=", text);
  const parts = VALUE_OPERANDS.filter(({ name }) => name === "app").map(
    (operand): Expression => ({ kind: "comparison", operand, test }),
  );
  return { kind: "or", parts };
}

function compared(operands: readonly ValueOperand[], operator: Operator, value: FilterToken): Read {
  const numeric = operands.every((operand) => operand.numeric);
  const number = Number(value.value);
  if (/^[<>]/.test(operator) && !numeric) return failure(`“${operator}” compares numbers, and this is none.`, value);
  if (numeric && (value.value.trim() === "" || !Number.isFinite(number)) && /^(=|!=|[<>]=?)$/.test(operator))
    return failure("Expected a number.", value);
  const test = comparison(operator, value.value);
  const parts = meant(operands, test.positive).map((operand): Expression => ({ kind: "comparison", operand, test }));
  const only = parts.length === 1 ? parts[0] : undefined;
  return { ok: true, expression: only ?? { kind: "or", parts } };
}

/** `kind` is about nodes or about edges, whichever have a kind of that value; otherwise about both. */
function meant(operands: readonly ValueOperand[], matches: (text: string) => boolean): readonly ValueOperand[] {
  if (operands.length < 2) return operands;
  const fitting = operands.filter((operand) =>
    (operand.of === "node" ? NODE_KINDS : EDGE_KINDS).some((kind) => matches(kind)),
  );
  return fitting.length > 0 ? fitting : operands;
}

function failure(message: string, at: { readonly start: number; readonly end: number }): Read & { readonly ok: false } {
  return { ok: false, error: { message, start: at.start, end: at.end } };
}

function endOf(reader: Reader): { readonly start: number; readonly end: number } {
  return { start: reader.text.length, end: reader.text.length };
}

function shown(token: FilterToken): string {
  const text = token.value.length > 40 ? `${token.value.slice(0, 39)}…` : token.value;
  return `“${text}”`;
}

function unknownName(name: string): string {
  const short = name.length > 40 ? `${name.slice(0, 39)}…` : name;
  return `Unknown keyword “${short}”.`;
}
