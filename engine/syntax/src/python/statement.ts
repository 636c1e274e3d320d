import { argumentsOf, parametersOf } from "./argument.ts";
import { compoundReaders } from "./compound.ts";
import { expression } from "./expression.ts";
import { endOf, type StatementReader } from "./nested.ts";
import type { PyAlias, PyClass, PyExpression, PyFunction, PyStatement } from "./node.ts";
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

/** The statements of a module or block. */
export function statements(r: Reading, block: number): PyStatement[] {
  return block < 0 ? [] : namedOf(r, block).map((child) => statement(r, child));
}

/** The statement of a tree-sitter node; `broken` for what is none in Python 3 and for what lies too deep. */
export function statement(r: Reading, node: number): PyStatement {
  const kind = kindOf(r, node);
  const reader = readers.get(kind) ?? compoundReaders.get(kind);
  if (!reader || r.depth >= deepest) {
    r.complain(spanOf(r, node), reader ? "This is nested too deeply to be read." : messageFor(kind));
    return { kind: "broken", span: spanOf(r, node) };
  }
  r.depth++;
  const found = reader(r, node);
  r.depth--;
  return found;
}

function messageFor(kind: string): string {
  if (kind === "print_statement") return "`print` is a function in Python 3: its arguments need parentheses.";
  if (kind === "exec_statement") return "`exec` is a function in Python 3: its arguments need parentheses.";
  return "This could not be read as Python.";
}

/** One expression, or the tuple of several. */
function value(r: Reading, node: number): PyExpression {
  const children = namedOf(r, node);
  const [first] = children;
  if (first === undefined) return brokenAt(r, node);
  if (children.length === 1 && childOfKind(r, node, ",") < 0) return expression(r, first);
  return { kind: "tuple", span: spanOf(r, node), items: children.map((child) => expression(r, child)) };
}

const expressionStatement: StatementReader = (r, node) => {
  const [first = -1] = namedOf(r, node);
  const kind = first < 0 ? "" : kindOf(r, first);
  if (kind === "assignment") return assignment(r, first);
  if (kind === "augmented_assignment") {
    return {
      kind: "augmented-assign",
      span: spanOf(r, first),
      target: expression(r, fieldOf(r, first, "left")),
      operator: textOf(r, fieldOf(r, first, "operator")),
      value: expression(r, fieldOf(r, first, "right")),
    };
  }
  return { kind: "expression", span: spanOf(r, node), value: value(r, node) };
};

/** `a = b = 1` is one assignment with two targets; tree-sitter nests them. */
function assignment(r: Reading, node: number): PyStatement {
  const span = spanOf(r, node);
  const left = expression(r, fieldOf(r, node, "left"));
  const right = fieldOf(r, node, "right");
  const type = fieldOf(r, node, "type");
  if (type >= 0) {
    const annotation = expression(r, type);
    return { kind: "annotated-assign", span, target: left, annotation, value: right < 0 ? null : expression(r, right) };
  }
  const targets = [left];
  let last = right;
  while (last >= 0 && kindOf(r, last) === "assignment") {
    targets.push(expression(r, fieldOf(r, last, "left")));
    last = fieldOf(r, last, "right");
  }
  return { kind: "assign", span, targets, value: expression(r, last) };
}

function optionalValue(kind: "return" | "raise"): StatementReader {
  return (r, node) => {
    const cause = fieldOf(r, node, "cause");
    const child = namedOf(r, node).find((each) => each !== cause);
    return { kind, span: spanOf(r, node), value: child === undefined ? null : expression(r, child) };
  };
}

function bare(kind: "pass" | "break" | "continue"): StatementReader {
  return (r, node) => ({ kind, span: spanOf(r, node) });
}

function names(kind: "global" | "nonlocal"): StatementReader {
  return (r, node) => ({ kind, span: spanOf(r, node), names: namedOf(r, node).map((child) => identifierOf(r, child)) });
}

const deleted: StatementReader = (r, node) => {
  const targets = namedOf(r, node).flatMap((child) => {
    if (kindOf(r, child) === "expression_list") return namedOf(r, child);
    return [child];
  });
  return { kind: "delete", span: spanOf(r, node), targets: targets.map((child) => expression(r, child)) };
};

const asserted: StatementReader = (r, node) => {
  const [test = -1, message] = namedOf(r, node);
  return {
    kind: "assert",
    span: spanOf(r, node),
    test: expression(r, test),
    message: message === undefined ? null : expression(r, message),
  };
};

