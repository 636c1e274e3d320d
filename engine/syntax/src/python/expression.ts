import { argumentsOf, parametersOf } from "./argument.ts";
import { clausesOf, dictEntries } from "./display.ts";
import { inField, unstarred } from "./nested.ts";
import type { PyExpression } from "./node.ts";
import { numberValue } from "./number.ts";
import { awaited, binary, boolean, comparison, conditional, not, unary } from "./operator.ts";
import {
  brokenAt,
  childOfKind,
  childrenOf,
  deepest,
  fieldOf,
  fieldsOf,
  identifierOf,
  kindOf,
  namedOf,
  type Reading,
  spanOf,
  textOf,
} from "./reading.ts";
import { placeholder } from "./recovery/placeholder.ts";
import { stringExpression } from "./string.ts";
import { genericType, memberType, unionType } from "./type-expression.ts";

type ExpressionReader = (r: Reading, node: number) => PyExpression;

/** The expression of a tree-sitter node; `broken` for what is none and for what lies too deep. */
export function expression(r: Reading, node: number): PyExpression {
  if (node < 0) return { kind: "broken", span: { start: r.at(0), end: r.at(0) } };
  const reader = readers.get(kindOf(r, node));
  if (!reader || r.depth >= deepest) return brokenAt(r, node);
  r.depth++;
  const found = reader(r, node);
  r.depth--;
  return found;
}

/** The only expression inside a node. */
function only(r: Reading, node: number): PyExpression {
  const child = namedOf(r, node)[0];
  return child === undefined ? brokenAt(r, node) : expression(r, child);
}

const items = (r: Reading, node: number): PyExpression[] => namedOf(r, node).map((child) => expression(r, child));

function display(kind: "list" | "tuple" | "set"): ExpressionReader {
  return (r, node) => ({ kind, span: spanOf(r, node), items: items(r, node) });
}

/** `(a) = 1` is no tuple, `(a,) = 1` is. */
const tuplePattern: ExpressionReader = (r, node) => {
  const inside = namedOf(r, node);
  const [first] = inside;
  if (inside.length === 1 && first !== undefined && childOfKind(r, node, ",") < 0) return expression(r, first);
  return display("tuple")(r, node);
};

function comprehension(result: "list" | "set" | "generator"): ExpressionReader {
  return (r, node) => ({
    kind: "comprehension",
    span: spanOf(r, node),
    result,
    element: inField(r, node, "body"),
    clauses: clausesOf(r, node),
  });
}

const dictComprehension: ExpressionReader = (r, node) => {
  const pair = fieldOf(r, node, "body");
  if (pair < 0) return brokenAt(r, node);
  return {
    kind: "dict-comprehension",
    span: spanOf(r, node),
    key: inField(r, pair, "key"),
    value: inField(r, pair, "value"),
    clauses: clausesOf(r, node),
  };
};

const number: ExpressionReader = (r, node) => ({
  kind: "number",
  span: spanOf(r, node),
  ...numberValue(textOf(r, node)),
});

function constant(value: "None" | "True" | "False" | "Ellipsis"): ExpressionReader {
  return (r, node) => ({ kind: "constant", span: spanOf(r, node), value });
}

const subscript: ExpressionReader = (r, node) => {
  const object = inField(r, node, "value");
  const indexes = fieldsOf(r, node, "subscript");
  const index = indexes.map((child) => expression(r, child));
  const [first] = index;
  const children = childrenOf(r, node);
  const comma = children.findLast((child) => kindOf(r, child) === ",");
  const lone = first && index.length === 1 && comma === undefined;
  return unstarred(r, node, object, (object, span) => {
    if (lone) return { kind: "subscript", span, object, index: first };
    const end = spanOf(r, Math.max(indexes.at(-1) ?? 0, comma ?? 0)).end;
    const inside = { start: first?.span.start ?? span.start, end };
    return { kind: "subscript", span, object, index: { kind: "tuple", span: inside, items: index } };
  });
};

