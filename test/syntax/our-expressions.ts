import type {
  PyArgument,
  PyComprehensionClause,
  PyExpression,
  PyFStringPart,
  PyParameter,
  PyTypeParameter,
  Span,
} from "#syntax";

/* The expressions of our tree, as lines to compare with CPython's. */

export function note(found: string[], kind: string, span: Span, ...detail: unknown[]): void {
  found.push(JSON.stringify([kind, span.start, span.end, ...detail]));
}

export function all(found: string[], nodes: readonly (PyExpression | null)[]): void {
  for (const node of nodes) if (node) seeExpression(found, node);
}

export function parameters(found: string[], list: readonly PyParameter[]): void {
  for (const parameter of list) {
    // CPython's node is the name with its annotation; stars and defaults stand outside of it.
    const end = parameter.annotation?.span.end ?? parameter.name.span.end;
    const start = parameter.name.span.start;
    if (parameter.kind !== "marker") note(found, "parameter", { start, end }, parameter.name.text);
    all(found, [parameter.annotation, parameter.default]);
  }
}

export function typeParameters(found: string[], list: readonly PyTypeParameter[]): void {
  for (const parameter of list) {
    note(found, "type-parameter", parameter.span, parameter.name.text);
    all(found, [parameter.bound, parameter.default]);
  }
}

/** Whether the expressions in the fields of f-strings are noted too: CPython has their right places since 3.12. */
let withFields = false;

/** Runs with the fields of f-strings noted, or not. */
export function noting<T>(inFields: boolean, run: () => T): T {
  withFields = inFields;
  return run();
}

function fields(found: string[], parts: readonly PyFStringPart[]): void {
  if (!withFields) return;
  for (const part of parts) {
    if (part.kind !== "field" || part.value.kind === "broken") continue;
    seeExpression(found, part.value);
    fields(found, part.format ?? []);
  }
}

export function args(found: string[], list: readonly PyArgument[]): void {
  for (const arg of list) {
    if (arg.kind === "keyword") note(found, "keyword", arg.span, arg.name?.text ?? null);
    if (arg.kind === "double-star") note(found, "keyword", arg.span, null);
    if (arg.kind === "star") note(found, "starred", arg.span);
    seeExpression(found, arg.value);
  }
}

export function clauses(found: string[], list: readonly PyComprehensionClause[]): number[] {
  for (const clause of list) all(found, [clause.target, clause.iterable, ...clause.conditions]);
  return list.map((clause) => clause.conditions.length);
}

export function seeExpression(found: string[], node: PyExpression, within: string | null = null): void {
  const { kind, span } = node;
  switch (kind) {
    case "name":
      note(found, kind, span, node.id);
      return;
    case "string":
      note(found, kind, span, node.value, node.bytes);
      return;
    case "number":
      note(found, kind, span, Math.abs(node.value ?? 0) === Infinity ? "inf" : node.value, node.integer);
      return;
    case "constant":
      note(found, kind, span, node.value);
      return;
    case "fstring": {
      if (node.parts.some((part) => part.kind === "field" && part.value.kind === "broken")) {
        note(found, "named-characters", span);
        fields(found, node.parts);
        return;
      }
      const parts = node.parts.map((part) => (part.kind === "text" ? part.value : null));
      const conversions = node.parts.flatMap((part) => (part.kind === "field" ? [part.conversion] : []));
      note(found, kind, span, parts, conversions);
      fields(found, node.parts);
      return;
    }
    case "attribute":
      note(found, kind, span, node.name.text);
      seeExpression(found, node.object);
      return;
    case "call":
      note(found, kind, span, node.args.length);
      seeExpression(found, node.callee);
      args(found, node.args);
      return;
    case "subscript":
      note(found, kind, span);
      all(found, [node.object, node.index]);
      return;
    case "slice":
      note(
        found,
        kind,
        span,
        [node.lower, node.upper, node.step].map((each) => each !== null),
      );
      all(found, [node.lower, node.upper, node.step]);
      return;
    case "list":
    case "tuple":
    case "set":
      note(found, kind, span, node.items.length);
      all(found, node.items);
      return;
    case "dict":
      note(
        found,
        kind,
        span,
        node.entries.map((entry) => entry.kind === "pair"),
      );
      all(
        found,
        node.entries.flatMap((entry) => (entry.kind === "pair" ? [entry.key, entry.value] : [entry.value])),
      );
      return;
    case "comprehension":
      seeExpression(found, node.element);
      note(found, kind, span, node.result, clauses(found, node.clauses));
      return;
    case "dict-comprehension":
      all(found, [node.key, node.value]);
      note(found, kind, span, clauses(found, node.clauses));
      return;
    case "conditional":
      note(found, kind, span);
      all(found, [node.then, node.test, node.otherwise]);
      return;
    case "boolean":
      if (within !== node.operator) note(found, kind, span, node.operator);
      seeExpression(found, node.left, node.operator);
      seeExpression(found, node.right);
      return;
    case "binary":
      note(found, kind, span, node.operator);
      all(found, [node.left, node.right]);
      return;
    case "unary":
      note(found, kind, span, node.operator);
      seeExpression(found, node.operand);
      return;
    case "comparison":
      note(
        found,
        kind,
        span,
        node.rest.map((each) => each.operator),
      );
      all(found, [node.left, ...node.rest.map((each) => each.right)]);
      return;
    case "lambda":
      note(found, kind, span);
      parameters(found, node.parameters);
      seeExpression(found, node.body);
      return;
    case "walrus":
      note(found, kind, span, node.target.text);
      seeExpression(found, node.value);
      return;
    case "starred":
      note(found, kind, span);
      seeExpression(found, node.value);
      return;
    case "await":
    case "yield":
    case "yield-from":
      note(found, kind, span);
      all(found, [node.value]);
      return;
    case "broken":
      note(found, kind, span);
      return;
  }
}
