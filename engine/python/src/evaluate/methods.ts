import type { PyFunction, PyStatement } from "#syntax";
import { blocksOf } from "./blocks.ts";
import type { ClassInfo } from "./scope.ts";
import type { FunctionValue, InstanceValue } from "./value.ts";

/** The functions that stand in a class body, whatever `if` or `try` is around them. */
export function methodsOf(info: ClassInfo): readonly PyFunction[] {
  return functionsIn(info.node.body);
}

const methodMemo = new WeakMap<readonly PyStatement[], readonly PyFunction[]>();

function functionsIn(body: readonly PyStatement[]): readonly PyFunction[] {
  const known = methodMemo.get(body);
  if (known) return known;
  const found: PyFunction[] = [];
  for (const statement of body) {
    if (statement.kind === "function") found.push(statement);
    else for (const block of blocksOf(statement)) for (const each of functionsIn(block)) found.push(each);
  }
  methodMemo.set(body, found);
  return found;
}

/** What a method calls its instance; null for functions without a first parameter. */
export function selfName(method: PyFunction): string | null {
  const first = method.parameters.find((parameter) => parameter.kind === "plain");
  return first?.name.text ?? null;
}

/** A method of the class bound to the instance. */
export function methodValue(instance: InstanceValue, owner: ClassInfo, method: PyFunction): FunctionValue {
  return { kind: "function", node: method, frame: owner.frame, self: instance, owner, because: [], configurable: [] };
}