const slice: ExpressionReader = (r, node) => {
  const parts: (PyExpression | null)[] = [null];
  for (const child of childrenOf(r, node)) {
    if (kindOf(r, child) === ":") parts.push(null);
    else parts[parts.length - 1] = expression(r, child);
  }
  const [lower = null, upper = null, step = null] = parts;
  return { kind: "slice", span: spanOf(r, node), lower, upper, step };
};

const lambda: ExpressionReader = (r, node) => ({
  kind: "lambda",
  span: spanOf(r, node),
  parameters: parametersOf(r, fieldOf(r, node, "parameters")),
  body: inField(r, node, "body"),
});

const walrus: ExpressionReader = (r, node) => ({
  kind: "walrus",
  span: spanOf(r, node),
  target: identifierOf(r, fieldOf(r, node, "name")),
  value: inField(r, node, "value"),
});

const yielded: ExpressionReader = (r, node) => {
  const child = namedOf(r, node)[0];
  const kind = childOfKind(r, node, "from") < 0 ? "yield" : "yield-from";
  return { kind, span: spanOf(r, node), value: child === undefined ? null : expression(r, child) };
};

const name: ExpressionReader = (r, node) => {
  const id = textOf(r, node);
  if (id === placeholder) return brokenAt(r, node);
  const span = spanOf(r, node);
  // tree-sitter still takes them for names, as Python did up to 3.6.
  if (id === "async" || id === "await") {
    r.complain(span, `\`${id}\` is a keyword; something is missing behind it.`);
    return { kind: "broken", span };
  }
  return { kind: "name", span, id };
};

const attribute: ExpressionReader = (r, node) => {
  const name = identifierOf(r, fieldOf(r, node, "attribute"));
  return unstarred(r, node, inField(r, node, "object"), (object, span) => ({ kind: "attribute", span, object, name }));
};

const call: ExpressionReader = (r, node) => {
  const args = argumentsOf(r, fieldOf(r, node, "arguments"));
  return unstarred(r, node, inField(r, node, "function"), (callee, span) => ({ kind: "call", span, callee, args }));
};

const starred: ExpressionReader = (r, node) => ({ kind: "starred", span: spanOf(r, node), value: only(r, node) });

const readers: ReadonlyMap<string, ExpressionReader> = new Map<string, ExpressionReader>([
  ["identifier", name],
  ["keyword_identifier", name],
  ["string", stringExpression],
  ["concatenated_string", stringExpression],
  ["integer", number],
  ["float", number],
  ["true", constant("True")],
  ["false", constant("False")],
  ["none", constant("None")],
  ["ellipsis", constant("Ellipsis")],
  ["attribute", attribute],
  ["call", call],
  ["subscript", subscript],
  ["slice", slice],
  ["list", display("list")],
  ["set", display("set")],
  ["tuple", display("tuple")],
  ["expression_list", display("tuple")],
  ["pattern_list", display("tuple")],
  ["list_pattern", display("list")],
  ["tuple_pattern", tuplePattern],
  ["dictionary", (r, node) => ({ kind: "dict", span: spanOf(r, node), entries: dictEntries(r, node) })],
  ["list_comprehension", comprehension("list")],
  ["set_comprehension", comprehension("set")],
  ["generator_expression", comprehension("generator")],
  ["dictionary_comprehension", dictComprehension],
  ["parenthesized_expression", only],
  ["conditional_expression", conditional],
  ["boolean_operator", boolean],
  ["binary_operator", binary],
  ["unary_operator", unary],
  ["not_operator", not],
  ["comparison_operator", comparison],
  ["lambda", lambda],
  ["named_expression", walrus],
  ["list_splat", starred],
  ["list_splat_pattern", starred],
  ["splat_type", starred],
  ["await", awaited],
  ["yield", yielded],
  ["type", only],
  ["generic_type", genericType],
  ["union_type", unionType],
  ["member_type", memberType],
  ["as_pattern_target", only],
]);
