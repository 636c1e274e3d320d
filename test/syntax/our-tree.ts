import type {
  PyArgument,
  PyComprehensionClause,
  PyExpression,
  PyModule,
  PyParameter,
  PyStatement,
  Span,
} from "#syntax";

/*
 * Our tree as the nodes that cpython-tree.py writes: [kind, start, end, detail…], as JSON. Two differences of shape are levelled here:
 * CPython has one node for `a and b and c`, and it has no node for `f(*x)` but the starred expression in it.
 */

/** Every node of a module, in no particular order. */
export function ourTree(module: PyModule): string[] {
  const found: string[] = [];
  for (const statement of module.body) see(found, statement);
  return found;
}

function note(found: string[], kind: string, span: Span, ...detail: unknown[]): void {
  found.push(JSON.stringify([kind, span.start, span.end, ...detail]));
}

function all(found: string[], nodes: readonly (PyExpression | null)[]): void {
  for (const node of nodes) if (node) seeExpression(found, node);
}

function body(found: string[], ...blocks: (readonly PyStatement[])[]): void {
  for (const block of blocks) for (const statement of block) see(found, statement);
}

function parameters(found: string[], list: readonly PyParameter[]): void {
  for (const parameter of list) {
    // CPython's node is the name with its annotation; stars and defaults stand outside of it.
    const end = parameter.annotation?.span.end ?? parameter.name.span.end;
    const start = parameter.name.span.start;
    if (parameter.kind !== "marker") note(found, "parameter", { start, end }, parameter.name.text);
    all(found, [parameter.annotation, parameter.default]);
  }
}

function args(found: string[], list: readonly PyArgument[]): void {
  for (const arg of list) {
    if (arg.kind === "keyword") note(found, "keyword", arg.span, arg.name?.text ?? null);
    if (arg.kind === "double-star") note(found, "keyword", arg.span, null);
    if (arg.kind === "star") note(found, "starred", arg.span);
    seeExpression(found, arg.value);
  }
}

function clauses(found: string[], list: readonly PyComprehensionClause[]): number[] {
  for (const clause of list) all(found, [clause.target, clause.iterable, ...clause.conditions]);
  return list.map((clause) => clause.conditions.length);
}

function seeExpression(found: string[], node: PyExpression, within: string | null = null): void {
  const { kind, span } = node;
  switch (kind) {
    case "name":
      return note(found, kind, span, node.id);
    case "string":
      return note(found, kind, span, node.value, node.bytes);
    case "number":
      return note(found, kind, span, Math.abs(node.value ?? 0) === Infinity ? "inf" : node.value, node.integer);
    case "constant":
      return note(found, kind, span, node.value);
    case "fstring": {
      const parts = node.parts.map((part) => (part.kind === "text" ? part.value : null));
      const conversions = node.parts.flatMap((part) => (part.kind === "field" ? [part.conversion] : []));
      return note(found, kind, span, parts, conversions);
    }
    case "attribute":
      note(found, kind, span, node.name.text);
      return seeExpression(found, node.object);
    case "call":
      note(found, kind, span, node.args.length);
      seeExpression(found, node.callee);
      return args(found, node.args);
    case "subscript":
      note(found, kind, span);
      return all(found, [node.object, node.index]);
    case "slice":
      note(
        found,
        kind,
        span,
        [node.lower, node.upper, node.step].map((each) => each !== null),
      );
      return all(found, [node.lower, node.upper, node.step]);
    case "list":
    case "tuple":
    case "set":
      note(found, kind, span, node.items.length);
      return all(found, node.items);
    case "dict":
      note(
        found,
        kind,
        span,
        node.entries.map((entry) => entry.kind === "pair"),
      );
      return all(
        found,
        node.entries.flatMap((entry) => (entry.kind === "pair" ? [entry.key, entry.value] : [entry.value])),
      );
    case "comprehension":
      seeExpression(found, node.element);
      return note(found, kind, span, node.result, clauses(found, node.clauses));
    case "dict-comprehension":
      all(found, [node.key, node.value]);
      return note(found, kind, span, clauses(found, node.clauses));
    case "conditional":
      note(found, kind, span);
      return all(found, [node.then, node.test, node.otherwise]);
    case "boolean":
      if (within !== node.operator) note(found, kind, span, node.operator);
      seeExpression(found, node.left, node.operator);
      return seeExpression(found, node.right);
    case "binary":
      note(found, kind, span, node.operator);
      return all(found, [node.left, node.right]);
    case "unary":
      note(found, kind, span, node.operator);
      return seeExpression(found, node.operand);
    case "comparison":
      note(
        found,
        kind,
        span,
        node.rest.map((each) => each.operator),
      );
      return all(found, [node.left, ...node.rest.map((each) => each.right)]);
    case "lambda":
      note(found, kind, span);
      parameters(found, node.parameters);
      return seeExpression(found, node.body);
    case "walrus":
      note(found, kind, span, node.target.text);
      return seeExpression(found, node.value);
    case "starred":
      note(found, kind, span);
      return seeExpression(found, node.value);
    case "await":
    case "yield":
    case "yield-from":
      note(found, kind, span);
      return all(found, [node.value]);
    case "broken":
      return note(found, kind, span);
  }
}

