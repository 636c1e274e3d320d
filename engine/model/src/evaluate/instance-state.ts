import type { PyFunction } from "#syntax";
import { initialFrame } from "./construction.ts";
import type { Interpreter } from "./interpreter.ts";
import { join, met, optionsOfValue } from "./join.ts";
import { identityOf, unknownValue } from "./making.ts";
import { reachedMethods, touchesOnSelf } from "./method-reach.ts";
import { methodsOf, methodValue, selfName } from "./methods.ts";
import type { ClassInfo } from "./scope.ts";
import { sourceIndex } from "./source-index.ts";
import { touchedIn } from "./touched.ts";
import type { InstanceValue, PyValue } from "./value.ts";

const INITIALISERS: readonly string[] = ["__init__", "__post_init__", "__attrs_post_init__", "model_post_init"];

/** Whether the class body or one of the class's own methods binds or changes the attribute. */
export function touchesAttribute(info: ClassInfo, name: string): boolean {
  return touchedIn(info.node.body).has(name) || touchesOnSelf(info, name);
}

function touchesSelf(method: PyFunction, name: string): boolean {
  const self = selfName(method);
  return self !== null && touchedIn(method.body).has(`${self}.${name}`);
}

/**
 * The attribute as `__init__` leaves it, with what other methods may make of it later; null where no code of the class
 * binds or changes it. `start` is what it is before: the class's own, or a record's field.
 */
export function instanceState(
  cx: Interpreter,
  instance: InstanceValue,
  info: ClassInfo,
  name: string,
  start: () => PyValue | null,
): PyValue | null {
  const { classes } = cx.lineage(info);
  const outside = assignedFromOutside(cx, info, name);
  if (outside.length === 0 && !classes.some((one) => touchesOnSelf(one, name))) return null;
  return cx.remembered<PyValue | null>(
    identityOf(instance),
    `attribute ${name}`,
    () => computed(cx, instance, info, name, outside, start()),
    (why) => unknownValue(why),
  );
}

function computed(
  cx: Interpreter,
  instance: InstanceValue,
  info: ClassInfo,
  name: string,
  outside: readonly PyValue[],
  start: PyValue | null,
): PyValue | null {
  const { classes } = cx.lineage(info);
  let value = start;
  for (const owner of classes.toReversed()) {
    for (const method of methodsOf(owner)) {
      if (!INITIALISERS.includes(method.name.text)) continue;
      const path = `${selfName(method) ?? "self"}.${name}`;
      const frame = initialFrame(cx, instance, owner, method);
      value = cx.state({ path, body: method.body, frame, start: value, until: null });
    }
  }
  const initially = value;
  const reached = initially === null ? null : reachedMethods(cx, info, INITIALISERS);
  for (const owner of classes) {
    for (const method of methodsOf(owner)) {
      const called = method.name.text;
      if (INITIALISERS.includes(called) || !touchesSelf(method, name)) continue;
      if (reached?.has(called)) continue;
      const fn = methodValue(instance, owner, method);
      const path = `${selfName(method) ?? "self"}.${name}`;
      const later = cx.state({ path, body: method.body, frame: cx.methodFrame(fn), start: initially, until: null });
      if (later === null || later === initially) continue;
      const condition = `\`${called}()\` has run`;
      value = value ? met(value, later, `not ${condition}`, condition) : later;
    }
  }
  if (outside.length > 0) value = value ? join([value, ...outside]) : join(outside);
  return value;
}

/** `other.attribute = value` in code that is no method of the class, where `other` is an instance of it or the class itself. */
function assignedFromOutside(cx: Interpreter, info: ClassInfo, name: string): readonly PyValue[] {
  return cx.remembered<readonly PyValue[]>(
    info,
    `outside ${name}`,
    () => {
      const values: PyValue[] = [];
      for (const module of cx.mentioning(name)) {
        for (const one of sourceIndex(module).attributeAssignments.get(name) ?? []) {
          const { object } = one.target;
          const { node } = one.scope;
          if (object.kind !== "name" || node.kind === "lambda") continue;
          if (node.kind === "function" && object.id === selfName(node) && one.scope.parent?.kind === "class") continue;
          const frame = cx.genericFrame(one.scope);
          const target = cx.evaluate(object, frame);
          const meant = optionsOfValue(target).some(
            (option) => (option.kind === "instance" || option.kind === "class") && option.class === info,
          );
          if (!meant) continue;
          const value = one.value ? cx.evaluate(one.value, frame) : unknownValue(`\`${module.path}\` changes it`);
          values.push(value);
        }
      }
      return values;
    },
    (why) => [unknownValue(why)],
  );
}
