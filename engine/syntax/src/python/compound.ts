import type { Span } from "../text/span.ts";
import { endOf, expression, type StatementReader, statements } from "./nested.ts";
import type { PyExpression, PyHandler, PyStatement } from "./node.ts";
import {
  childOfKind,
  childrenOf,
  fieldOf,
  fieldsOf,
  identifierOf,
  kindOf,
  namedOf,
  type Reading,
  spanOf,
} from "./reading.ts";

/** The statements in a block that must not be empty. */
function suite(r: Reading, owner: number, block: number): PyStatement[] {
  const body = statements(r, block);
  if (body.length === 0) r.bodiless.push(spanOf(r, owner));
  return body;
}

/** Every `elif` lies deeper in the tree than the one before it. */
export const mostBranches = 200;

const branch: StatementReader = (r, node) => {
  const clauses = [node, ...fieldsOf(r, node, "alternative")];
  if (clauses.length > mostBranches) {
    r.complain(spanOf(r, node), "This has too many branches to be read.");
    return { kind: "broken", span: spanOf(r, node) };
  }
  let otherwise: PyStatement[] = [];
  let end = spanOf(r, node).end;
  // From the last to the first, because every `elif` stands inside the one before it.
  for (const clause of clauses.slice(1).reverse()) {
    if (kindOf(r, clause) === "else_clause") {
      otherwise = suite(r, clause, fieldOf(r, clause, "body"));
    } else {
      const then = suite(r, clause, fieldOf(r, clause, "consequence"));
      end = endOf(otherwise, endOf(then, spanOf(r, clause).end));
      const span = { start: spanOf(r, clause).start, end };
      otherwise = [{ kind: "if", span, test: expression(r, fieldOf(r, clause, "condition")), then, otherwise }];
    }
  }
  const then = suite(r, node, fieldOf(r, node, "consequence"));
  const span = { start: spanOf(r, node).start, end: endOf(otherwise, endOf(then, end)) };
  return { kind: "if", span, test: expression(r, fieldOf(r, node, "condition")), then, otherwise };
};

/** The statements of an `else` that hangs on a loop or on `try`. */
function elseBody(r: Reading, node: number): PyStatement[] {
  const clause = childOfKind(r, node, "else_clause");
  return clause < 0 ? [] : suite(r, clause, fieldOf(r, clause, "body"));
}

const loop: StatementReader = (r, node) => {
  const body = suite(r, node, fieldOf(r, node, "body"));
  const otherwise = elseBody(r, node);
  const whole = spanOf(r, node);
  const span = { start: whole.start, end: endOf(otherwise, endOf(body, whole.end)) };
  if (kindOf(r, node) === "while_statement") {
    return { kind: "while", span, test: expression(r, fieldOf(r, node, "condition")), body, otherwise };
  }
  const target = expression(r, fieldOf(r, node, "left"));
  return { kind: "for", span, target, iterable: expression(r, fieldOf(r, node, "right")), body, otherwise };
};

function handler(r: Reading, node: number): PyHandler {
  const body = suite(r, node, childOfKind(r, node, "block"));
  const values = fieldsOf(r, node, "value");
  const whole = spanOf(r, node);
  const span = { start: whole.start, end: endOf(body, whole.end) };
  const star = childOfKind(r, node, "*") >= 0;
  const [first] = values;
  if (first !== undefined && kindOf(r, first) === "as_pattern") {
    const [type = -1] = namedOf(r, first);
    const name = identifierOf(r, fieldOf(r, first, "alias"));
    return { span, type: expression(r, type), name, star, body };
  }
  const types = values.map((each) => expression(r, each));
  const alias = fieldOf(r, node, "alias");
  return { span, type: several(types), name: alias < 0 ? null : identifierOf(r, alias), star, body };
}

function several(found: readonly PyExpression[]): PyExpression | null {
  const [first] = found;
  const last = found.at(-1);
  if (!first || !last) return null;
  if (found.length === 1) return first;
  return { kind: "tuple", span: { start: first.span.start, end: last.span.end }, items: found };
}

