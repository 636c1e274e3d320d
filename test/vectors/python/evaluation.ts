import { MODELS, type ModelName, type PyValue } from "#mesh";
import { modelDump } from "../../../engine/mesh/src/policy/library/validation.ts";
import { isDict, isTruthy, type PyDict, pyInt, tagged } from "../../../engine/mesh/src/policy/python/value.ts";
import { ENUMERATIONS, instance, NAMES } from "./builtins.ts";
import { COMPLEX, data, iterable, iterated, Raised, unique, type Value } from "./objects.ts";
import { binary, unary } from "./operators.ts";
import { type Argument, type Clause, type Node, pythonSyntax } from "./syntax.ts";

type Scope = ReadonlyMap<string, Value>;
/** The value of a Python expression over the library's names; Raised where Python would raise. */
export function pythonValue(source: string): PyValue {
  return data(evaluated(pythonSyntax(source), new Map()));
}

function evaluated(node: Node, scope: Scope): Value {
  const at = (inner: Node) => data(evaluated(inner, scope));
  switch (node.node) {
    case "value":
      return typeof node.value === "bigint" ? pyInt(node.value) : node.value;
    case "float":
      return { kind: "float", value: node.value };
    case "complex":
      return COMPLEX;
    case "bytes":
      return { kind: "bytes", type: "bytes", bytes: node.bytes };
    case "name": {
      const found = scope.get(node.name) ?? NAMES[node.name];
      if (found === undefined) throw new Raised("NameError", `name '${node.name}' is not defined`);
      return found;
    }
    case "list":
      return spread(node.items, scope);
    case "tuple":
      return iterable("tuple", spread(node.items, scope));
    case "set":
      return iterable("set", unique(spread(node.items, scope)));
    case "dict":
      return dictOf(node.entries, scope);
    case "comprehension":
      return comprehension(node, scope);
    case "attribute":
      return attribute(evaluated(node.of, scope), node.name);
    case "index":
      return indexed(evaluated(node.of, scope), at(node.index));
    case "call":
      return called(evaluated(node.callee, scope), node.args, scope);
    case "unary":
      return unary(node.operator, at(node.of));
    case "binary":
      return operation(node, scope);
    case "conditional":
      return evaluated(isTruthy(at(node.test)) ? node.then : node.otherwise, scope);
    case "lambda":
      return (positional) => {
        const inner = new Map(scope);
        for (const [index, parameter] of node.parameters.entries()) inner.set(parameter, positional[index] ?? null);
        return evaluated(node.body, inner);
      };
    case "star":
      throw new SyntaxError("a starred expression stands alone");
  }
}

function operation(node: Extract<Node, { node: "binary" }>, scope: Scope): PyValue {
  const left = data(evaluated(node.left, scope));
  const right = () => data(evaluated(node.right, scope));
  if (node.operator === "or") return isTruthy(left) ? left : right();
  if (node.operator === "and") return isTruthy(left) ? right() : left;
  return binary(node.operator, left, right());
}

function spread(items: readonly Node[], scope: Scope): readonly PyValue[] {
  return items.flatMap((item) => {
    if (item.node === "star") return [...iterated(evaluated(item.of, scope))];
    return [data(evaluated(item, scope))];
  });
}

function dictOf(entries: readonly (readonly [Node | null, Node])[], scope: Scope): PyDict {
  const result = new Map<PyValue, PyValue>();
  for (const [key, value] of entries) {
    const held = data(evaluated(value, scope));
    if (key !== null) result.set(data(evaluated(key, scope)), held);
    else if (isDict(held)) for (const [inner, entry] of held) result.set(inner, entry);
  }
  return result;
}

