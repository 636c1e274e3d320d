import type { PyExpression, PyModule, PyStatement } from "#syntax";

type PyNode = PyExpression | PyStatement | PyModule;

/** What a visitor is told of a node: the node, and the nodes around it, outermost first. */
export type Visit = (node: PyNode, around: readonly PyNode[]) => void;

/**
 * Calls `visit` for every statement and expression of a module, in source order, each with what stands around it.
 * What is nested deeper than `DEEPEST` is left out: only a machine writes such a thing.
 */
export function walkModule(module: PyModule, visit: Visit): void {
  walkNode(module, visit);
}

/** The same for a part of a module: the node itself first. */
export function walkNode(node: PyNode, visit: Visit): void {
  descend(node as unknown as Readonly<Record<string, unknown>>, [], visit);
}

const DEEPEST = 400;

function descend(node: Readonly<Record<string, unknown>>, around: PyNode[], visit: Visit): void {
  const isNode = isPyNode(node);
  if (around.length > DEEPEST) return;
  if (isNode) {
    visit(node as unknown as PyNode, around);
    around.push(node as unknown as PyNode);
  }
  for (const key in node) {
    if (key === "span" || key === "comments" || key === "problems") continue;
    const value = node[key];
    if (Array.isArray(value)) {
      for (const item of value) if (isRecord(item)) descend(item, around, visit);
    } else if (isRecord(value)) descend(value, around, visit);
  }
  if (isNode) around.pop();
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** Parts that carry a `kind` of their own but are no statement or expression: arguments, dict entries, parameters, f-string parts. */
const PARTS: ReadonlySet<unknown> = new Set([
  "positional",
  "keyword",
  "double-star",
  "star",
  "plain",
  "marker",
  "pair",
  "spread",
  "text",
  "field",
]);

function isPyNode(value: Readonly<Record<string, unknown>>): boolean {
  return typeof value["kind"] === "string" && !PARTS.has(value["kind"]);
}

/** `a.b.c` as text where an expression is nothing but names and dots; null otherwise. */
export function dottedText(expression: PyExpression): string | null {
  const parts: string[] = [];
  let at = expression;
  while (at.kind === "attribute") {
    parts.push(at.name.text);
    at = at.object;
  }
  if (at.kind !== "name") return null;
  parts.push(at.id);
  return parts.reverse().join(".");
}