function see(found: string[], node: PyStatement): void {
  const { kind, span } = node;
  switch (kind) {
    case "expression":
      note(found, kind, span);
      return seeExpression(found, node.value);
    case "assign":
      note(found, kind, span, node.targets.length);
      return all(found, [...node.targets, node.value]);
    case "annotated-assign":
      note(found, kind, span, node.value !== null);
      return all(found, [node.target, node.annotation, node.value]);
    case "augmented-assign":
      note(found, kind, span, node.operator);
      return all(found, [node.target, node.value]);
    case "return":
    case "raise":
      note(found, kind, span);
      return all(found, [node.value]);
    case "if":
      note(found, kind, span, node.then.length, node.otherwise.length);
      seeExpression(found, node.test);
      return body(found, node.then, node.otherwise);
    case "for":
      note(found, kind, span, node.body.length, node.otherwise.length);
      all(found, [node.target, node.iterable]);
      return body(found, node.body, node.otherwise);
    case "while":
      note(found, kind, span, node.body.length, node.otherwise.length);
      seeExpression(found, node.test);
      return body(found, node.body, node.otherwise);
    case "try":
      note(found, kind, span, node.body.length, node.handlers.length, node.otherwise.length, node.final.length);
      for (const handler of node.handlers) {
        note(found, "handler", handler.span, handler.name?.text ?? null, handler.star);
        all(found, [handler.type]);
        body(found, handler.body);
      }
      return body(found, node.body, node.otherwise, node.final);
    case "with":
      note(
        found,
        kind,
        span,
        node.items.map((item) => item.target !== null),
      );
      all(
        found,
        node.items.flatMap((item) => [item.value, item.target]),
      );
      return body(found, node.body);
    case "match":
      note(
        found,
        kind,
        span,
        node.cases.map((each) => each.body.length),
      );
      seeExpression(found, node.subject);
      for (const each of node.cases) {
        note(found, "pattern", each.pattern);
        all(found, [each.guard]);
        body(found, each.body);
      }
      return;
    case "function":
      note(found, kind, span, node.name.text, node.async, node.decorators.length, node.body.length);
      all(found, [...node.decorators, node.returns]);
      parameters(found, node.parameters);
      return body(found, node.body);
    case "class":
      note(found, kind, span, node.name.text, node.decorators.length, node.body.length);
      all(found, node.decorators);
      args(found, node.bases);
      return body(found, node.body);
    case "import":
      return note(
        found,
        kind,
        span,
        node.names.map((each) => [each.name.text, each.as?.text ?? null]),
      );
    case "import-from":
      return note(
        found,
        kind,
        span,
        node.module.text,
        node.level,
        node.names.map((each) => [each.name.text, each.as?.text ?? null]),
      );
    case "global":
    case "nonlocal":
      return note(
        found,
        kind,
        span,
        node.names.map((each) => each.text),
      );
    case "delete":
      note(found, kind, span, node.targets.length);
      return all(found, node.targets);
    case "assert":
      note(found, kind, span, node.message !== null);
      return all(found, [node.test, node.message]);
    case "pass":
    case "break":
    case "continue":
    case "broken":
      return note(found, kind, span);
    case "type-alias":
      note(found, kind, span, node.name.text);
      return seeExpression(found, node.value);
  }
}
