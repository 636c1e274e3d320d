import { expression } from "./nested.ts";
import type { PyComprehensionClause, PyDictEntry, PyExpression } from "./node.ts";
import { brokenAt, childOfKind, fieldOf, fieldsOf, kindOf, namedOf, type Reading, spanOf, textOf } from "./reading.ts";

/** The entries of a dictionary display. */
export function dictEntries(r: Reading, node: number): PyDictEntry[] {
  return namedOf(r, node).flatMap((child): PyDictEntry | PyDictEntry[] => {
    const span = spanOf(r, child);
    if (kindOf(r, child) === "dictionary_splat") {
      return { kind: "spread", span, value: expression(r, namedOf(r, child)[0] ?? -1) };
    }
    const key = fieldOf(r, child, "key");
    const value = fieldOf(r, child, "value");
    const above = key < 0 ? null : keysAbove(r, key);
    if (above) {
      const own = { start: above.start, end: span.end };
      return [...above.lone, { kind: "pair", span: own, key: above.key, value: expression(r, value) }];
    }
    return {
      kind: "pair",
      span,
      key: key < 0 ? brokenAt(r, child) : expression(r, key),
      value: value < 0 ? brokenAt(r, child) : expression(r, value),
    };
  });
}

/**
 * Keys on lines of their own above a pair: Python joins the strings `"a"` and `"b": 1` on two lines to one key, but what stands
 * there is a pair that is still being typed. Null for any other key.
 */
function keysAbove(r: Reading, key: number) {
  if (kindOf(r, key) !== "concatenated_string" || !/[\r\n]/.test(textOf(r, key))) return null;
  const strings = namedOf(r, key);
  const last = strings.pop() ?? key;
  const lone = strings.map((string): PyDictEntry => {
    const span = spanOf(r, string);
    const end = { start: span.end, end: span.end };
    r.complain(span, "This key has no value; Python joins it to the key on the next line.");
    return { kind: "pair", span, key: expression(r, string), value: { kind: "broken", span: end } };
  });
  return { lone, key: expression(r, last), start: spanOf(r, last).start };
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
