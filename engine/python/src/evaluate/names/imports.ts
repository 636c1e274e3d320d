import type { PyStatement } from "#syntax";
import type { Interpreter } from "../interpreter.ts";
import { external, unknownValue, withHop } from "../values/making.ts";
import type { PyValue } from "../values/value.ts";
import { absoluteName } from "./module-tree.ts";
import type { Module } from "./scope.ts";
import { hop } from "./snippet.ts";
import { vendoredValue } from "./vendored.ts";

/** What the `index`-th name of an import statement is bound to. */
export function importedValue(cx: Interpreter, module: Module, statement: PyStatement, index: number): PyValue {
  if (statement.kind === "import") {
    const alias = statement.names[index];
    if (!alias) return unknownValue("the import is damaged");
    const dotted = alias.name.text;
    return moduleValue(cx, alias.as ? dotted : (dotted.split(".")[0] ?? dotted));
  }
  if (statement.kind !== "import-from") return unknownValue("the import is damaged");
  const alias = statement.names[index];
  const from = absoluteName(module, statement.module.text, statement.level);
  if (!alias || from === null) return unknownValue("the import leads out of the charm's tree");
  const name = alias.name.text;
  const written = `${".".repeat(statement.level)}${statement.module.text}`;
  const text = `\`${alias.as ? `${name} as ${alias.as.text}` : name}\` is imported from \`${written}\``;
  return withHop(memberOf(cx, from, name), hop(module, (alias.as ?? alias.name).span, text));
}

/** The name of a module by its dotted name, as `from module import name` finds it. */
export function memberOf(cx: Interpreter, dotted: string, name: string): PyValue {
  const found = cx.tree.find(dotted);
  if (found?.vendored || (dotted.startsWith("charms.") && !found)) return vendoredValue(cx, `${dotted}.${name}`);
  if (found) return moduleMember(cx, found, name);
  if (cx.tree.isNamespace(dotted)) {
    const inner = cx.tree.find(`${dotted}.${name}`);
    if (inner) return moduleValue(cx, `${dotted}.${name}`);
  }
  return external(`${dotted}.${name}`);
}

/** An attribute of a module of the tree: a variable of it, else a module inside of the package. */
export function moduleMember(cx: Interpreter, module: Module, name: string): PyValue {
  const value = moduleVariable(cx, module, name);
  if (value) return value;
  if (module.isPackage) {
    const dotted = module.name === "" ? name : `${module.name}.${name}`;
    if (cx.tree.find(dotted) || cx.tree.isNamespace(dotted)) return moduleValue(cx, dotted);
  }
  const why = module.tree.damaged
    ? `\`${module.path}\` can't be read whole`
    : `\`${name}\` is not to be found in \`${module.path}\``;
  return unknownValue(why);
}

/** A variable of a module once its body has run; null where nothing binds it. */
export function moduleVariable(cx: Interpreter, module: Module, name: string): PyValue | null {
  return cx.remembered<PyValue | null>(
    module,
    name,
    () => cx.moduleState(module, name),
    (why) => unknownValue(why),
  );
}

/** A module of the tree, or the external of that name. */
export function moduleValue(cx: Interpreter, dotted: string): PyValue {
  const found = cx.tree.find(dotted);
  if (!found || found.vendored) return external(dotted);
  return { kind: "module", module: found, because: [], configurable: [] };
}
