import type { PyStatement, Span } from "#syntax";
import { type Condition, negated } from "../../condition/condition.ts";
import { blocksOf } from "../flow/blocks.ts";
import { scopeFrame } from "../flow/iteration-frame.ts";
import { testedIn, touched, touchedIn } from "../flow/touched.ts";
import type { Interpreter } from "../interpreter.ts";
import { effectsOf } from "../mutation/effects.ts";
import { changedIn } from "../mutation/links.ts";
import { joinedBranches } from "../values/join.ts";
import { external, unknownValue, withHop } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import { memberOf } from "./imports.ts";
import { absoluteName } from "./module-tree.ts";
import type { Frame, Module, Scope } from "./scope.ts";
import { hop } from "./snippet.ts";
import { sourceIndex } from "./source-index.ts";

/** Names that are there without an import (https://docs.python.org/3/library/functions.html), as far as charms use them. */
const BUILTINS: ReadonlySet<string> = new Set([
  "abs",
  "all",
  "any",
  "bool",
  "bytes",
  "callable",
  "classmethod",
  "dict",
  "enumerate",
  "filter",
  "float",
  "frozenset",
  "getattr",
  "hasattr",
  "hash",
  "id",
  "int",
  "isinstance",
  "issubclass",
  "iter",
  "len",
  "list",
  "map",
  "max",
  "min",
  "next",
  "object",
  "open",
  "ord",
  "chr",
  "print",
  "property",
  "range",
  "repr",
  "reversed",
  "round",
  "set",
  "setattr",
  "sorted",
  "staticmethod",
  "str",
  "sum",
  "super",
  "tuple",
  "type",
  "vars",
  "zip",
  "Exception",
  "ValueError",
  "KeyError",
  "TypeError",
  "RuntimeError",
  "AttributeError",
  "NotImplementedError",
]);

/** What a name means at a place of the frame's file: bindings of iterations, then local, enclosing, module and builtin names. */
export function nameValue(cx: Interpreter, id: string, frame: Frame, at: Span): PyValue {
  let outer: Frame | null = frame;
  let until = at.start;
  let direct = true;
  while (outer) {
    for (let round: Frame | null = outer; round?.iteration; round = round.parent) {
      const value = round.bindings?.get(id);
      const body = round.iteration.body;
      // A loop whose body binds its own variable anew is followed statement by statement.
      if (value && !(body && touchedIn(body).has(id))) return value;
    }
    const base = scopeFrame(outer);
    // A class's names are not to be seen from what is defined in it.
    const hidden = base.scope.kind === "class" && base.scope !== scopeFrame(frame).scope;
    const value = hidden ? null : inScope(cx, id, base, outer, until, direct);
    if (value) return value;
    // A class's body runs where it stands, a function's some time later.
    direct &&= base.scope.kind === "class";
    until = base.scope.node.span.start;
    outer = base.parent;
  }
  if (BUILTINS.has(id)) return external(`builtins.${id}`);
  const { module } = frame.scope;
  return starred(cx, id, module) ?? unknownValue(`\`${id}\` is not bound in \`${module.path}\``);
}

function inScope(
  cx: Interpreter,
  id: string,
  base: Frame,
  frame: Frame,
  until: number,
  direct: boolean,
): PyValue | null {
  const { scope } = base;
  const { node } = scope;
  if (node.kind === "lambda") return parameterOf(cx, id, base);
  if (node.kind === "module") {
    // What a function declares `global` may be changed whenever that has run.
    const shared = sourceIndex(scope.module).globals.has(id);
    return direct && !shared && changedIn(node.body).has(id)
      ? cx.state({ path: id, body: node.body, frame, start: null, until })
      : cx.remembered<PyValue | null>(
          scope.module,
          id,
          () => cx.moduleState(scope.module, id),
          (why) => unknownValue(why),
        );
  }
  if (node.kind === "class") {
    return direct && touchedIn(node.body).has(id)
      ? cx.state({ path: id, body: node.body, frame, start: null, until })
      : null;
  }
  const { captures, globals } = sourceIndex(scope.module);
  if (globals.get(id)?.includes(scope)) return null;
  if (captures.get(scope)?.has(id)) return unknownValue(`\`${id}\` is captured by a \`match\` pattern`);
  const parameter = parameterOf(cx, id, base);
  if (!changedIn(node.body).has(id) && !(parameter && direct && testedIn(node.body).has(id))) return parameter;
  if (direct) return cx.state({ path: id, body: node.body, frame, start: parameter, until }) ?? unbound(id, scope);
  const defined = cx.state({ path: id, body: node.body, frame, start: parameter, until });
  if (!changesBehind(node.body, id, until)) return defined;
  const end = cx.state({ path: id, body: node.body, frame: base, start: parameter, until: null });
  if (defined === null || end === null) return end ?? defined;
  const later: Condition = [{ kind: "later" }];
  return joinedBranches(defined, end, negated(later), later);
}