function comprehension(node: Extract<Node, { node: "comprehension" }>, scope: Scope): PyValue {
  const pairs: [PyValue, PyValue][] = [];
  const run = (clauses: readonly Clause[], inner: Scope): void => {
    const [clause, ...rest] = clauses;
    if (!clause) {
      const key = node.key === null ? null : data(evaluated(node.key, inner));
      pairs.push([key, data(evaluated(node.element, inner))]);
      return;
    }
    for (const item of iterated(evaluated(clause.iterable, inner))) {
      const next = new Map(inner);
      const parts = clause.targets.length > 1 ? iterated(item) : [item];
      for (const [index, target] of clause.targets.entries()) next.set(target, parts[index] ?? null);
      if (clause.conditions.every((condition) => isTruthy(data(evaluated(condition, next))))) run(rest, next);
    }
  };
  run(node.clauses, scope);
  const values = pairs.map(([, value]) => value);
  if (node.kind === "dict") return new Map(pairs);
  if (node.kind === "list") return values;
  return node.kind === "set" ? iterable("set", unique(values)) : iterable("generator", values);
}

function called(callee: Value, args: readonly Argument[], scope: Scope): Value {
  if (typeof callee !== "function") throw new Raised("TypeError", "object is not callable");
  const positional: Value[] = [];
  const named = new Map<string, Value>();
  for (const { name, value } of args) {
    if (name !== null) named.set(name, evaluated(value, scope));
    else if (value.node !== "star") positional.push(evaluated(value, scope));
    else if (!value.double) positional.push(...iterated(evaluated(value.of, scope)));
    else {
      const mapping = data(evaluated(value.of, scope));
      if (isDict(mapping)) for (const [key, entry] of mapping) named.set(String(key), entry);
    }
  }
  return callee(positional, named);
}

function attribute(value: Value, name: string): Value {
  if (typeof value === "function") {
    const owner = Object.keys(NAMES).find((key) => NAMES[key] === value) ?? "";
    const found = ENUMERATIONS[owner]?.find((entry) => entry.name === name);
    if (found) return found;
    if (owner in MODELS && (name === "model_validate" || name === "parse_obj")) {
      return ([given]) => instance(owner as ModelName, data(given ?? null));
    }
    throw new Raised("AttributeError", name);
  }
  const object = tagged(value);
  if (object?.kind === "enum" && (name === "name" || name === "value")) return object[name];
  if (object?.kind === "model") {
    if (name === "model_dump" || name === "dict") return () => modelDump(object);
    const field = object.fields.get(name);
    if (field !== undefined) return field;
  }
  if (isDict(value)) {
    if (name === "keys") return () => iterable("dict_keys", [...value.keys()]);
    if (name === "values") return () => iterable("dict_values", [...value.values()]);
    if (name === "items")
      return () =>
        iterable(
          "dict_items",
          [...value].map((pair) => iterable("tuple", pair)),
        );
    if (name === "get") return ([key, other]) => value.get(data(key ?? null)) ?? other ?? null;
  }
  if (typeof value === "string") {
    if (name === "encode") return () => ({ kind: "bytes", type: "bytes", bytes: [...new TextEncoder().encode(value)] });
    if (name === "split") return ([by]) => (typeof by === "string" ? value.split(by) : value.trim().split(/\s+/));
    if (name === "upper") return () => value.toUpperCase();
    if (name === "lower") return () => value.toLowerCase();
  }
  throw new Raised("AttributeError", `object has no attribute '${name}'`);
}

function indexed(value: Value, index: PyValue): Value {
  if (typeof value === "function") {
    const owner = Object.keys(ENUMERATIONS).find((name) => NAMES[name] === value) ?? "";
    const found = ENUMERATIONS[owner]?.find((entry) => entry.name === index);
    if (found) return found;
  } else if (isDict(value)) {
    const found = value.get(index);
    if (found !== undefined) return found;
  } else if (typeof index === "number") {
    const found = iterated(value).at(index);
    if (found !== undefined) return found;
  }
  throw new Raised(typeof index === "number" ? "IndexError" : "KeyError", String(index));
}
