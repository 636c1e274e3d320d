import {
  dependentMemo,
  type PyClass,
  type PyExpression,
  type PyFunction,
  type PyModule,
  type PyParameter,
  type SourceFile,
  type Span,
} from "#syntax";
import { type QualifiedName, qualifiedName } from "./qualified-names.ts";
import { type PyNode, walkNode } from "./syntax-walk.ts";

export type Call = Extract<PyExpression, { kind: "call" }>;
export type Text = Extract<PyExpression, { kind: "string" }>;

/** An expression with its scope. */
export interface Placed<E extends PyExpression = PyExpression> {
  readonly expression: E;
  readonly scope: NameScope;
}

/** A module, a class or a function, with the values that its names get. */
export interface NameScope {
  readonly table: NameTable;
  readonly kind: "module" | "class" | "function";
  readonly node: PyModule | PyClass | PyFunction | Extract<PyExpression, { kind: "lambda" }>;
  readonly parent: NameScope | null;
  /** Values by name. In a class, `self.x = …` of its methods counts as a value of `x`. In a function, RETURNED names its results. */
  readonly values: Map<string, Placed[]>;
  /** Classes and functions that are defined here, by name. */
  readonly definitions: Map<string, NameScope>;
}

/** The name under which a function's scope keeps the values that it returns or yields. */
export const RETURNED = "return";

/** What one Python file binds, calls and writes, for questions about where a string comes from and where it goes. */
export interface NameTable {
  readonly file: SourceFile;
  readonly path: string;
  readonly root: NameScope;
  readonly scopes: readonly NameScope[];
  /** The target of each imported name; `name` is null for a whole module. */
  readonly imports: ReadonlyMap<string, { readonly module: string; readonly name: string | null }>;
  readonly calls: readonly Placed<Call>[];
  /** Strings that could be an endpoint's name. */
  readonly texts: readonly Placed<Text>[];
  /** Expressions that join an application and an endpoint with a colon. */
  readonly qualified: readonly { readonly name: QualifiedName; readonly scope: NameScope }[];
  /** Other places in which a name is used: as the index of a collection, in a comparison. */
  readonly nodes: readonly { readonly node: PyNode; readonly parent: PyNode | null; readonly scope: NameScope }[];
  /** Cases of `match` statements: the subject and the text of the pattern. */
  readonly patterns: readonly { readonly subject: PyExpression; readonly pattern: Span; readonly scope: NameScope }[];
}

const tables = dependentMemo<SourceFile, NameTable>();

/**
 * The table of one file, found in one walk and kept with the file. `path` is relative to the charm's folder. Total: a damaged file
 * gives what could be read of it.
 */
export function nameTable(file: SourceFile, tree: PyModule, path: string): NameTable {
  return tables(file, [tree, path], () => read(file, tree, path));
}

/** Whether a text has the form of an endpoint's name. */
export function isEndpointName(text: string): boolean {
  return text.length <= 63 && /^[A-Za-z][\w-]*$/.test(text);
}

/** The last part of a dotted callee: `add` of `self.store.add`; "" where the callee is no name. */
export function lastName(callee: PyExpression): string {
  return callee.kind === "name" ? callee.id : callee.kind === "attribute" ? callee.name.text : "";
}

/** The parameters of a function that take arguments by position, in order. */
export function plainParameters({ node }: NameScope): readonly PyParameter[] {
  if (node.kind !== "function" && node.kind !== "lambda") return [];
  return node.parameters.filter((each) => each.kind === "plain");
}

/** The class whose instance, or the class itself, a function gets as its first parameter; null for any other function. */
export function receiverClass(scope: NameScope): NameScope | null {
  if (scope.node.kind !== "function" || scope.parent?.kind !== "class") return null;
  return isDecoratedBy(scope.node, "staticmethod") ? null : scope.parent;
}

/** Whether a function has a decorator whose last name is this one. */
export function isDecoratedBy({ decorators }: PyFunction, name: string): boolean {
  return decorators.some((each) => lastName(each.kind === "call" ? each.callee : each) === name);
}

