import type { PyExpression } from "#syntax";
import {
  type Call,
  isDecoratedBy,
  lastName,
  type NameScope,
  type NameTable,
  type Placed,
  plainParameters,
  RETURNED,
  receiverClass,
  type Text,
} from "./name-table.ts";

/** The meaning of a name. `outside`: an import from a file that is not among the charm's own. */
export type Entity =
  | { readonly kind: "variable"; readonly scope: NameScope; readonly name: string }
  | { readonly kind: "class" | "function"; readonly scope: NameScope }
  | { readonly kind: "module"; readonly table: NameTable }
  | { readonly kind: "outside"; readonly module: string; readonly name: string | null };

/** Questions about where the strings of a charm's Python come from. */
export interface NameFlow {
  /** The strings that an expression may be, followed through variables, attributes, parameters, imports and results of calls. */
  readonly textsOf: (placed: Placed) => ReadonlySet<Text>;
  /** The values of a name, an attribute or a call; empty where unknown. */
  readonly entitiesOf: (placed: Placed) => readonly Entity[];
  /** The values that a variable may have. */
  readonly valuesOf: (variable: Extract<Entity, { kind: "variable" }>) => readonly Placed[];
}

/** Objects inside objects are followed this deep (`self.a.b.c`). */
const DEEPEST = 8;

/** A question leads to others (who calls this?), and these again, at most this deep. */
const DEEPEST_QUESTION = 60;

/** Functions that give what they get. */
const PASSING = new Set([
  "str",
  "list",
  "tuple",
  "set",
  "frozenset",
  "sorted",
  "enumerate",
  "reversed",
  "iter",
  "next",
]);

