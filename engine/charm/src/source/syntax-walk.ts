import { childExpressions } from "#python";
import type { PyArgument, PyExpression, PyModule, PyParameter, PyStatement } from "#syntax";

export type PyNode = PyExpression | PyStatement | PyModule;

/** A visitor receives the node and its ancestors, outermost first. */
export type Visit = (node: PyNode, around: readonly PyNode[]) => void;

/** What is nested deeper than this is left out: only a machine writes such a thing. */
const DEEPEST = 400;

/** Calls `visit` for a node and every statement and expression in it, in source order, each with its ancestors. */
export function walkNode(node: PyNode, visit: Visit): void {
  descend(node, [], visit);
}

function descend(node: PyNode, around: PyNode[], visit: Visit): void {
  if (around.length > DEEPEST) return;
  visit(node, around);
  const children = childrenOf(node);
  if (children.length === 0) return;
  around.push(node);
  for (const child of children) descend(child, around, visit);
  around.pop();
}

/** The statements and expressions directly inside a node. */
function childrenOf(node: PyNode): readonly PyNode[] {
  switch (node.kind) {
    case "module":
      return node.body;
    case "expression":
      return [node.value];
    case "assign":
      return [...node.targets, node.value];
    case "annotated-assign":
      return present([node.target, node.annotation, node.value]);
    case "augmented-assign":
      return [node.target, node.value];
    case "return":
    case "raise":
      return node.value ? [node.value] : NONE;
    case "if":
      return [node.test, ...node.then, ...node.otherwise];
    case "for":
      return [node.target, node.iterable, ...node.body, ...node.otherwise];
    case "while":
      return [node.test, ...node.body, ...node.otherwise];
    case "try":
      return [
        ...node.body,
        ...node.handlers.flatMap((handler) => [...present([handler.type]), ...handler.body]),
        ...node.otherwise,
        ...node.final,
      ];
    case "with":
      return [...node.items.flatMap((item) => present([item.value, item.target])), ...node.body];
    case "match":
      return [node.subject, ...node.cases.flatMap((each) => [...present([each.guard]), ...each.body])];
    case "function":
      return [...node.decorators, ...inParameters(node.parameters), ...present([node.returns]), ...node.body];
    case "class":
      return [...node.decorators, ...node.bases.map((base: PyArgument) => base.value), ...node.body];
    case "delete":
      return node.targets;
    case "assert":
      return present([node.test, node.message]);
    case "type-alias":
      return [node.value];
    case "import":
    case "import-from":
    case "global":
    case "nonlocal":
    case "pass":
    case "break":
    case "continue":
      return NONE;
    case "lambda":
      return [...inParameters(node.parameters), node.body];
    default:
      return childExpressions(node as PyExpression);
  }
}

const NONE: readonly PyNode[] = [];

function present(nodes: readonly (PyExpression | null)[]): readonly PyExpression[] {
  return nodes.filter((node) => node !== null);
}

function inParameters(parameters: readonly PyParameter[]): readonly PyExpression[] {
  return parameters.flatMap((parameter) => present([parameter.annotation, parameter.default]));
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
