import type { Span } from "../../text/span.ts";
import type { PyExpression, PyParameter, PyTypeParameter } from "../node.ts";
import {
  accept,
  advance,
  complain,
  complainMissing,
  expect,
  identifier,
  type Parser,
  peek,
  readElements,
  spanFrom,
  startOf,
  textOf,
} from "./parser.ts";
import { COLON, COMMA, DOUBLE_STAR, EQUAL, NAME, ROUND_END, SLASH, SQUARE, SQUARE_END, STAR } from "./token.ts";

/** The parameters of a function or lambda up to a closing token, which is not taken. Only a function's have annotations. */
export function parametersUpTo(p: Parser, closing: number, annotated: boolean): PyParameter[] {
  const found: PyParameter[] = [];
  let height = 0;
  const order = { star: false, slash: false, defaults: false, last: false };
  const read = (each: Parser): PyParameter => {
    const parameter = parameterAt(each, annotated);
    height = Math.max(height, each.height);
    checkParameter(each, parameter, order, found.length);
    return parameter;
  };
  if (annotated) readElements(p, closing, read, brokenParameter, found);
  else {
    // The commas of a lambda part the elements around it too, once it is over.
    while (p.kind === NAME || p.kind === STAR || p.kind === DOUBLE_STAR || p.kind === SLASH) {
      found.push(read(p));
      if (!accept(p, COMMA)) break;
    }
  }
  const last = found.at(-1);
  if (last?.kind === "marker" && last.name.text === "*") complain(p, last.span, "A name must follow this `*`.");
  p.height = height;
  return found;
}

function brokenParameter(span: Span, item: PyParameter | null): PyParameter {
  if (item) return { ...item, span };
  return { kind: "plain", name: { text: "", span }, annotation: null, default: null, span };
}

interface ParameterOrder {
  star: boolean;
  slash: boolean;
  defaults: boolean;
  last: boolean;
}

/** Holds a parameter to the order that Python asks for: plain, `/`, plain, `*`, named, `**`. */
function checkParameter(p: Parser, one: PyParameter, order: ParameterOrder, count: number): void {
  const isSlash = one.kind === "marker" && one.name.text === "/";
  const isStar = one.kind === "star" || (one.kind === "marker" && !isSlash);
  const misplaced =
    order.last ||
    (isSlash && (order.slash || order.star || count === 0)) ||
    (isStar && order.star) ||
    (one.kind === "plain" && !order.star && order.defaults && !one.default);
  if (misplaced) complain(p, one.span, "This parameter can't stand here.");
  if (isSlash) order.slash = true;
  if (isStar) order.star = true;
  if (one.kind === "double-star") order.last = true;
  if (one.kind === "plain" && one.default) order.defaults = true;
}

function parameterAt(p: Parser, annotated: boolean): PyParameter {
  const start = startOf(p);
  const text = textOf(p);
  let kind: PyParameter["kind"] = "plain";
  if (
    accept(p, SLASH) ||
    (p.kind === STAR && (peek(p, 1) === COMMA || peek(p, 1) === COLON || peek(p, 1) === ROUND_END))
  ) {
    if (text === "*") advance(p);
    const span = spanFrom(p, start);
    p.height = 1;
    return { kind: "marker", name: { text, span }, annotation: null, default: null, span };
  }
  if (accept(p, STAR)) kind = "star";
  else if (accept(p, DOUBLE_STAR)) kind = "double-star";
  const name = identifier(p);
  let height = 1;
  let annotation: PyExpression | null = null;
  if (annotated && accept(p, COLON)) {
    annotation = kind === "star" ? p.grammar.starNamed(p) : p.grammar.expression(p);
    height = p.height;
  }
  let value: PyExpression | null = null;
  if (kind === "plain" && accept(p, EQUAL)) {
    value = p.grammar.expression(p);
    height = Math.max(height, p.height);
  }
  p.height = height + 1;
  return { kind, name, annotation, default: value, span: spanFrom(p, start) };
}

/** type_params (PEP 695, PEP 696): `[T: bound = default, *Ts, **P]`; none where no bracket stands. */
export function typeParameters(p: Parser): PyTypeParameter[] {
  if (!accept(p, SQUARE)) return [];
  const found = readElements<PyTypeParameter>(p, SQUARE_END, typeParameter, (span, item) => {
    return item ?? { kind: "plain", span, name: { text: "", span }, bound: null, default: null };
  });
  if (found.length === 0) complainMissing(p);
  expect(p, SQUARE_END);
  return found;
}

function typeParameter(p: Parser): PyTypeParameter {
  const start = startOf(p);
  const kind = accept(p, STAR) ? "star" : accept(p, DOUBLE_STAR) ? "double-star" : "plain";
  const name = identifier(p);
  const bound = kind === "plain" && accept(p, COLON) ? p.grammar.expression(p) : null;
  const value = accept(p, EQUAL) ? (kind === "star" ? p.grammar.star(p) : p.grammar.expression(p)) : null;
  return { kind, span: spanFrom(p, start), name, bound, default: value };
}
