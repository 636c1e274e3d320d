import { argumentsOf, parametersOf } from "./argument.ts";
import { clausesOf, dictEntries } from "./display.ts";
import type { PyExpression } from "./node.ts";
import { numberValue } from "./number.ts";
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
import { placeholder } from "./recovery/patch.ts";
import { stringExpression } from "./string.ts";

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

/** The expression in a field of a node. */
function inField(r: Reading, node: number, name: string): PyExpression {
  const child = fieldOf(r, node, name);
  return child < 0 ? brokenAt(r, node) : expression(r, child);
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
  if (first && index.length === 1 && comma === undefined) {
    return { kind: "subscript", span: spanOf(r, node), object, index: first };
  }
  const last = Math.max(...indexes, comma ?? 0);
  const span = { start: first?.span.start ?? spanOf(r, node).start, end: spanOf(r, last).end };
  return { kind: "subscript", span: spanOf(r, node), object, index: { kind: "tuple", span, items: index } };
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

const comparison: ExpressionReader = (r, node) => {
  const [head, ...others] = childrenOf(r, node);
  const rest: { operator: string; right: PyExpression }[] = [];
  for (let i = 0; i + 1 < others.length; i += 2) {
    const operator = others[i] ?? -1;
    rest.push({ operator: kindOf(r, operator), right: expression(r, others[i + 1] ?? -1) });
  }
  return { kind: "comparison", span: spanOf(r, node), left: expression(r, head ?? -1), rest };
};

const boolean: ExpressionReader = (r, node) => ({
  kind: "boolean",
  span: spanOf(r, node),
  operator: kindOf(r, fieldOf(r, node, "operator")) === "or" ? "or" : "and",
  left: inField(r, node, "left"),
  right: inField(r, node, "right"),
});

const binary: ExpressionReader = (r, node) => ({
  kind: "binary",
  span: spanOf(r, node),
  operator: textOf(r, fieldOf(r, node, "operator")),
  left: inField(r, node, "left"),
  right: inField(r, node, "right"),
});

const unary: ExpressionReader = (r, node) => {
  const operator = textOf(r, fieldOf(r, node, "operator"));
  return {
    kind: "unary",
    span: spanOf(r, node),
    operator: operator === "+" || operator === "~" ? operator : "-",
    operand: inField(r, node, "argument"),
  };
};

const not: ExpressionReader = (r, node) => ({
  kind: "unary",
  span: spanOf(r, node),
  operator: "not",
  operand: inField(r, node, "argument"),
});

const conditional: ExpressionReader = (r, node) => {
  const [then = -1, test = -1, otherwise = -1] = namedOf(r, node);
  return {
    kind: "conditional",
    span: spanOf(r, node),
    test: expression(r, test),
    // biome-ignore lint/suspicious/noThenProperty: our name for what an expression yields when its test holds; no promise is near
    then: expression(r, then),
    otherwise: expression(r, otherwise),
  };
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
  return id === placeholder ? brokenAt(r, node) : { kind: "name", span: spanOf(r, node), id };
};

const attribute: ExpressionReader = (r, node) => ({
  kind: "attribute",
  span: spanOf(r, node),
  object: inField(r, node, "object"),
  name: identifierOf(r, fieldOf(r, node, "attribute")),
});

const call: ExpressionReader = (r, node) => ({
  kind: "call",
  span: spanOf(r, node),
  callee: inField(r, node, "function"),
  args: argumentsOf(r, fieldOf(r, node, "arguments")),
});

/** `list[int]` where a type is expected: the same subscript that it is elsewhere. */
const genericType: ExpressionReader = (r, node) => {
  const [object = -1, parameters = -1] = namedOf(r, node);
  const inside = namedOf(r, parameters);
  const index = inside.map((child) => expression(r, child));
  const [first] = index;
  const comma = childrenOf(r, parameters).findLast((child) => kindOf(r, child) === ",");
  const span = spanOf(r, node);
  if (first && index.length === 1 && comma === undefined) {
    return { kind: "subscript", span, object: expression(r, object), index: first };
  }
  const last = Math.max(...inside, comma ?? 0);
  const tuple = { start: first?.span.start ?? span.start, end: spanOf(r, last).end };
  return {
    kind: "subscript",
    span,
    object: expression(r, object),
    index: { kind: "tuple", span: tuple, items: index },
  };
};

const unionType: ExpressionReader = (r, node) => {
  const [left = -1, right = -1] = namedOf(r, node);
  const operands = { left: expression(r, left), right: expression(r, right) };
  return { kind: "binary", span: spanOf(r, node), operator: "|", ...operands };
};

const memberType: ExpressionReader = (r, node) => {
  const [object = -1, name = -1] = namedOf(r, node);
  return { kind: "attribute", span: spanOf(r, node), object: expression(r, object), name: identifierOf(r, name) };
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
  ["await", (r, node) => ({ kind: "await", span: spanOf(r, node), value: only(r, node) })],
  ["yield", yielded],
  ["type", only],
  ["generic_type", genericType],
  ["union_type", unionType],
  ["member_type", memberType],
  ["as_pattern_target", only],
]);