function read(file: SourceFile, tree: PyModule, path: string): NameTable {
  const scopes: NameScope[] = [];
  const imports = new Map<string, { module: string; name: string | null }>();
  const calls: Placed<Call>[] = [];
  const texts: Placed<Text>[] = [];
  const qualified: { name: QualifiedName; scope: NameScope }[] = [];
  const qualify = (expression: PyExpression, scope: NameScope): void => {
    const name = qualifiedName(file, expression);
    if (name) qualified.push({ name, scope });
  };
  const nodes: { node: PyNode; parent: PyNode | null; scope: NameScope }[] = [];
  const patterns: { subject: PyExpression; pattern: Span; scope: NameScope }[] = [];
  const byNode = new Map<PyNode, NameScope>();
  const table: NameTable = {
    file,
    path,
    scopes,
    imports,
    calls,
    texts,
    qualified,
    nodes,
    patterns,
    // The module's own scope is the first that is opened.
    get root() {
      return scopes[0] as NameScope;
    },
  };
  const open = (node: NameScope["node"], kind: NameScope["kind"], parent: NameScope | null): NameScope => {
    const scope = { table, kind, node, parent, values: new Map(), definitions: new Map() };
    scopes.push(scope);
    byNode.set(node as PyNode, scope);
    return scope;
  };
  const root = open(tree, "module", null);

  walkNode(tree, (node, around) => {
    const scope = byNode.get(around.findLast((each) => byNode.has(each)) ?? tree) ?? root;
    switch (node.kind) {
      case "function": {
        const own = open(node, "function", scope);
        scope.definitions.set(node.name.text, own);
        bindParameters(own, node);
        break;
      }
      case "lambda":
        open(node, "function", scope);
        break;
      case "class":
        scope.definitions.set(node.name.text, open(node, "class", scope));
        break;
      case "assign":
        for (const target of node.targets) bindTarget(scope, target, node.value);
        break;
      case "annotated-assign":
        if (node.value) bindTarget(scope, node.target, node.value);
        else if (node.target.kind === "name") add(scope, node.target.id);
        break;
      case "walrus":
        add(scope, node.target.text, { expression: node.value, scope });
        break;
      case "for":
        bindTarget(scope, node.target, node.iterable);
        break;
      case "comprehension":
      case "dict-comprehension":
        for (const clause of node.clauses) bindTarget(scope, clause.target, clause.iterable);
        break;
      case "return":
      case "yield":
        if (node.value) add(scope, RETURNED, { expression: node.value, scope });
        break;
      case "import":
        for (const { name, as } of node.names)
          imports.set(as?.text ?? name.text.split(".")[0] ?? "", {
            module: as ? name.text : (name.text.split(".")[0] ?? ""),
            name: null,
          });
        break;
      case "import-from":
        for (const { name, as } of node.names)
          imports.set((as ?? name).text, { module: ".".repeat(node.level) + node.module.text, name: name.text });
        break;
      case "call":
        calls.push({ expression: node, scope });
        qualify(node, scope);
        break;
      case "string":
        if (node.bytes) break;
        if (isEndpointName(node.value)) texts.push({ expression: node, scope });
        else qualify(node, scope);
        break;
      case "fstring":
      case "binary":
        qualify(node, scope);
        break;
      case "subscript":
      case "comparison":
      case "dict":
      case "attribute":
        nodes.push({ node, parent: around.at(-1) ?? null, scope });
        break;
      case "match":
        for (const { pattern } of node.cases) patterns.push({ subject: node.subject, pattern, scope });
        break;
      default:
        break;
    }
  });
  return table;
}

function bindParameters(scope: NameScope, { parameters, decorators }: PyFunction): void {
  for (const { name, default: value } of parameters)
    if (value) add(scope, name.text, { expression: value, scope: scope.parent ?? scope });
    else add(scope, name.text);
  // `@pytest.mark.parametrize("a, b", [(…, …)])` passes what the list holds.
  for (const decorator of decorators) {
    if (decorator.kind !== "call" || lastName(decorator.callee) !== "parametrize") continue;
    const [names, values] = decorator.args.map(({ value }) => value);
    if (names?.kind !== "string" || (values?.kind !== "list" && values?.kind !== "tuple")) continue;
    const list = names.value.split(",").map((each) => each.trim());
    for (const item of values.items) {
      const parts = list.length > 1 && (item.kind === "tuple" || item.kind === "list") ? item.items : [item];
      for (const [at, part] of parts.entries())
        if (list[at]) add(scope, list[at], { expression: part, scope: scope.parent ?? scope });
    }
  }
}

/** Gives a target the values of an expression; a tuple's parts get the values at the same position, or all. */
function bindTarget(scope: NameScope, target: PyExpression, value: PyExpression): void {
  if (target.kind === "name") add(scope, target.id, { expression: value, scope });
  else if (target.kind === "attribute") {
    const owner = ownerOf(scope, target.object);
    if (owner) add(owner, target.name.text, { expression: value, scope });
  } else if (target.kind === "tuple" || target.kind === "list") {
    const parts = value.kind === "tuple" || value.kind === "list" ? value.items : [];
    for (const [at, each] of target.items.entries())
      bindTarget(scope, each, parts.length === target.items.length ? (parts[at] ?? value) : value);
  }
}

/** The class whose attribute `self.x` or `cls.x` is, in the method around. */
function ownerOf(scope: NameScope, object: PyExpression): NameScope | null {
  if (object.kind !== "name") return null;
  for (let at: NameScope | null = scope; at; at = at.parent) {
    const owner = receiverClass(at);
    if (owner && plainParameters(at)[0]?.name.text === object.id) return owner;
  }
  return null;
}

function add(scope: NameScope, name: string, value?: Placed): void {
  const values = scope.values.get(name) ?? [];
  if (value) values.push(value);
  scope.values.set(name, values);
}
