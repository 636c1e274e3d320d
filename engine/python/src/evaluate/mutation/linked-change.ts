import type { PyExpression } from "#syntax";
import { type Condition, negated } from "../../condition/condition.ts";
import { CYCLE, TOO_DEEP, TOO_LARGE, TOO_MUCH } from "../budget.ts";
import type { Interpreter } from "../interpreter.ts";
import type { Frame } from "../names/scope.ts";
import { snippet } from "../names/snippet.ts";
import { join, joinedBranches, optionsOfValue, TOO_MANY } from "../values/join.ts";
import type { PyValue } from "../values/value.ts";
import { openedCollection } from "./dict-mutation.ts";
import type { Effect } from "./effect.ts";

/** Why a value is unknown though it may well be one that is known elsewhere. */
const HIDING: ReadonlySet<string> = new Set([CYCLE, TOO_DEEP, TOO_LARGE, TOO_MUCH, TOO_MANY]);

/** The deepest nesting of collections that is searched. */
const DEEPEST = 8;

/**
 * A variable's value after a change of an object that it is, or holds, under another name: wherever that object is in
 * the value it is changed there. The object is identified by its allocation site; where working that out was
 * cut short, every collection in the value may be it.
 */
export function afterLinkedChange(
  cx: Interpreter,
  effect: Effect,
  state: PyValue | null,
  frame: Frame,
  apply: (value: PyValue) => PyValue,
): PyValue | null {
  if (!state || !holdsCollection(state)) return state;
  const object = objectOf(effect);
  if (!object) return state;
  const source = snippet(frame.scope.module.file, effect.at);
  const options = optionsOfValue(cx.evaluate(object, frame));
  const lineages = new Set<object>();
  for (const option of options) {
    if (option.kind === "sequence" || option.kind === "dict") lineages.add(option.lineage);
    else if (option.kind === "unknown" && HIDING.has(option.why))
      return replaced(
        state,
        (one) => openedCollection(one, `\`${source}\` may change it`),
        () => true,
        0,
      );
  }
  if (lineages.size === 0) return state;
  const certain = options.length === 1;
  const same: Condition = [{ kind: "same-object", source }];
  const change = (one: PyValue) => (certain ? apply(one) : joinedBranches(one, apply(one), negated(same), same));
  return replaced(state, change, (one) => lineages.has(one.lineage), 0);
}

/** The expression by which an effect reaches what it changes. */
function objectOf(effect: Effect): PyExpression | null {
  switch (effect.kind) {
    case "mutate":
    case "set-item":
      return effect.object;
    case "inside":
      return effect.change.object;
    case "augment":
      return effect.target;
    case "pass":
      return effect.argument.value;
    default:
      return null;
  }
}

type Collection = Extract<PyValue, { kind: "sequence" | "dict" }>;

function holdsCollection(value: PyValue): boolean {
  return optionsOfValue(value).some((option) => option.kind === "sequence" || option.kind === "dict");
}

/** The value with the collections that are meant changed, outer ones first; the very same value where none is in it. */
function replaced(
  value: PyValue,
  change: (one: PyValue) => PyValue,
  isMeant: (one: Collection) => boolean,
  depth: number,
): PyValue {
  if (depth > DEEPEST) return value;
  const inner = (one: PyValue) => replaced(one, change, isMeant, depth + 1);
  if (value.kind === "one-of") {
    const options = value.options.map(inner);
    return options.some((option, index) => option !== value.options[index]) ? join(options) : value;
  }
  if (value.kind !== "sequence" && value.kind !== "dict") return value;
  const whole = isMeant(value) ? change(value) : value;
  if (whole.kind === "sequence") {
    const elements = whole.elements.map((one) => within(one, inner));
    return elements.some((one, index) => one !== whole.elements[index]) ? { ...whole, elements } : whole;
  }
  if (whole.kind === "dict") {
    const entries = whole.entries.map((one) => within(one, inner));
    return entries.some((one, index) => one !== whole.entries[index]) ? { ...whole, entries } : whole;
  }
  return whole;
}

function within<T extends { readonly value: PyValue }>(part: T, change: (value: PyValue) => PyValue): T {
  const value = change(part.value);
  return value === part.value ? part : { ...part, value };
}
