import { memo, type PyFunction, type PyStatement } from "#syntax";
import { blocksOf } from "../flow/blocks.ts";
import type { ClassInfo } from "../names/scope.ts";
import type { FunctionValue, InstanceValue } from "../values/value.ts";

/** The functions that stand in a class body, whatever `if` or `try` is around them. */
export function methodsOf(info: ClassInfo): readonly PyFunction[] {
  return functionsIn(info.node.body);
}

const functionsIn = memo((body: readonly PyStatement[]): readonly PyFunction[] => {
  const found: PyFunction[] = [];
  for (const statement of body) {
    if (statement.kind === "function") found.push(statement);
    else for (const block of blocksOf(statement)) for (const each of functionsIn(block)) found.push(each);
  }
  return found;
});

/** What a method calls its instance; null for functions without a first parameter. */
export function selfName(method: PyFunction): string | null {
  const first = method.parameters.find((parameter) => parameter.kind === "plain");
  return first?.name.text ?? null;
}

/** A method of the class bound to the instance. */
export function methodValue(instance: InstanceValue, owner: ClassInfo, method: PyFunction): FunctionValue {
  return { kind: "function", node: method, frame: owner.frame, self: instance, owner, because: [], configurable: [] };
}
