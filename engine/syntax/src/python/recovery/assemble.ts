import { mostBranches } from "../compound.ts";
import type { PyHandler, PyStatement } from "../node.ts";
import type { ClauseNode } from "./clause.ts";

/** One clause with the statements of its body. */
export interface ReadClause {
  readonly node: ClauseNode;
  readonly body: readonly PyStatement[];
  /** Of a `match`. */
  readonly cases: readonly ReadClause[];
  readonly end: number;
}

/** The compound statement that clauses make up together; `broken` where the first one could not be read. */
export function assembled(clauses: readonly ReadClause[], start: number): PyStatement {
  const [first, ...others] = clauses;
  const end = clauses.at(-1)?.end ?? start;
  const span = { start, end };
  if (!first || clauses.length > mostBranches) return { kind: "broken", span };
  const { statement } = first.node;
  switch (statement?.kind) {
    case "if":
      // biome-ignore lint/suspicious/noThenProperty: our name for the branch that runs when the test holds; no promise is near
      return { ...statement, span, then: first.body, otherwise: otherwise(others) };
    case "for":
    case "while":
      return { ...statement, span, body: first.body, otherwise: otherwise(others) };
    case "try":
      return {
        ...statement,
        span,
        body: first.body,
        handlers: others.flatMap(handler),
        otherwise: bodyOf(others, "else"),
        final: bodyOf(others, "finally"),
      };
    case "match":
      return { ...statement, span, cases: first.cases.flatMap(matchCase) };
    case "with":
    case "function":
    case "class":
      return { ...statement, span, body: first.body };
    default:
      return orphan(first, others, span);
  }
}

/** `elif` and what follows it is an `if` inside of the `if` before it. */
function otherwise(clauses: readonly ReadClause[]): readonly PyStatement[] {
  const [first, ...others] = clauses;
  if (!first) return [];
  if (first.node.keyword !== "elif") return first.body;
  const span = { start: first.node.start, end: clauses.at(-1)?.end ?? first.end };
  return [conditional(first, others, span)];
}

function conditional(
  first: ReadClause,
  others: readonly ReadClause[],
  span: { readonly start: number; readonly end: number },
): PyStatement {
  const test = first.node.test ?? { kind: "broken", span: { start: span.start, end: span.start } };
  // biome-ignore lint/suspicious/noThenProperty: our name for the branch that runs when the test holds; no promise is near
  return { kind: "if", span, test, then: first.body, otherwise: otherwise(others) };
}

/** A clause whose opening statement is missing may run or not, as the body of an `if` that can't be read. */
function orphan(
  first: ReadClause,
  others: readonly ReadClause[],
  span: { readonly start: number; readonly end: number },
): PyStatement {
  const rest = others.filter((clause) => clause.node.keyword === "elif" || clause.node.keyword === "else");
  return conditional(first, rest, span);
}

function matchCase(clause: ReadClause) {
  const { pattern, test: guard } = clause.node;
  return pattern ? [{ pattern, guard, body: clause.body }] : [];
}

function handler(clause: ReadClause): PyHandler[] {
  if (clause.node.keyword !== "except") return [];
  const span = { start: clause.node.start, end: clause.end };
  const found = clause.node.handler ?? { type: null, name: null, star: false };
  return [{ ...found, span, body: clause.body }];
}

function bodyOf(clauses: readonly ReadClause[], keyword: string): readonly PyStatement[] {
  return clauses.find((clause) => clause.node.keyword === keyword)?.body ?? [];
}
