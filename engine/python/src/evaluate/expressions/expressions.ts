import type { PyDictEntry, PyExpression } from "#syntax";
import { bothConditions } from "../../condition/condition.ts";
import { fstringValue } from "../builtins/text-values.ts";
import { callValue } from "../calls/calls.ts";
import { scopeFrame } from "../flow/iteration-frame.ts";
import { pathOf } from "../flow/path.ts";
import { testedIn } from "../flow/touched.ts";
import type { Interpreter } from "../interpreter.ts";
import { merged } from "../mutation/dict-mutation.ts";
import { changedIn } from "../mutation/links.ts";
import type { Frame } from "../names/scope.ts";
import { placeIn, snippet } from "../names/snippet.ts";
import { lastName } from "../names/source-index.ts";
import { configValue } from "../objects/config-values.ts";
import { givenOutState } from "../objects/instance-state.ts";
import { distinct, mayCoincide } from "../values/iteration.ts";
import { join } from "../values/join.ts";
import {
  boolValue,
  dictionary,
  external,
  intValue,
  NONE,
  numberValue,
  orderOf,
  restingOn,
  sequence,
  stringValue,
  unknownValue,
  whyUnread,
} from "../values/making.ts";
import type { DictEntry, Element, FunctionValue, PyValue, SequenceValue } from "../values/value.ts";
import { comparedValue } from "./comparison.ts";
import { comprehensionValue, dictComprehensionValue } from "./comprehension.ts";
import { binaryValue } from "./operators.ts";
import { sliceValue, subscriptValue } from "./subscripts.ts";

/** The value of an expression that stands in the frame. */
export function expressionValue(cx: Interpreter, expression: PyExpression, frame: Frame): PyValue {
  const inside = (one: PyExpression) => cx.evaluate(one, frame);
  const text = (one: PyExpression) => snippet(frame.scope.module.file, one.span);
  switch (expression.kind) {
    case "name":
      return cx.name(expression.id, frame, expression.span);
    case "string":
      return stringValue(expression.value, expression.bytes);
    case "fstring":
      return fstringValue(cx, expression, frame);
    case "number":
      if (expression.value !== null) return numberValue(expression.value, expression.integer);
      return expression.integer ? unknownValue("the number is too large") : external("complex");
    case "constant":
      if (expression.value === "None") return NONE;
      if (expression.value === "Ellipsis") return unknownValue("it is `...`");
      return boolValue(expression.value === "True");
    case "attribute":
      return attributeOf(cx, expression, frame);
    case "call":
      return callValue(cx, expression, frame);
    case "subscript": {
      const object = inside(expression.object);
      const { index } = expression;
      if (index.kind !== "slice") return subscriptValue(cx, object, inside(index), placeIn(frame, expression.span));
      if (index.step) return unknownValue(`\`${text(expression)}\` can't be read`);
      return sliceValue(object, index.lower && inside(index.lower), index.upper && inside(index.upper));
    }
    case "list":
    case "tuple":
    case "set":
      return displayValue(cx, expression, frame);
    case "dict":
      return dictValue(cx, expression, frame);
    case "comprehension":
      return comprehensionValue(cx, expression, frame);
    case "dict-comprehension":
      return dictComprehensionValue(cx, expression, frame);
    case "conditional": {
      const test = inside(expression.test);
      const decided = cx.truth(test);
      if (decided !== null) return inside(decided ? expression.then : expression.otherwise);
      return join([inside(expression.then), inside(expression.otherwise)]);
    }
    case "boolean":
      return eitherOperand(cx, expression, frame);
    case "binary": {
      const [left, right] = [inside(expression.left), inside(expression.right)];
      return binaryValue(cx, expression.operator, left, right, placeIn(frame, expression.span), text(expression));
    }
    case "unary":
      return unaryValue(cx, expression.operator, inside(expression.operand));
    case "comparison": {
      const [first] = expression.rest;
      if (!first || expression.rest.length > 1) return unknownValue("the comparison is decided when the charm runs");
      return comparedValue(cx, first.operator, inside(expression.left), inside(first.right));
    }
    case "lambda": {
      const made: FunctionValue = {
        kind: "function",
        node: expression,
        frame,
        self: null,
        owner: null,
        because: [],
        configurable: [],
      };
      return made;
    }
    case "walrus":
    case "await":
      return expression.value ? inside(expression.value) : NONE;
    case "starred":
      return inside(expression.value);
    case "slice":
      return unknownValue("it is a slice");
    case "yield":
    case "yield-from":
      return unknownValue("what is sent into a generator is only known when the charm runs");
    case "broken":
      return unknownValue("the source is damaged here");
  }
}

/** `object.name`; in a method that binds the attribute itself, its value at that point. */
function attributeOf(cx: Interpreter, expression: Extract<PyExpression, { kind: "attribute" }>, frame: Frame): PyValue {
  const name = expression.name.text;
  const at = placeIn(frame, expression.span);
  const path = pathOf(expression);
  const { node } = scopeFrame(frame).scope;
  if (path && (node.kind === "function" || node.kind === "module")) {
    const root = path.slice(0, path.length - name.length - 1);
    const paths = changedIn(node.body);
    const initial = node.kind === "function" && node.name.text === "__init__";
    const tested = testedIn(node.body).has(path);
    if (paths.has(path) || tested || (initial && paths.has(`${root}.()`))) {
      const start =
        initial && (!tested || paths.has(path)) ? null : cx.attribute(cx.evaluate(expression.object, frame), name, at);
      const value = cx.state({ path, body: node.body, frame, start, until: expression.span.start });
      if (value) return givenOutState(cx, value, cx.evaluate(expression.object, frame), name);
    }
  }
  const object = cx.evaluate(expression.object, frame);
  // A component's base sets `self._charm` where we can't see it; its config is the charm's all the same.
  if (name === "config" && object.kind === "unknown" && /^_*(charm|model)$/.test(lastName(expression.object) ?? "")) {
    return configValue(cx);
  }
  return cx.attribute(object, name, at);
}

