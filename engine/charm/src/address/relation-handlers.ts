import { asString, callsNamed, evaluate, type Frame, knownValue, type Program, type Scope } from "#python";
import type { PyExpression } from "#syntax";
import { walkNode } from "../source/syntax-walk.ts";

/** Events of one endpoint (https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.CharmEvents). */
const EVENT = /^(\w+)_relation_(?:created|joined|changed|departed|broken)$/;

/**
 * The endpoints that a function deals with: those that it looks up in the model (`relations["x"]`, `get_relation("x")`),
 * and those whose events it is registered for. Names with hyphens come out of `self.on.my_db_…` with underscores and hyphens.
 */
export function relationsOfHandler(program: Program, scope: Scope, frame: Frame): readonly string[] {
  if (scope.node.kind !== "function") return [];
  const names = new Set<string>();
  const add = (expression: PyExpression | undefined, at: Frame) => {
    const name = expression ? knownValue(asString(evaluate(program, expression, at))) : undefined;
    if (name !== undefined) names.add(name);
  };
  walkNode(scope.node, (node) => {
    if (node.kind === "subscript" && isAttribute(node.object, "relations")) add(node.index, frame);
    if (node.kind === "call" && isAttribute(node.callee, "get_relation")) add(node.args[0]?.value, frame);
  });
  const handler = scope.node.name.text;
  for (const site of callsNamed(program, ["observe"])) {
    const [event, callback] = site.expression.args;
    if (!event || callback?.value.kind !== "attribute" || callback.value.name.text !== handler) continue;
    if (event.value.kind !== "attribute") continue;
    const { object, name } = event.value;
    if (object.kind === "subscript" && isAttribute(object.object, "on")) add(object.index, site.frame);
    const underscored = isAttribute(object, "on") ? EVENT.exec(name.text)?.[1] : undefined;
    if (underscored !== undefined) names.add(underscored).add(underscored.replaceAll("_", "-"));
  }
  return [...names];
}

function isAttribute(expression: PyExpression, name: string): boolean {
  return expression.kind === "attribute" && expression.name.text === name;
}
