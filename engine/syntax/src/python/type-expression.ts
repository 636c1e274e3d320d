import { cover } from "../text/span.ts";
import { expression } from "./nested.ts";
import type { PyExpression } from "./node.ts";
import {
  brokenAt,
  childrenOf,
  deepest,
  fieldOf,
  identifierOf,
  kindOf,
  namedOf,
  type Reading,
  spanOf,
  textOf,
} from "./reading.ts";

/*
 * What the grammar reads in its own way where a type is expected; Python has no other expressions there than elsewhere.
 */

/** `list[int]` where a type is expected: the same subscript that it is elsewhere. */
export function genericType(r: Reading, node: number): PyExpression {
  const [object = -1, parameters = -1] = namedOf(r, node);
  const inside = namedOf(r, parameters);
  const index = inside.map((child) => expression(r, child));
  const [first] = index;
  const comma = childrenOf(r, parameters).findLast((child) => kindOf(r, child) === ",");
  const span = spanOf(r, node);
  if (first && index.length === 1 && comma === undefined) {
    return { kind: "subscript", span, object: expression(r, object), index: first };
  }
  const last = Math.max(inside.at(-1) ?? 0, comma ?? 0);
  const tuple = { start: first?.span.start ?? span.start, end: spanOf(r, last).end };
  return {
    kind: "subscript",
    span,
    object: expression(r, object),
    index: { kind: "tuple", span: tuple, items: index },
  };
}

/** `A[x] | B | None`: tree-sitter groups a union from the right, Python from the left. */
export function unionType(r: Reading, node: number): PyExpression {
  const members = unionMembers(r, node);
  if (r.depth + members.length > deepest) return brokenAt(r, node);
  let [left, ...others] = members.map((member) => expression(r, member));
  for (const right of others) {
    if (left) left = { kind: "binary", span: cover(left.span, right.span), operator: "|", left, right };
  }
  return left ?? brokenAt(r, node);
}

function unionMembers(r: Reading, node: number): number[] {
  const found: number[] = [];
  const open = [node];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const kind = kindOf(r, next);
    const [first = next] = namedOf(r, next);
    if (kind === "union_type") open.push(...namedOf(r, next).reverse());
    else if (kind === "type" && first !== next) open.push(first);
    else if (kind === "binary_operator" && textOf(r, fieldOf(r, next, "operator")) === "|") {
      open.push(fieldOf(r, next, "right"), fieldOf(r, next, "left"));
    } else found.push(next);
  }
  return found;
}

/** `a.B` after a generic type. */
export function memberType(r: Reading, node: number): PyExpression {
  const [object = -1, name = -1] = namedOf(r, node);
  return { kind: "attribute", span: spanOf(r, node), object: expression(r, object), name: identifierOf(r, name) };
}