/** Reads some files together. Pure; answers are kept as long as the flow is. */
export function nameFlow(tables: readonly NameTable[]): NameFlow {
  const modules = tables.map((table) => ({ table, parts: moduleParts(table.path) }));
  const families = new Map<NameScope, ReadonlySet<NameScope>>();
  const callsByName = new Map<string, Placed<Call>[]>();
  const classes: NameScope[] = [];
  const functionsByName = new Map<string, NameScope[]>();
  const owners = new Map<string, NameScope[]>();
  /** The values of expressions, cached for those that were requested directly. */
  const answers = new Map<PyExpression, readonly Entity[]>();
  /** The questions that are being answered, and those that were answered for the outermost one of them. */
  const running = new Set<PyExpression>();
  const inner: PyExpression[] = [];
  let isCut = false;
  for (const { calls, scopes } of tables) {
    for (const call of calls) listed(callsByName, lastName(call.expression.callee)).push(call);
    for (const scope of scopes) {
      if (scope.kind === "class") {
        classes.push(scope);
        for (const name of new Set([...scope.values.keys(), ...scope.definitions.keys()]))
          listed(owners, name).push(scope);
      }
      if (scope.node.kind === "function") listed(functionsByName, scope.node.name.text).push(scope);
    }
  }

  const moduleNamed = (from: NameTable, dotted: string): NameTable | null => {
    const level = /^\.*/.exec(dotted)?.[0].length ?? 0;
    const rest = dotted.slice(level);
    const wanted = rest === "" ? [] : rest.split(".");
    if (level > 0) {
      const folder = from.path.split("/").slice(0, -level);
      const full = [...folder, ...wanted].join("/");
      return modules.find(({ parts }) => parts.join("/") === full)?.table ?? null;
    }
    const fits = modules.filter(
      ({ parts }) => parts.length >= wanted.length && wanted.every((part, at) => parts.at(at - wanted.length) === part),
    );
    // Of several with that end, the one nearest to a root of imports counts.
    return fits.sort((a, b) => a.parts.length - b.parts.length)[0]?.table ?? null;
  };
  const inScope = (scope: NameScope, name: string): readonly Entity[] => {
    const definition = scope.definitions.get(name);
    if (definition) return [{ kind: definition.kind === "class" ? "class" : "function", scope: definition }];
    return scope.values.has(name) ? [{ kind: "variable", scope, name }] : [];
  };
  const inModule = (table: NameTable, name: string, depth: number): readonly Entity[] => {
    const own = inScope(table.root, name);
    return own.length > 0 || depth > DEEPEST ? own : imported(table, name, depth + 1);
  };
  const imported = (table: NameTable, name: string, depth: number): readonly Entity[] => {
    const taken = table.imports.get(name);
    if (!taken) return [];
    const from = moduleNamed(table, taken.module);
    if (taken.name === null)
      return from ? [{ kind: "module", table: from }] : [{ kind: "outside", module: taken.module, name: null }];
    const found = from && from !== table ? inModule(from, taken.name, depth) : [];
    if (found.length > 0) return found;
    const submodule = moduleNamed(table, `${taken.module}${taken.module.endsWith(".") ? "" : "."}${taken.name}`);
    return submodule
      ? [{ kind: "module", table: submodule }]
      : [{ kind: "outside", module: taken.module, name: taken.name }];
  };
  const named = (scope: NameScope, name: string): readonly Entity[] => {
    for (let at: NameScope | null = scope; at; at = at.parent) {
      // Methods don't see the names of their class.
      if (at.kind === "class" && at !== scope) continue;
      const owner = at.kind === "function" ? receiverClass(at) : null;
      if (owner && plainParameters(at)[0]?.name.text === name) return [{ kind: "class", scope: owner }];
      const found = inScope(at, name);
      if (found.length > 0) return found;
    }
    return imported(scope.table, name, 0);
  };
  const basesOf = (scope: NameScope, depth: number): readonly NameScope[] =>
    scope.node.kind === "class" && depth < DEEPEST
      ? scope.node.bases.flatMap(({ value }) =>
          entitiesAt({ expression: value, scope: scope.parent ?? scope }, depth + 1).flatMap((one) =>
            one.kind === "class" && one.scope !== scope ? [one.scope, ...basesOf(one.scope, depth + 1)] : [],
          ),
        )
      : [];
  /** A class with its ancestors and descendants: an attribute of one may be set in another. */
  const familyOf = (scope: NameScope): ReadonlySet<NameScope> => {
    const known = families.get(scope);
    if (known) return known;
    const family = new Set([scope]);
    families.set(scope, family);
    for (const base of basesOf(scope, 0)) family.add(base);
    for (const other of classes) if (basesOf(other, 0).includes(scope)) family.add(other);
    return family;
  };
  const members = (entity: Entity, name: string, depth: number): readonly Entity[] => {
    switch (entity.kind) {
      case "module":
        return inModule(entity.table, name, depth);
      case "class":
        return [...familyOf(entity.scope)].flatMap((each) => inScope(each, name));
      case "variable":
        if (depth > DEEPEST) return [];
        return valuesOf(entity).flatMap((value) =>
          entitiesAt(value, depth + 1).flatMap((each) =>
            each.kind === "variable" && each.scope === entity.scope && each.name === entity.name
              ? []
              : members(each, name, depth + 1),
          ),
        );
      default:
        return [];
    }
  };
  const entitiesAt = (placed: Placed, depth: number): readonly Entity[] => {
    if (depth > 0) return entitiesNow(placed, depth);
    const known = answers.get(placed.expression);
    if (known) return known;
    if (running.size >= DEEPEST_QUESTION || running.has(placed.expression)) {
      isCut = true;
      return [];
    }
    running.add(placed.expression);
    const found = entitiesNow(placed, 0);
    running.delete(placed.expression);
    answers.set(placed.expression, found);
    if (running.size > 0) inner.push(placed.expression);
    else {
      // An answer that a cycle cut short holds only for the question that it belongs to.
      if (isCut) for (const each of inner) answers.delete(each);
      inner.length = 0;
      isCut = false;
    }
    return found;
  };
  const entitiesNow = ({ expression, scope }: Placed, depth: number): readonly Entity[] => {
    if (depth > DEEPEST) return [];
    switch (expression.kind) {
      case "name":
        return named(scope, expression.id);
      case "attribute": {
        const objects = entitiesAt({ expression: expression.object, scope }, depth + 1);
        const found = objects.flatMap((each) => members(each, expression.name.text, depth + 1));
        if (found.length > 0 || objects.some(({ kind }) => kind !== "variable")) return found;
        return onlyMember(expression.name.text);
      }
      case "call": {
        if (expression.callee.kind === "name" && expression.callee.id === "super") return superOf(scope);
        return entitiesAt({ expression: expression.callee, scope }, depth + 1).map((each) =>
          each.kind === "function" ? { kind: "variable", scope: each.scope, name: RETURNED } : each,
        );
      }
      case "await":
        return expression.value ? entitiesAt({ expression: expression.value, scope }, depth + 1) : [];
      case "walrus":
      case "starred":
        return entitiesAt({ expression: expression.value, scope }, depth + 1);
      default:
        return [];
    }
  };
  const superOf = (scope: NameScope): readonly Entity[] => {
    for (let at: NameScope | null = scope; at; at = at.parent)
      if (at.kind === "class") return basesOf(at, 0).map((each) => ({ kind: "class", scope: each }));
    return [];
  };
  /** The one class attribute of this name, where an object is not known: `self._charm.relation_name`. */
  const onlyMember = (name: string): readonly Entity[] => {
    const [owner, ...others] = owners.get(name) ?? [];
    return owner && others.every((each) => familyOf(owner).has(each)) ? inScope(owner, name) : [];
  };
  const valuesOf = ({ scope, name }: Extract<Entity, { kind: "variable" }>): readonly Placed[] => {
    const own = scope.values.get(name) ?? [];
    if (name === RETURNED) return own;
    if (scope.kind === "class") return [...own, ...fieldArguments(scope, name)];
    if (scope.node.kind !== "function" || !scope.node.parameters.some((each) => each.name.text === name)) return own;
    const passed = argumentsFor(scope, name);
    return [...own, ...passed, ...(passed.length === 0 ? fixtureValues(scope, name) : [])];
  };
  const argumentsFor = (scope: NameScope, name: string): readonly Placed[] => {
    if (scope.node.kind !== "function") return [];
    const owner = scope.parent?.kind === "class" ? scope.parent : null;
    const isInit = owner !== null && scope.node.name.text === "__init__";
    const names = new Set([scope.node.name.text]);
    if (isInit) for (const { node } of familyOf(owner)) if (node.kind === "class") names.add(node.name.text);
    const index = plainParameters(scope).findIndex((each) => each.name.text === name);
    const skipped = receiverClass(scope) ? 1 : 0;
    return [...names].flatMap((each) =>
      (callsByName.get(each) ?? []).flatMap((call) => {
        if (!mayCall(call, scope, owner)) return [];
        return argumentsAt(call, name, index < 0 ? -1 : index - skipped);
      }),
    );
  };
  const mayCall = (call: Placed<Call>, scope: NameScope, owner: NameScope | null): boolean => {
    const callees = entitiesAt({ expression: call.expression.callee, scope: call.scope }, 0);
    if (callees.length === 0) {
      const name = scope.node.kind === "function" ? scope.node.name.text : "";
      return call.expression.callee.kind === "attribute" && functionsByName.get(name)?.length === 1;
    }
    return callees.some((each) =>
      each.kind === "function"
        ? each.scope === scope
        : each.kind === "class" && owner !== null && familyOf(owner).has(each.scope) && initOf(each.scope) === scope,
    );
  };
  const initOf = (scope: NameScope): NameScope | null =>
    [scope, ...basesOf(scope, 0)].flatMap((each) => each.definitions.get("__init__") ?? [])[0] ?? null;
  /** What calls pass for a field of a class without a constructor of its own, such as a data class. */
  const fieldArguments = (scope: NameScope, name: string): readonly Placed[] => {
    if (scope.node.kind !== "class" || initOf(scope)) return [];
    const fields = [...scope.values.keys()];
    return (callsByName.get(scope.node.name.text) ?? []).flatMap((call) => {
      const callees = entitiesAt({ expression: call.expression.callee, scope: call.scope }, 0);
      return callees.some((each) => each.kind === "class" && each.scope === scope)
        ? argumentsAt(call, name, fields.indexOf(name))
        : [];
    });
  };
  /** What pytest passes for a parameter that is called like a fixture (https://docs.pytest.org/en/stable/explanation/fixtures.html). */
  const fixtureValues = (scope: NameScope, name: string): readonly Placed[] =>
    (functionsByName.get(name) ?? []).flatMap((each) => {
      const isNear = each.table === scope.table || each.table.path.endsWith("conftest.py");
      return isNear && each.node.kind === "function" && isDecoratedBy(each.node, "fixture")
        ? (each.values.get(RETURNED) ?? [])
        : [];
    });

  const textsOf = (start: Placed): ReadonlySet<Text> => {
    const texts = new Set<Text>();
    const seen = new Map<NameScope, Set<string>>();
    const open: Placed[] = [start];
    for (let at = open.pop(); at; at = open.pop()) {
      const { expression, scope } = at;
      const inside = passedThrough(expression);
      for (const each of inside) open.push({ expression: each, scope });
      if (expression.kind === "string" && !expression.bytes) texts.add(expression);
      if (expression.kind !== "name" && expression.kind !== "attribute" && expression.kind !== "call") continue;
      for (const entity of entitiesAt(at, 0)) {
        // A property is read like a field.
        const variable =
          entity.kind === "function" && expression.kind === "attribute"
            ? ({ kind: "variable", scope: entity.scope, name: RETURNED } as const)
            : entity;
        if (variable.kind !== "variable") continue;
        const names = seen.get(variable.scope) ?? new Set();
        seen.set(variable.scope, names);
        if (names.has(variable.name)) continue;
        names.add(variable.name);
        open.push(...valuesOf(variable));
      }
    }
    return texts;
  };
  return { textsOf, entitiesOf: (placed) => entitiesAt(placed, 0), valuesOf };
}

