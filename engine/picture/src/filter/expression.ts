import type { EdgeView, NodeView } from "#protocol";
import type { FilterContext, Flag, ValueOperand } from "./operand.ts";
import type { Comparison } from "./operator.ts";

/** A parsed find or hide expression. */
export type Expression =
  | { readonly kind: "and" | "or"; readonly parts: readonly Expression[] }
  | { readonly kind: "not"; readonly part: Expression }
  | { readonly kind: "flag"; readonly flag: Flag }
  | { readonly kind: "present"; readonly operand: ValueOperand }
  | { readonly kind: "comparison"; readonly operand: ValueOperand; readonly test: Comparison };

/**
 * Whether a node fulfils the expression. What an expression says of edges is neither true nor false of a node
 * (Kleene's third value), so that `not verdict = denied` does not match every node.
 */
export function nodeMatches(expression: Expression, node: NodeView, context: FilterContext): boolean {
  return onNode(expression, node, context) === true;
}

function onNode(expression: Expression, node: NodeView, context: FilterContext): boolean | null {
  switch (expression.kind) {
    case "not": {
      const inner = onNode(expression.part, node, context);
      return inner === null ? null : !inner;
    }
    case "and":
    case "or": {
      const deciding = expression.kind === "or";
      let undecided = false;
      for (const part of expression.parts) {
        const value = onNode(part, node, context);
        if (value === deciding) return deciding;
        if (value === null) undecided = true;
      }
      return undecided ? null : !deciding;
    }
    case "flag":
      return expression.flag.node ? expression.flag.node(node, context) : null;
    case "present":
      return expression.operand.node ? expression.operand.node(node, context).values.length > 0 : null;
    case "comparison":
      return expression.operand.node ? expression.test.holds(expression.operand.node(node, context)) : null;
  }
}

/** A truth value, and whether something of the edge itself (and not only of its ends) brought it about. */
interface Finding {
  readonly value: boolean;
  readonly ofEdge: boolean;
}

/**
 * Whether an edge fulfils the expression. What it says of nodes is asked of one end, then of the other; but an edge matches only if
 * something that is said of edges had a part in it: `app = loki` finds the node alone, `app = loki and denied` its refused edges.
 */
export function edgeMatches(expression: Expression, edge: EdgeView, context: FilterContext): boolean {
  return [edge.source, edge.target].some((end) => {
    const finding = onEdge(expression, edge, context.nodes.get(end) ?? null, context);
    return finding.value && finding.ofEdge;
  });
}

function onEdge(expression: Expression, edge: EdgeView, end: NodeView | null, context: FilterContext): Finding {
  switch (expression.kind) {
    case "not": {
      const inner = onEdge(expression.part, edge, end, context);
      return { value: !inner.value, ofEdge: inner.ofEdge };
    }
    case "and":
    case "or": {
      const deciding = expression.kind === "or";
      const findings = expression.parts.map((part) => onEdge(part, edge, end, context));
      const decisive = findings.filter((finding) => finding.value === deciding);
      const shown = decisive.length > 0 ? decisive : findings;
      return {
        value: decisive.length > 0 ? deciding : !deciding,
        ofEdge: shown.some((finding) => finding.ofEdge),
      };
    }
    case "flag": {
      const { flag } = expression;
      if (flag.edge) return { value: flag.edge(edge, context), ofEdge: true };
      return { value: end !== null && (flag.node?.(end, context) ?? false), ofEdge: false };
    }
    case "present": {
      const { operand } = expression;
      if (operand.edge) return { value: operand.edge(edge, context).values.length > 0, ofEdge: true };
      return { value: end !== null && (operand.node?.(end, context).values.length ?? 0) > 0, ofEdge: false };
    }
    case "comparison": {
      const { operand, test } = expression;
      if (operand.edge) return { value: test.holds(operand.edge(edge, context)), ofEdge: true };
      return { value: end !== null && operand.node !== null && test.holds(operand.node(end, context)), ofEdge: false };
    }
  }
}
