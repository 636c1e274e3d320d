import type { PyClass, PyExpression, PyFunction, PyStatement } from "#syntax";
import { eachChild } from "../expressions/expression-children.ts";
import { blocksOf } from "../flow/blocks.ts";
import { MUTATORS } from "../mutation/effect.ts";
import type { Around, AttributeAssignment, CallPlace } from "./places.ts";
import type { Lambda, Module, Scope } from "./scope.ts";

/** What stands where in one file; computed once per file. */
export interface SourceIndex {
  readonly root: Scope;
  readonly scopes: ReadonlyMap<object, Scope>;
  /** Calls by the last name of what is called. */
  readonly calls: ReadonlyMap<string, readonly CallPlace[]>;
  readonly classes: readonly Scope[];
  readonly classesByName: ReadonlyMap<string, readonly Scope[]>;
  readonly functions: readonly Scope[];
  /** Names and attributes that are read elsewhere than as a callee: a function among them may be a callback. */
  readonly mentions: ReadonlySet<string>;
  readonly attributeAssignments: ReadonlyMap<string, readonly AttributeAssignment[]>;
  /** New names by the old: imports under another name, plain assignments, subclasses. */
  readonly renames: ReadonlyMap<string, readonly string[]>;
  /** Names that the patterns of a scope's `match` statements may capture. */
  readonly captures: ReadonlyMap<Scope, ReadonlySet<string>>;
  /** Names that some function declares `global`. */
  readonly globals: ReadonlyMap<string, readonly Scope[]>;
}

type Attribute = AttributeAssignment["target"];

const memo = new WeakMap<Module, SourceIndex>();

/** Deeper than this nothing is looked at: such nesting is machine-made. */
const DEEPEST = 400;

/** The index of a module's file. */
export function sourceIndex(module: Module): SourceIndex {
  const known = memo.get(module);
  if (known) return known;
  const built = new IndexBuilder(module).index();
  memo.set(module, built);
  return built;
}

/** Whether the module's index was asked for already. */
export function hasIndex(module: Module): boolean {
  return memo.has(module);
}

/** The last name of a dotted expression: `a.b.C` and `C` give "C"; anything else null. */
export function lastName(expression: PyExpression): string | null {
  if (expression.kind === "name") return expression.id;
  if (expression.kind === "attribute") return expression.name.text;
  return null;
}

function push<V>(map: Map<string, V[]>, key: string, value: V): void {
  const list = map.get(key);
  if (list) list.push(value);
  else map.set(key, [value]);
}

class IndexBuilder {
  readonly root: Scope;
  readonly scopes = new Map<object, Scope>();
  readonly calls = new Map<string, CallPlace[]>();
  readonly classes: Scope[] = [];
  readonly classesByName = new Map<string, Scope[]>();
  readonly functions: Scope[] = [];
  readonly mentions = new Set<string>();
  readonly attributeAssignments = new Map<string, AttributeAssignment[]>();
  readonly renames = new Map<string, string[]>();
  readonly globals = new Map<string, Scope[]>();
  readonly captures = new Map<Scope, Set<string>>();
  /** The attributes, and methods called, whose values a scope's names stand for. */
  readonly held = new Map<Scope, Map<string, Attribute[]>>();

  readonly module: Module;

  constructor(module: Module) {
    this.module = module;
    this.root = { kind: "module", module, node: module.tree, parent: null };
    this.scopes.set(module.tree, this.root);
  }

  index(): SourceIndex {
    this.block(this.module.tree.body, this.root, 0);
    return this;
  }

  block(body: readonly PyStatement[], scope: Scope, depth: number): void {
    if (depth > DEEPEST) return;
    for (const statement of body) this.statement(statement, scope, depth);
  }

  statement(statement: PyStatement, scope: Scope, depth: number): void {
    const expression = (one: PyExpression | null) => one && this.expression(one, scope, NOTHING, depth);
    switch (statement.kind) {
      case "expression":
      case "return":
      case "raise":
        expression(statement.value);
        break;
      case "assign":
        expression(statement.value);
        for (const target of statement.targets) {
          this.target(target, scope, depth, statement.value);
          const old = lastName(statement.value);
          const fresh = lastName(target);
          if (old && fresh) push(this.renames, old, fresh);
          if (target.kind === "name") this.hold(target.id, statement.value, scope);
        }
        break;
      case "annotated-assign":
        expression(statement.value);
        this.target(statement.target, scope, depth, statement.value);
        break;
      case "augmented-assign":
        expression(statement.value);
        this.target(statement.target, scope, depth);
        if (statement.target.kind === "name") this.changed(statement.target, scope);
        break;
      case "if":
      case "while":
      case "assert":
        expression(statement.test);
        break;
      case "for":
        expression(statement.iterable);
        this.target(statement.target, scope, depth);
        break;
      case "with":
        for (const item of statement.items) {
          expression(item.value);
          if (item.target) this.target(item.target, scope, depth);
        }
        break;
      case "match":
        expression(statement.subject);
        for (const one of statement.cases) {
          expression(one.guard);
          this.pattern(this.module.file.text.slice(one.pattern.start, one.pattern.end), scope);
        }
        break;
      case "try":
        for (const handler of statement.handlers) expression(handler.type);
        break;
      case "import":
      case "import-from":
        for (const alias of statement.names) {
          if (alias.as) push(this.renames, alias.name.text.slice(alias.name.text.lastIndexOf(".") + 1), alias.as.text);
        }
        break;
      case "global":
        for (const name of statement.names) push(this.globals, name.text, scope);
        break;
      case "delete":
        for (const target of statement.targets) this.target(target, scope, depth);
        break;
      case "function":
        this.function(statement, scope, depth);
        break;
      case "class":
        this.class(statement, scope, depth);
        break;
      default:
        break;
    }
    for (const block of blocksOf(statement)) this.block(block, scope, depth + 1);
  }