/** The arguments of a call for a parameter, by keyword or by position; none where a star hides them. */
function argumentsAt({ expression, scope }: Placed<Call>, name: string, index: number): readonly Placed[] {
  const keyword = expression.args.find((each) => each.name?.text === name);
  if (keyword) return [{ expression: keyword.value, scope }];
  const positional = expression.args.filter(({ kind }) => kind === "positional" || kind === "star");
  if (index < 0 || positional.slice(0, index + 1).some(({ kind }) => kind === "star")) return [];
  const found = positional[index];
  return found ? [{ expression: found.value, scope }] : [];
}

/** The parts of an expression whose strings it may be itself; for a collection in a loop, its elements. */
function passedThrough(expression: PyExpression): readonly PyExpression[] {
  switch (expression.kind) {
    case "list":
    case "tuple":
    case "set":
      return expression.items;
    case "conditional":
      return [expression.then, expression.otherwise];
    case "boolean":
      return [expression.left, expression.right];
    case "walrus":
    case "starred":
      return [expression.value];
    case "await":
      return expression.value ? [expression.value] : [];
    case "comprehension":
      return [expression.element];
    case "attribute":
      // The member of an enumeration, as text.
      return expression.name.text === "value" ? [expression.object] : [];
    case "call": {
      const [first] = expression.args;
      return first && expression.callee.kind === "name" && PASSING.has(expression.callee.id) ? [first.value] : [];
    }
    default:
      return [];
  }
}

function moduleParts(path: string): readonly string[] {
  return path
    .replace(/\.py$/, "")
    .replace(/\/__init__$/, "")
    .split("/");
}

function listed<K, V>(map: Map<K, V[]>, key: K): V[] {
  const list = map.get(key) ?? [];
  map.set(key, list);
  return list;
}