const attempt: StatementReader = (r, node) => {
  const whole = spanOf(r, node);
  const body = suite(r, node, fieldOf(r, node, "body"));
  const handlers = childrenOf(r, node)
    .filter((child) => kindOf(r, child) === "except_clause")
    .map((child) => handler(r, child));
  const otherwise = elseBody(r, node);
  const last = childOfKind(r, node, "finally_clause");
  const final = last < 0 ? [] : suite(r, last, childOfKind(r, last, "block"));
  if (handlers.length === 0 && last < 0) r.complain(whole, "`try` needs an `except` or a `finally`.");
  const end = endOf(final, endOf(otherwise, handlers.at(-1)?.span.end ?? endOf(body, whole.end)));
  return { kind: "try", span: { start: whole.start, end }, body, handlers, otherwise, final };
};

const context: StatementReader = (r, node) => {
  const body = suite(r, node, fieldOf(r, node, "body"));
  const clause = childOfKind(r, node, "with_clause");
  const items = (clause < 0 ? [] : namedOf(r, clause)).flatMap((item) => withItems(r, fieldOf(r, item, "value")));
  const whole = spanOf(r, node);
  return { kind: "with", span: { start: whole.start, end: endOf(body, whole.end) }, items, body };
};

interface WithItem {
  readonly value: PyExpression;
  readonly target: PyExpression | null;
}

/** `with (a as b, c):` has two items; tree-sitter may read its parentheses as a tuple. */
function withItems(r: Reading, node: number): WithItem[] {
  if (node < 0) return [];
  const kind = kindOf(r, node);
  if (kind === "as_pattern") {
    const [value = -1] = namedOf(r, node);
    return [{ value: expression(r, value), target: expression(r, fieldOf(r, node, "alias")) }];
  }
  const inside = kind === "tuple" || kind === "parenthesized_expression" ? namedOf(r, node) : [];
  if (inside.some((child) => kindOf(r, child) === "as_pattern") || (kind === "tuple" && inside.length > 0)) {
    return inside.flatMap((child) => withItems(r, child));
  }
  return [{ value: expression(r, node), target: null }];
}

const match: StatementReader = (r, node) => {
  const whole = spanOf(r, node);
  const subjects = fieldsOf(r, node, "subject").map((child) => expression(r, child));
  const block = fieldOf(r, node, "body");
  const cases = (block < 0 ? [] : fieldsOf(r, block, "alternative")).map((clause) => {
    const patterns = namedOf(r, clause).filter((child) => kindOf(r, child) === "case_pattern");
    const guard = fieldOf(r, clause, "guard");
    return {
      pattern: patternSpan(r, patterns, clause),
      guard: guard < 0 ? null : expression(r, namedOf(r, guard)[0] ?? -1),
      body: suite(r, clause, fieldOf(r, clause, "consequence")),
    };
  });
  if (cases.length === 0) r.bodiless.push(whole);
  const subject = several(subjects) ?? { kind: "broken", span: whole };
  const end = endOf(cases.at(-1)?.body ?? [], whole.end);
  return { kind: "match", span: { start: whole.start, end }, subject, cases };
};

/** The span of a case's pattern; parentheses around it alone don't belong to it, as in CPython's tree. */
function patternSpan(r: Reading, patterns: readonly number[], clause: number): Span {
  let [first = clause] = patterns;
  if (patterns.length !== 1) return { start: spanOf(r, first).start, end: spanOf(r, patterns.at(-1) ?? first).end };
  for (;;) {
    const inside = namedOf(r, first);
    const [inner] = inside;
    const kind = kindOf(r, first);
    const wraps = kind === "case_pattern" || (kind === "tuple_pattern" && childOfKind(r, first, ",") < 0);
    if (!wraps || inner === undefined || inside.length !== 1) return spanOf(r, first);
    first = inner;
  }
}

/** The readers of statements that hold blocks, by the name that the grammar gives them. */
export const compoundReaders: ReadonlyMap<string, StatementReader> = new Map<string, StatementReader>([
  ["if_statement", branch],
  ["for_statement", loop],
  ["while_statement", loop],
  ["try_statement", attempt],
  ["with_statement", context],
  ["match_statement", match],
]);
