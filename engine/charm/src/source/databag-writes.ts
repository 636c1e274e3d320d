import type { PyExpression, PyFunction, PyStatement } from "#syntax";
import type { PyNode } from "./syntax-walk.ts";

/** `relation.data[entity]["key"] = value`, or one entry of `relation.data[entity].update({…})`. */
export interface DatabagWrite {
  readonly relation: PyExpression;
  readonly key: string;
  readonly value: PyExpression;
  /** The enclosing function or method. */
  readonly function: PyFunction;
}

type Writing = Extract<PyStatement, { kind: "assign" }> | Extract<PyExpression, { kind: "call" }>;

/**
 * The databag writes of a statement or call with literal keys, inside a function
 * (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.RelationData).
 */
export function databagWritesAt(node: Writing, around: readonly PyNode[]): readonly DatabagWrite[] {
  const pairs = node.kind === "assign" ? assigned(node) : updated(node);
  if (pairs.length === 0) return [];
  const inside = around.findLast((each) => each.kind === "function");
  return inside ? pairs.map((pair) => ({ ...pair, function: inside })) : [];
}

type Pair = Omit<DatabagWrite, "function">;

function assigned(node: Extract<PyStatement, { kind: "assign" }>): readonly Pair[] {
  return node.targets.flatMap((target) => {
    if (target.kind !== "subscript" || target.index.kind !== "string") return [];
    const relation = relationOfDatabag(target.object);
    return relation ? [{ relation, key: target.index.value, value: node.value }] : [];
  });
}

function updated(node: Extract<PyExpression, { kind: "call" }>): readonly Pair[] {
  const { callee } = node;
  if (callee.kind !== "attribute" || callee.name.text !== "update") return [];
  const relation = relationOfDatabag(callee.object);
  if (!relation) return [];
  return node.args.flatMap((argument): readonly Pair[] => {
    if (argument.kind === "keyword" && argument.name) {
      return [{ relation, key: argument.name.text, value: argument.value }];
    }
    if (argument.value.kind !== "dict") return [];
    return argument.value.entries.flatMap((entry) =>
      entry.kind === "pair" && entry.key.kind === "string"
        ? [{ relation, key: entry.key.value, value: entry.value }]
        : [],
    );
  });
}

/** The relation of `relation.data[entity]`. */
function relationOfDatabag(expression: PyExpression): PyExpression | null {
  if (expression.kind !== "subscript" || expression.object.kind !== "attribute") return null;
  return expression.object.name.text === "data" ? expression.object.object : null;
}
