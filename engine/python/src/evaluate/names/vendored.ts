import type { PyExpression } from "#syntax";
import { touched } from "../flow/touched.ts";
import type { Interpreter } from "../interpreter.ts";
import { effectsOf } from "../mutation/effects.ts";
import { external, numberValue, stringValue } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import type { Frame, Module, Scope } from "./scope.ts";
import { lastName, sourceIndex } from "./source-index.ts";

const ENUMS: ReadonlySet<string> = new Set(["Enum", "IntEnum", "StrEnum", "Flag", "IntFlag"]);

/**
 * What a dotted name outside the charm's own code is. Where the charm vendors the library, plain constants of its
 * modules and classes are read from there; everything else stays a name (`charms.….AppPolicy`), so that what is
 * known of libraries rests on the catalog and not on a copy that happens to lie in the tree.
 */
export function vendoredValue(cx: Interpreter, dotted: string): PyValue {
  return cx.remembered<PyValue>(
    cx.tree,
    `vendored ${dotted}`,
    () => constantOf(cx, dotted) ?? external(dotted, knownConstant(cx, dotted)),
    () => external(dotted),
  );
}

function knownConstant(cx: Interpreter, dotted: string): PyValue | null {
  const value = cx.constant(dotted);
  if (value === undefined) return null;
  return typeof value === "string" ? stringValue(value) : numberValue(value, Number.isInteger(value));
}

function constantOf(cx: Interpreter, dotted: string): PyValue | null {
  const found = vendoredModule(cx, dotted);
  if (!found) return null;
  const [name, member, ...rest] = found.inside;
  if (name === undefined || rest.length > 0) return null;
  const frame = cx.genericFrame(sourceIndex(found.module).root);
  if (member === undefined) return constantIn(cx, frame, name);
  const scope = classNamed(found.module, name);
  if (scope?.node.kind !== "class") return null;
  const value = constantIn(cx, cx.genericFrame(scope), member);
  if (!value) return null;
  const isEnum = scope.node.bases.some((base) => ENUMS.has(lastName(base.value) ?? ""));
  return isEnum ? external(dotted, value) : value;
}

function vendoredModule(cx: Interpreter, dotted: string): { module: Module; inside: readonly string[] } | null {
  const parts = dotted.split(".");
  for (let length = parts.length - 1; length > 0; length--) {
    const module = cx.tree.find(parts.slice(0, length).join("."));
    if (module) return module.vendored ? { module, inside: parts.slice(length) } : null;
  }
  return null;
}

function classNamed(module: Module, name: string): Scope | null {
  const { classes, root } = sourceIndex(module);
  return (
    classes.find((scope) => scope.parent === root && scope.node.kind === "class" && scope.node.name.text === name) ??
    null
  );
}

/** The value of a variable of the frame's body, if every binding of it is a plain constant. */
function constantIn(cx: Interpreter, frame: Frame, name: string): PyValue | null {
  const { node } = frame.scope;
  if (node.kind !== "module" && node.kind !== "class") return null;
  let bound = false;
  for (const statement of node.body) {
    if (!touched(statement).has(name)) continue;
    for (const effect of effectsOf(statement)) {
      if (effect.path !== name) continue;
      if (effect.kind !== "bind" || effect.steps.length > 0 || !isPlain(effect.value)) return null;
      bound = true;
    }
    if (!bound) return null;
  }
  if (!bound) return null;
  return cx.state({ path: name, body: node.body, frame, start: null, until: null });
}

/** Literals, displays of literals, names and attributes, and `Literal[…]`: what can be read without running anything. */
function isPlain(expression: PyExpression, depth = 0): boolean {
  if (depth > 20) return false;
  const plain = (one: PyExpression) => isPlain(one, depth + 1);
  switch (expression.kind) {
    case "string":
    case "number":
    case "constant":
    case "name":
      return true;
    case "attribute":
      return plain(expression.object);
    case "subscript":
      return lastName(expression.object) === "Literal";
    case "unary":
      return plain(expression.operand);
    case "binary":
      return plain(expression.left) && plain(expression.right);
    case "list":
    case "tuple":
    case "set":
      return expression.items.every(plain);
    case "dict":
      return expression.entries.every((entry) => entry.kind === "pair" && plain(entry.key) && plain(entry.value));
    default:
      return false;
  }
}
