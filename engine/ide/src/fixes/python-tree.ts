import {
  encloses,
  type Location,
  type PyClass,
  type PyExpression,
  type PyFunction,
  type PyModule,
  type Span,
} from "#syntax";

/** Anything of the tree that has a span and a kind. */
export interface PyNode {
  readonly kind: string;
  readonly span: Span;
}

/** Visits every node of a tree, outer before inner. A visitor that returns false skips the node's descendants. */
export function visitPython(root: object, visit: (node: PyNode) => boolean | undefined): void {
  for (const value of Object.values(root)) {
    if (Array.isArray(value)) for (const each of value) visitValue(each, visit);
    else visitValue(value, visit);
  }
}

function visitValue(value: unknown, visit: (node: PyNode) => boolean | undefined): void {
  if (typeof value !== "object" || value === null) return;
  if (isNode(value) && visit(value) === false) return;
  if (isNode(value) || !("start" in value)) visitPython(value, visit);
}

function isNode(value: object): value is PyNode {
  return "kind" in value && "span" in value;
}

/** The nodes that enclose a span, outermost first. */
export function nodesAround(module: PyModule, inner: Span): PyNode[] {
  const found: PyNode[] = [];
  visitPython(module, (node) => {
    if (!encloses(node.span, inner)) return false;
    found.push(node);
    return true;
  });
  return found;
}

/** The expression exactly at a place; null where there is none (a damaged file). */
export function expressionAt(module: PyModule, { span }: Location): PyExpression | null {
  const exact = nodesAround(module, span).filter(
    (node) => node.span.start === span.start && node.span.end === span.end,
  );
  return (exact.findLast((node) => EXPRESSIONS.has(node.kind)) as PyExpression | undefined) ?? null;
}

/** The call at a place. */
export function callAt(module: PyModule, location: Location): Extract<PyExpression, { kind: "call" }> | null {
  const found = expressionAt(module, location);
  return found?.kind === "call" ? found : null;
}

/** The innermost class around a span. */
export function classAround(module: PyModule, inner: Span): PyClass | null {
  return (nodesAround(module, inner).findLast((node) => node.kind === "class") as PyClass | undefined) ?? null;
}

/** The innermost function around a span. */
export function functionAround(module: PyModule, inner: Span): PyFunction | null {
  return (nodesAround(module, inner).findLast((node) => node.kind === "function") as PyFunction | undefined) ?? null;
}

/** The module from which a name is imported at the top, as it is written there; null where it comes otherwise. */
export function importedModule(module: PyModule, name: string): string | null {
  const found = module.body.find(
    (each) => each.kind === "import-from" && each.names.some((alias) => (alias.as ?? alias.name).text === name),
  );
  return found?.kind === "import-from" && found.level === 0 ? found.module.text : null;
}

/** The text of a place. */
export function textAt({ file, span }: Location): string {
  return file.text.slice(span.start, span.end);
}

const EXPRESSIONS: ReadonlySet<string> = new Set<PyExpression["kind"]>([
  "name",
  "string",
  "fstring",
  "number",
  "constant",
  "attribute",
  "call",
  "subscript",
  "slice",
  "list",
  "tuple",
  "set",
  "dict",
  "comprehension",
  "dict-comprehension",
  "conditional",
  "boolean",
  "binary",
  "unary",
  "comparison",
  "lambda",
  "walrus",
  "starred",
  "await",
  "yield",
  "yield-from",
]);