  /** Every bare name of a pattern may be a capture; calling too many names captured only makes them unknown. */
  pattern(text: string, scope: Scope): void {
    const names = this.captures.get(scope) ?? new Set();
    for (const [name] of text.matchAll(/(?<![\w.])[A-Za-z_]\w*(?!\w|\s*[.(=])/g)) names.add(name);
    this.captures.set(scope, names);
  }

  function(node: PyFunction, scope: Scope, depth: number): void {
    const own: Scope = { kind: "function", module: this.module, node, parent: scope };
    this.scopes.set(node, own);
    this.functions.push(own);
    for (const decorator of node.decorators) this.expression(decorator, scope, NOTHING, depth);
    for (const parameter of node.parameters) {
      if (parameter.default) this.expression(parameter.default, scope, NOTHING, depth);
    }
    this.block(node.body, own, depth + 1);
  }

  class(node: PyClass, scope: Scope, depth: number): void {
    const own: Scope = { kind: "class", module: this.module, node, parent: scope };
    this.scopes.set(node, own);
    this.classes.push(own);
    push(this.classesByName, node.name.text, own);
    for (const decorator of node.decorators) this.expression(decorator, scope, NOTHING, depth);
    for (const base of node.bases) {
      this.expression(base.value, scope, NOTHING, depth);
      const old = lastName(base.value.kind === "subscript" ? base.value.object : base.value);
      if (old && base.kind === "positional") push(this.renames, old, node.name.text);
    }
    this.block(node.body, own, depth + 1);
  }

  target(target: PyExpression, scope: Scope, depth: number, value: PyExpression | null = null): void {
    if (depth > DEEPEST) return;
    if (target.kind === "attribute") {
      push(this.attributeAssignments, target.name.text, { target, value, inPlace: false, scope });
      this.expression(target.object, scope, NOTHING, depth);
    } else if (target.kind === "tuple" || target.kind === "list") {
      for (const item of target.items) this.target(item, scope, depth + 1);
    } else if (target.kind === "starred") {
      this.target(target.value, scope, depth + 1);
    } else if (target.kind === "subscript") {
      this.changed(target.object, scope);
      this.expression(target.object, scope, NOTHING, depth);
      this.expression(target.index, scope, NOTHING, depth);
    }
  }

  hold(name: string, value: PyExpression, scope: Scope): void {
    const from = value.kind === "call" ? value.callee : value;
    if (from.kind !== "attribute") return;
    const names = this.held.get(scope) ?? new Map<string, Attribute[]>();
    push(names, name, from);
    this.held.set(scope, names);
  }

  changed(object: PyExpression, scope: Scope): void {
    if (object.kind === "subscript") this.changed(object.object, scope);
    else if (object.kind === "call") this.changed(object.callee, scope);
    else if (object.kind === "name")
      for (const from of this.held.get(scope)?.get(object.id) ?? []) this.changed(from, scope);
    else if (object.kind === "attribute")
      push(this.attributeAssignments, object.name.text, { target: object, value: null, inPlace: true, scope });
  }

  expression(expression: PyExpression, scope: Scope, around: Around, depth: number): void {
    if (depth > DEEPEST) return;
    switch (expression.kind) {
      case "name":
        this.mentions.add(expression.id);
        return;
      case "string":
      case "number":
      case "constant":
        return;
      case "attribute":
        this.mentions.add(expression.name.text);
        this.expression(expression.object, scope, around, depth + 1);
        return;
      case "call": {
        const { callee } = expression;
        push(this.calls, lastName(callee) ?? "", { expression, scope, around });
        if (callee.kind === "attribute" && MUTATORS.has(callee.name.text)) this.changed(callee.object, scope);
        if (callee.kind === "attribute") this.expression(callee.object, scope, around, depth + 1);
        else if (callee.kind !== "name") this.expression(callee, scope, around, depth + 1);
        for (const argument of expression.args) this.expression(argument.value, scope, around, depth + 1);
        return;
      }
      case "lambda":
        this.lambda(expression, scope, depth);
        return;
      case "conditional": {
        const when = (holds: boolean) => ({ ...around, tests: [...around.tests, { test: expression.test, holds }] });
        this.expression(expression.test, scope, around, depth + 1);
        this.expression(expression.then, scope, when(true), depth + 1);
        this.expression(expression.otherwise, scope, when(false), depth + 1);
        return;
      }
      case "boolean": {
        const holds = expression.operator === "and";
        this.expression(expression.left, scope, around, depth + 1);
        const inner = { ...around, tests: [...around.tests, { test: expression.left, holds }] };
        this.expression(expression.right, scope, inner, depth + 1);
        return;
      }
      case "comprehension":
      case "dict-comprehension": {
        const inner = { ...around, iterations: [...around.iterations, expression] };
        eachChild(expression, (child) => this.expression(child, scope, inner, depth + 1));
        return;
      }
      default:
        eachChild(expression, (child) => this.expression(child, scope, around, depth + 1));
    }
  }

  lambda(node: Lambda, scope: Scope, depth: number): void {
    const own: Scope = { kind: "lambda", module: this.module, node, parent: scope };
    this.scopes.set(node, own);
    for (const parameter of node.parameters) {
      if (parameter.default) this.expression(parameter.default, scope, NOTHING, depth);
    }
    this.expression(node.body, own, NOTHING, depth + 1);
  }
}

const NOTHING: Around = { iterations: [], tests: [] };
