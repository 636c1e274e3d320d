import { memo, type PyExpression, type PyFunction, type PyStatement } from "#syntax";
import { type Condition, negated } from "../../condition/condition.ts";
import { reachedMethods, touchesOnSelf } from "../calls/method-reach.ts";
import { methodsOf, methodValue, selfName } from "../calls/methods.ts";
import { blocksOf } from "../flow/blocks.ts";
import { touchedIn } from "../flow/touched.ts";
import type { Interpreter } from "../interpreter.ts";
import { openedCollection } from "../mutation/dict-mutation.ts";
import { changedIn } from "../mutation/links.ts";
import type { ClassInfo, Scope } from "../names/scope.ts";
import { sourceIndex } from "../names/source-index.ts";
import { join, joinedBranches, optionsOfValue } from "../values/join.ts";
import { identityOf, unknownValue } from "../values/making.ts";
import type { InstanceValue, PyValue } from "../values/value.ts";
import { initialFrame } from "./construction.ts";
import { decoratedBy } from "./lineage.ts";

const INITIALISERS: readonly string[] = ["__init__", "__post_init__", "__attrs_post_init__", "model_post_init"];

/** Whether the class body or one of the class's own methods binds or changes the attribute. */
export function touchesAttribute(info: ClassInfo, name: string): boolean {
  return touchedIn(info.node.body).has(name) || touchesOnSelf(info, name);
}

function touchesSelf(method: PyFunction, name: string): boolean {
  const self = selfName(method);
  return self !== null && changedIn(method.body).has(`${self}.${name}`);
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
  if (outside.values.length === 0 && !classes.some((one) => touchesOnSelf(one, name))) return null;
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
  outside: Outside,
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
      if (INITIALISERS.includes(called) || !touchesSelf(method, name) || isIdleSetter(cx, method)) continue;
      if (reached?.has(called)) continue;
      const fn = methodValue(instance, owner, method);
      const path = `${selfName(method) ?? "self"}.${name}`;
      const later = cx.state({ path, body: method.body, frame: cx.methodFrame(fn), start: initially, until: null });
      if (later === null || later === initially) continue;
      const condition: Condition = [{ kind: "run", name: called }];
      value = value ? joinedBranches(value, later, negated(condition), condition) : later;
    }
  }
  if (outside.values.length > 0) value = value ? join([value, ...outside.values]) : join(outside.values);
  const { changed } = outside;
  return changed !== null && value ? join(optionsOfValue(value).map((one) => openedCollection(one, changed))) : value;
}

const SETTERS: ReadonlySet<string> = new Set(["setter"]);

/** A property's setter that no code of the charm's own calls: nothing is assigned to an attribute of its name. */
function isIdleSetter(cx: Interpreter, method: PyFunction): boolean {
  const { text } = method.name;
  if (!decoratedBy(method, SETTERS)) return false;
  return !cx.mentioning(text).some((module) => (sourceIndex(module).attributeAssignments.get(text) ?? []).length > 0);
}

/** What code that is no method of the class makes of an attribute: the values it assigns, and why a collection may change. */
interface Outside {
  readonly values: readonly PyValue[];
  readonly changed: string | null;
}

/** `other.attribute = value` in code that is no method of the class, where `other` is an instance of it or the class itself. */
function assignedFromOutside(cx: Interpreter, info: ClassInfo, name: string): Outside {
  return cx.remembered<Outside>(
    info,
    `outside ${name}`,
    () => {
      const values: PyValue[] = [];
      let changed: string | null = null;
      for (const module of cx.mentioning(name)) {
        for (const one of sourceIndex(module).attributeAssignments.get(name) ?? []) {
          const { object } = one.target;
          const { node } = one.scope;
          if (node.kind === "lambda") continue;
          if (isOwn(object, one.scope)) continue;
          const frame = cx.genericFrame(one.scope);
          const target = cx.evaluate(object, frame);
          const meant = optionsOfValue(target).some(
            (option) => (option.kind === "instance" || option.kind === "class") && option.class === info,
          );
          if (!meant) continue;
          if (one.inPlace) {
            changed ??= `\`${module.path}\` changes it`;
            continue;
          }
          const value = one.value ? cx.evaluate(one.value, frame) : unknownValue(`\`${module.path}\` changes it`);
          values.push(value);
        }
      }
      return { values, changed: changed ?? changedByName(cx, info, name) };
    },
    (why) => ({ values: [unknownValue(why)], changed: null }),
  );
}

/** What an attribute holds as one method leaves it, `open` where the object gives it out by another name and that is changed. */
export function givenOutState(cx: Interpreter, value: PyValue, object: PyValue, name: string): PyValue {
  if (object.kind !== "instance" || !object.class || (value.kind !== "sequence" && value.kind !== "dict")) return value;
  const changed = changedByName(cx, object.class, name);
  return changed === null ? value : openedCollection(value, changed);
}

/** Why the attribute's collection may change through a property or method that gives it out: `self.items.append(…)`. */
function changedByName(cx: Interpreter, info: ClassInfo, name: string): string | null {
  const givers = cx.lineage(info).classes.flatMap((one) => methodsOf(one).filter((each) => givesOut(each).has(name)));
  for (const { name: giver } of givers) {
    for (const module of cx.mentioning(giver.text)) {
      for (const one of sourceIndex(module).attributeAssignments.get(giver.text) ?? []) {
        if (!one.inPlace || one.scope.node.kind === "lambda") continue;
        const target = cx.evaluate(one.target.object, cx.genericFrame(one.scope));
        if (optionsOfValue(target).some((option) => option.kind === "instance" && option.class === info))
          return `\`${module.path}\` changes what \`${giver.text}\` gives`;
      }
    }
  }
  return null;
}

/** The attributes of the instance that a method returns as they are. */
const givesOut = memo((method: PyFunction): ReadonlySet<string> => {
  const found = new Set<string>();
  const self = selfName(method);
  const look = (body: readonly PyStatement[]): void => {
    for (const statement of body) {
      const value = statement.kind === "return" ? statement.value : null;
      if (value?.kind === "attribute" && value.object.kind === "name" && value.object.id === self)
        found.add(value.name.text);
      if (statement.kind !== "function" && statement.kind !== "class")
        for (const block of blocksOf(statement)) look(block);
    }
  };
  look(method.body);
  return found;
});

/** `self.attribute` in a method: the methods of a class are followed by themselves. */
function isOwn(object: PyExpression, { node, parent }: Scope): boolean {
  return node.kind === "function" && object.kind === "name" && object.id === selfName(node) && parent?.kind === "class";
}