function unbound(id: string, scope: Scope): PyValue | null {
  const { node } = scope;
  // A function that only mutates the name does not own it.
  const owns = node.kind === "function" && bindsAnywhere(node.body, id);
  return owns ? unknownValue(`\`${id}\` is not bound on the way here`) : null;
}

/** Effects that need the name to be bound already, be it outside. */
const CHANGING: ReadonlySet<string> = new Set(["mutate", "set-item", "inside", "pass", "self-call", "closure"]);

function bindsAnywhere(body: readonly PyStatement[], id: string): boolean {
  return body.some((statement) => {
    if (!touched(statement).has(id)) return false;
    const binds = effectsOf(statement).some((effect) => effect.path === id && !CHANGING.has(effect.kind));
    return binds || blocksOf(statement).some((block) => bindsAnywhere(block, id));
  });
}

function changesBehind(body: readonly PyStatement[], id: string, offset: number): boolean {
  return body.some(
    (statement) => statement.span.end > offset && touched(statement).has(id) && !isOnly(statement, offset),
  );
}

/** A simple statement that holds the offset can't change the name after it, but for its own binding. */
function isOnly(statement: PyStatement, offset: number): boolean {
  return statement.kind === "function" && statement.span.start <= offset;
}

/** A parameter's value in a call's frame, or from the callers for a generic frame; null if it is no parameter. */
function parameterOf(cx: Interpreter, id: string, frame: Frame): PyValue | null {
  const given = frame.bindings?.get(id);
  if (given) return given;
  const { node } = frame.scope;
  if (node.kind !== "function" && node.kind !== "lambda") return null;
  if (!node.parameters.some((parameter) => parameter.kind !== "marker" && parameter.name.text === id)) return null;
  return cx.parameter(frame, id);
}

/** A module's variable after its body, with what functions that declare it `global` may make of it. */
export function moduleState(cx: Interpreter, module: Module, name: string): PyValue | null {
  const { root, globals } = sourceIndex(module);
  const frame = cx.genericFrame(root);
  const { body } = module.tree;
  let value = touchedIn(body).has(name) ? cx.state({ path: name, body, frame, start: null, until: null }) : null;
  for (const scope of globals.get(name) ?? []) {
    const { node } = scope;
    if (node.kind !== "function" || !touchedIn(node.body).has(name)) continue;
    const own = cx.genericFrame(scope);
    const later = cx.state({ path: name, body: node.body, frame: own, start: value, until: null });
    const condition: Condition = [{ kind: "run", name: node.name.text }];
    value = value && later ? joinedBranches(value, later, negated(condition), condition) : (value ?? later);
  }
  return value ?? starred(cx, name, module);
}

/** A name that `from x import *` may bring in; null where no such import can. */
function starred(cx: Interpreter, id: string, module: Module): PyValue | null {
  const { body } = module.tree;
  if (!touchedIn(body).has("*")) return null;
  const outside: string[] = [];
  for (const statement of starImports(body)) {
    const from = absoluteName(module, statement.module.text, statement.level);
    if (from === null) continue;
    const found = cx.tree.find(from);
    if (!found) {
      outside.push(from);
      continue;
    }
    const value = memberOf(cx, from, id);
    if (value.kind === "unknown" || (found.vendored && value.kind === "external" && !definesName(found, id))) continue;
    const text = `\`${id}\` is imported from \`${statement.module.text}\` by \`*\``;
    return withHop(value, hop(module, statement.module.span, text));
  }
  if (BUILTINS.has(id) || outside.length === 0) return null;
  return unknownValue(`\`${id}\` may come from \`${outside.join("` or `")}\`, which is not in the charm's tree`);
}

function definesName(module: Module, id: string): boolean {
  return touchedIn(module.tree.body).has(id);
}

function starImports(body: readonly PyStatement[]): readonly Extract<PyStatement, { kind: "import-from" }>[] {
  return body.flatMap((statement) => {
    if (statement.kind === "import-from")
      return statement.names.some((alias) => alias.name.text === "*") ? [statement] : [];
    if (statement.kind === "try") return starImports(statement.body);
    return statement.kind === "if" ? starImports([...statement.then, ...statement.otherwise]) : [];
  });
}