/** A dotted name without the blanks that may stand around its dots. */
function dotted(r: Reading, node: number) {
  return { text: textOf(r, node).replace(/[\s\\]+/g, ""), span: spanOf(r, node) };
}

function alias(r: Reading, node: number): PyAlias {
  if (kindOf(r, node) !== "aliased_import") return { name: dotted(r, node), as: null };
  return { name: dotted(r, fieldOf(r, node, "name")), as: identifierOf(r, fieldOf(r, node, "alias")) };
}

/** The names of an import; one that is still to be typed is left out. */
function aliases(r: Reading, node: number): PyAlias[] {
  return fieldsOf(r, node, "name")
    .map((child) => alias(r, child))
    .filter((each) => each.name.text !== placeholder);
}

const imported: StatementReader = (r, node) => ({
  kind: "import",
  span: spanOf(r, node),
  names: aliases(r, node),
});

const importedFrom: StatementReader = (r, node) => {
  const span = spanOf(r, node);
  const from = fieldOf(r, node, "module_name");
  const star = childOfKind(r, node, "wildcard_import");
  const names = star < 0 ? aliases(r, node) : [{ name: identifierOf(r, star), as: null }];
  if (from < 0) {
    const future = identifierOf(r, childOfKind(r, node, "__future__"));
    return { kind: "import-from", span, module: future, level: 0, names };
  }
  if (kindOf(r, from) !== "relative_import")
    return { kind: "import-from", span, module: dotted(r, from), level: 0, names };
  const dots = textOf(r, childOfKind(r, from, "import_prefix")).replace(/[^.]/g, "").length;
  const name = childOfKind(r, from, "dotted_name");
  const end = spanOf(r, from).end;
  const module = name < 0 ? { text: "", span: { start: end, end } } : dotted(r, name);
  return { kind: "import-from", span, module, level: dots, names };
};

const typeAlias: StatementReader = (r, node) => {
  const left = fieldOf(r, node, "left");
  const written = expression(r, left);
  const named = written.kind === "subscript" ? written.object : written;
  const name = named.kind === "name" ? { text: named.id, span: named.span } : identifierOf(r, left);
  return { kind: "type-alias", span: spanOf(r, node), name, value: expression(r, fieldOf(r, node, "right")) };
};

function definition(
  r: Reading,
  node: number,
  decorators: readonly PyExpression[],
  start: number,
): PyFunction | PyClass {
  const name = identifierOf(r, fieldOf(r, node, "name"));
  const body = statements(r, fieldOf(r, node, "body"));
  const span = { start, end: endOf(body, spanOf(r, node).end) };
  if (body.length === 0) r.bodiless.push(name.span);
  if (kindOf(r, node) === "class_definition") {
    return { kind: "class", span, name, decorators, bases: argumentsOf(r, fieldOf(r, node, "superclasses")), body };
  }
  const returns = fieldOf(r, node, "return_type");
  return {
    kind: "function",
    span,
    name,
    async: childOfKind(r, node, "async") >= 0,
    decorators,
    parameters: parametersOf(r, fieldOf(r, node, "parameters")),
    returns: returns < 0 ? null : expression(r, returns),
    body,
  };
}

const decorated: StatementReader = (r, node) => {
  const inner = fieldOf(r, node, "definition");
  const decorators = childrenOf(r, node)
    .filter((child) => kindOf(r, child) === "decorator")
    .map((child) => expression(r, namedOf(r, child)[0] ?? -1));
  if (inner < 0) return { kind: "broken", span: spanOf(r, node) };
  return definition(r, inner, decorators, spanOf(r, node).start);
};

const plain: StatementReader = (r, node) => definition(r, node, [], spanOf(r, node).start);

const readers: ReadonlyMap<string, StatementReader> = new Map<string, StatementReader>([
  ["expression_statement", expressionStatement],
  ["return_statement", optionalValue("return")],
  ["raise_statement", optionalValue("raise")],
  ["pass_statement", bare("pass")],
  ["break_statement", bare("break")],
  ["continue_statement", bare("continue")],
  ["global_statement", names("global")],
  ["nonlocal_statement", names("nonlocal")],
  ["delete_statement", deleted],
  ["assert_statement", asserted],
  ["import_statement", imported],
  ["import_from_statement", importedFrom],
  ["future_import_statement", importedFrom],
  ["type_alias_statement", typeAlias],
  ["function_definition", plain],
  ["class_definition", plain],
  ["decorated_definition", decorated],
]);