function displayValue(
  cx: Interpreter,
  expression: Extract<PyExpression, { kind: "list" | "tuple" | "set" }>,
  frame: Frame,
): PyValue {
  const elements: Element[] = [];
  const sources: PyValue[] = [];
  let open: string | null = null;
  const spread: SequenceValue[] = [];
  for (const item of expression.items) {
    if (item.kind === "starred") {
      const value = cx.evaluate(item.value, frame);
      const items = cx.iterated(value);
      if (items) for (const each of items.elements) elements.push(each);
      if (items) spread.push(items);
      sources.push(value);
      open ??= items
        ? items.open
        : (whyUnread(value) ?? `\`${snippet(frame.scope.module.file, item.span)}\` can't be read`);
    } else if (item.kind === "broken") {
      open ??= "the source is damaged here";
    } else {
      elements.push({ value: cx.evaluate(item, frame), condition: null, at: placeIn(frame, item.span) });
    }
  }
  const all = expression.kind === "set" ? distinct(elements) : elements;
  const order = expression.kind === "set" ? { unordered: true, loose: mayCoincide(all) } : orderOf(...spread);
  return restingOn({ ...sequence(expression.kind, all, open), ...order }, sources);
}

function dictValue(cx: Interpreter, expression: Extract<PyExpression, { kind: "dict" }>, frame: Frame): PyValue {
  const lineage = {};
  const at = placeIn(frame, expression.span);
  let pairs: DictEntry[] = [];
  let made = dictionary(pairs, null, at, lineage);
  for (const entry of expression.entries) {
    if (entry.kind === "spread") {
      const text = `\`${snippet(frame.scope.module.file, entry.span)}\` can't be read`;
      made = spread(cx, made, entry, frame, text);
      // From here on pairs go into a list of their own: a merged dict's must not change.
      pairs = [...made.entries];
      made = { ...made, entries: pairs };
    } else {
      pairs.push({
        key: cx.evaluate(entry.key, frame),
        value: cx.evaluate(entry.value, frame),
        condition: null,
        keyAt: placeIn(frame, entry.key.span),
        at: placeIn(frame, entry.value.span),
      });
    }
  }
  return made;
}

/** `**more`; where it is one of several dicts, what is only in some of them is conditional. */
function spread(
  cx: Interpreter,
  made: Extract<PyValue, { kind: "dict" }>,
  entry: Extract<PyDictEntry, { kind: "spread" }>,
  frame: Frame,
  why: string,
): Extract<PyValue, { kind: "dict" }> {
  const more = cx.evaluate(entry.value, frame);
  if (more.kind !== "one-of" || !more.options.every((option) => option.kind === "dict")) return merged(made, more, why);
  let all = made;
  for (const option of more.options) {
    if (option.kind !== "dict") continue;
    const entries = option.entries.map((one) => ({
      ...one,
      condition: bothConditions([{ kind: "choice", of: "dicts" }], one.condition),
    }));
    all = merged(all, { ...option, entries }, why);
  }
  return all;
}

function eitherOperand(cx: Interpreter, expression: Extract<PyExpression, { kind: "boolean" }>, frame: Frame): PyValue {
  const { operator } = expression;
  const left = cx.evaluate(expression.left, frame);
  const options = left.kind === "one-of" ? left.options : [left];
  const kept: PyValue[] = [];
  let goesOn = false;
  for (const option of options) {
    const truth = truthOfOperand(cx, option, operator);
    const stops = operator === "or" ? truth === true : truth === false;
    const passes = operator === "or" ? truth === false : truth === true;
    if (!passes) kept.push(option);
    if (!stops) goesOn = true;
  }
  if (goesOn) kept.push(cx.evaluate(expression.right, frame));
  const sources = left.configurable.length > 0 || left.kind === "one-of" ? [left] : [];
  return restingOn(join(kept), sources);
}

/** In `config["port"] or 80` an option stands for its default, and its mark says so; a flag may be true or false. */
function truthOfOperand(cx: Interpreter, value: PyValue, operator: "and" | "or"): boolean | null {
  const preset = operator === "or" && value.configurable.length > 0 && value.kind !== "bool";
  return cx.truth(preset ? { ...value, configurable: [] } : value);
}

function unaryValue(cx: Interpreter, operator: "not" | "-" | "+" | "~", operand: PyValue): PyValue {
  if (operator === "not") {
    const truth = cx.truth(operand);
    return truth === null
      ? unknownValue("it is decided when the charm runs", operand.because)
      : restingOn(boolValue(!truth), [operand]);
  }
  if (operand.kind === "int" && operator !== "~") {
    return restingOn(intValue(operator === "-" ? -operand.value : operand.value), [operand]);
  }
  if (operand.kind === "float" && operator === "-") return restingOn(numberValue(-operand.value, false), [operand]);
  return operand.kind === "unknown" ? operand : unknownValue("the number can't be computed", operand.because);
}
