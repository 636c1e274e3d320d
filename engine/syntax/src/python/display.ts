import { expression } from "./expression.ts";
import type { PyComprehensionClause, PyDictEntry, PyExpression } from "./node.ts";
import { brokenAt, childOfKind, fieldOf, fieldsOf, kindOf, namedOf, type Reading, spanOf } from "./reading.ts";

/** The entries of a dictionary display. */
export function dictEntries(r: Reading, node: number): PyDictEntry[] {
  return namedOf(r, node).map((child) => {
    const span = spanOf(r, child);
    if (kindOf(r, child) === "dictionary_splat") {
      return { kind: "spread", span, value: expression(r, namedOf(r, child)[0] ?? -1) };
    }
    const key = fieldOf(r, child, "key");
    const value = fieldOf(r, child, "value");
    return {
      kind: "pair",
      span,
      key: key < 0 ? brokenAt(r, child) : expression(r, key),
      value: value < 0 ? brokenAt(r, child) : expression(r, value),
    };
  });
}

/** The `for … in …` and `if …` clauses of a comprehension; a condition belongs to the `for` before it. */
export function clausesOf(r: Reading, node: number): PyComprehensionClause[] {
  const clauses: (PyComprehensionClause & { readonly conditions: PyExpression[] })[] = [];
  for (const child of namedOf(r, node)) {
    const kind = kindOf(r, child);
    if (kind === "for_in_clause") {
      const iterables = fieldsOf(r, child, "right").map((each) => expression(r, each));
      const [first = brokenAt(r, child)] = iterables;
      const last = iterables.at(-1) ?? first;
      const span = { start: first.span.start, end: last.span.end };
      clauses.push({
        target: expression(r, fieldOf(r, child, "left")),
        iterable: iterables.length === 1 ? first : { kind: "tuple", span, items: iterables },
        conditions: [],
        async: childOfKind(r, child, "async") >= 0,
      });
    } else if (kind === "if_clause") {
      clauses.at(-1)?.conditions.push(expression(r, namedOf(r, child)[0] ?? -1));
    }
  }
  return clauses;
}
