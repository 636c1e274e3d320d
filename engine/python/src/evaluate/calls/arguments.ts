import type { PyArgument } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import type { Bindings, Frame } from "../names/scope.ts";
import { hop, placeIn, snippet } from "../names/snippet.ts";
import { join } from "../values/join.ts";
import { dictionary, isUnordered, restingOn, sequence, stringValue, unknownValue, withHop } from "../values/making.ts";
import type { Argument, BoundArguments, DictEntry, FunctionValue, PyValue } from "../values/value.ts";

/** The arguments of a call, one by one where possible: `*` and `**` are spread if their values are readable. */
export function boundArguments(cx: Interpreter, args: readonly PyArgument[], frame: Frame): BoundArguments {
  const positional: Argument[] = [];
  const keywords = new Map<string, Argument>();
  const spread: Argument[] = [];
  let unread: string | null = null;
  let open: string | null = null;
  let certain = true;
  const add = (argument: Argument) => (certain ? positional : spread).push(argument);
  for (const argument of args) {
    const at = placeIn(frame, argument.value.span);
    const text = snippet(frame.scope.module.file, argument.span);
    if (argument.kind === "keyword" && argument.name) {
      const keyword = placeIn(frame, argument.name.span);
      const name = argument.name.text;
      keywords.set(name, { name, keyword, at, expression: argument.value, frame, value: null, condition: null });
    } else if (argument.kind === "double-star") {
      const value = cx.evaluate(argument.value, frame);
      if (value.kind === "dict") {
        for (const [index, entry] of value.entries.entries()) spreadEntry(entry, keywords, index < value.overridden);
      }
      open ??= value.kind === "dict" ? value.open : value.kind === "unknown" ? value.why : `\`${text}\` can't be read`;
    } else if (argument.kind === "star") {
      const value = cx.evaluate(argument.value, frame);
      const items = cx.iterated(value);
      if (items && isUnordered(items)) certain = false;
      for (const item of items?.elements ?? []) {
        certain &&= item.condition === null;
        const made = restingOn(item.value, [value]);
        add({
          name: null,
          keyword: null,
          at: item.at,
          expression: null,
          frame: null,
          value: made,
          condition: item.condition,
        });
      }
      const why = items ? items.open : value.kind === "unknown" ? value.why : `\`${text}\` can't be read`;
      certain &&= why === null;
      unread ??= why;
      if (!certain) open ??= why ?? `how much \`${text}\` holds is decided when the charm runs`;
    } else {
      add({ name: null, keyword: null, at, expression: argument.value, frame, value: null, condition: null });
    }
  }
  return { positional, keywords, spread, unread, open };
}

function spreadEntry(entry: DictEntry, keywords: Map<string, Argument>, overridden: boolean): void {
  if (entry.key.kind !== "string") return;
  const name = entry.key.value;
  const { keyAt: keyword, at, condition } = entry;
  const value = overridden ? join([entry.value, unknownValue("a later entry may replace it")]) : entry.value;
  keywords.set(name, { name, keyword, at, expression: null, frame: null, value, condition });
}

/** The value of an argument. */
export function argumentValue(cx: Interpreter, argument: Argument): PyValue {
  if (argument.value) return argument.value;
  if (!argument.expression || !argument.frame) return unknownValue("the argument can't be read");
  return cx.evaluate(argument.expression, argument.frame);
}

/** The parameters of a function bound to the arguments of one call, each evaluated when asked for. */
export function parameterBindings(cx: Interpreter, fn: FunctionValue, args: BoundArguments): Bindings {
  const makers = new Map<string, () => PyValue>();
  const values = new Map<string, PyValue>();
  const taken = new Set<string>();
  let index = 0;
  let keywordOnly = false;
  let selfPending = fn.self;
  for (const parameter of fn.node.parameters) {
    const name = parameter.name.text;
    if (parameter.kind === "marker") {
      if (name === "*") keywordOnly = true;
    } else if (parameter.kind === "star") {
      const rest = args.positional.slice(index);
      keywordOnly = true;
      makers.set(name, () => restOfPositional(cx, rest, args));
    } else if (parameter.kind === "double-star") {
      makers.set(name, () => restOfKeywords(cx, taken, args));
    } else if (selfPending) {
      const self = selfPending;
      selfPending = null;
      makers.set(name, () => self);
    } else {
      const position = keywordOnly ? null : index++;
      taken.add(name);
      makers.set(name, () => oneParameter(cx, fn, parameter, args, position));
    }
  }
  return {
    has: (name) => makers.has(name),
    get: (name) => {
      const known = values.get(name);
      if (known) return known;
      const value = makers.get(name)?.();
      if (value) values.set(name, value);
      return value;
    },
  };
}

function oneParameter(
  cx: Interpreter,
  fn: FunctionValue,
  parameter: FunctionValue["node"]["parameters"][number],
  args: BoundArguments,
  position: number | null,
): PyValue {
  const name = parameter.name.text;
  const { module } = fn.frame.scope;
  const owner = fn.node.kind === "function" ? `\`${fn.node.name.text}\`` : "the lambda";
  const given = args.keywords.get(name) ?? (position === null ? undefined : args.positional[position]);
  const preset = () => {
    if (!parameter.default) return null;
    const text = `parameter \`${name}\` of ${owner} has the default \`${snippet(module.file, parameter.default.span)}\``;
    return withHop(cx.evaluate(parameter.default, fn.frame), hop(module, parameter.span, text));
  };
  if (given) {
    const text = `parameter \`${name}\` of ${owner} gets \`${snippet(given.at.file, given.at.span)}\``;
    const value = withHop(cx.argument(given), { text, location: given.at, citation: null });
    const otherwise = given.condition === null ? null : preset();
    return otherwise ? join([value, otherwise]) : value;
  }
  if (args.open !== null) return unknownValue(`what is passed for \`${name}\` can't be read: ${args.open}`);
  return preset() ?? unknownValue(`nothing is passed for \`${name}\``);
}

function restOfPositional(cx: Interpreter, rest: readonly Argument[], args: BoundArguments): PyValue {
  const elements = [...rest, ...args.spread].map((one) => ({
    value: cx.argument(one),
    condition: one.condition,
    at: one.at,
  }));
  return sequence("tuple", elements, args.unread);
}

function restOfKeywords(cx: Interpreter, taken: ReadonlySet<string>, args: BoundArguments): PyValue {
  const entries: DictEntry[] = [];
  for (const [name, one] of args.keywords) {
    if (taken.has(name)) continue;
    const keyAt = one.keyword ?? one.at;
    entries.push({ key: stringValue(name), value: cx.argument(one), condition: one.condition, keyAt, at: one.at });
  }
  return dictionary(entries, args.open);
}

/** All arguments by parameter name: positional ones are named after `parameters`. */
export function namedArguments(args: BoundArguments, parameters: readonly string[]): ReadonlyMap<string, Argument> {
  const named = new Map<string, Argument>();
  args.positional.forEach((argument, index) => {
    const name = parameters[index];
    if (name !== undefined) named.set(name, { ...argument, name });
  });
  for (const [name, argument] of args.keywords) named.set(name, argument);
  return named;
}
