import type { PyClass } from "#syntax";
import { scopeFrame } from "../flow/iteration-frame.ts";
import { touchedIn } from "../flow/touched.ts";
import type { Interpreter } from "../interpreter.ts";
import { linkedPaths } from "../mutation/links.ts";
import type { ClassInfo, Frame } from "../names/scope.ts";
import { methodsOf, selfName } from "./methods.ts";

/** Who of a class's methods binds or changes which attribute of `self`, and who calls whom on `self`; by method name. */
interface MethodIndex {
  readonly touchers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly callers: ReadonlyMap<string, ReadonlySet<string>>;
  readonly callees: ReadonlyMap<string, ReadonlySet<string>>;
}

const memo = new WeakMap<PyClass, MethodIndex>();

function methodIndex(info: ClassInfo): MethodIndex {
  const known = memo.get(info.node);
  if (known) return known;
  const touchers = new Map<string, Set<string>>();
  const callers = new Map<string, Set<string>>();
  const callees = new Map<string, Set<string>>();
  for (const method of methodsOf(info)) {
    const prefix = `${selfName(method) ?? "self"}.`;
    const name = method.name.text;
    for (const path of touchedIn(method.body)) {
      if (!path.startsWith(prefix)) continue;
      const attribute = path.slice(prefix.length);
      if (attribute === "()") continue;
      if (attribute.endsWith("()")) {
        add(callers, attribute.slice(0, -2), name);
        add(callees, name, attribute.slice(0, -2));
      } else add(touchers, attribute, name);
    }
    for (const path of linkedPaths(method.body, prefix)) add(touchers, path.slice(prefix.length), name);
  }
  const made: MethodIndex = { touchers, callers, callees };
  memo.set(info.node, made);
  return made;
}

function add(map: Map<string, Set<string>>, key: string, value: string): void {
  const set = map.get(key);
  if (set) set.add(value);
  else map.set(key, new Set([value]));
}

/** Whether some method of the class itself binds or changes the attribute of `self`. */
export function touchesOnSelf(info: ClassInfo, attribute: string): boolean {
  return methodIndex(info).touchers.has(attribute);
}

/** The methods of the class and its ancestors that change the attribute, by themselves or through others that they call on `self`. */
export function reachingMethods(cx: Interpreter, info: ClassInfo, attribute: string): ReadonlySet<string> {
  return cx.remembered<ReadonlySet<string>>(
    info,
    `reaching ${attribute}`,
    () => {
      const indexes = cx.lineage(info).classes.map(methodIndex);
      const found = new Set(indexes.flatMap((index) => [...(index.touchers.get(attribute) ?? [])]));
      // A Set's iteration includes the members that are added during it.
      for (const method of found)
        for (const index of indexes) for (const caller of index.callers.get(method) ?? []) found.add(caller);
      return found;
    },
    () => new Set(),
  );
}

/** The methods that these call on `self`, directly or not. */
export function reachedMethods(cx: Interpreter, info: ClassInfo, from: readonly string[]): ReadonlySet<string> {
  const indexes = cx.lineage(info).classes.map(methodIndex);
  const found = new Set<string>();
  const add = (method: string) => {
    for (const index of indexes) for (const callee of index.callees.get(method) ?? []) found.add(callee);
  };
  for (const method of from) add(method);
  for (const method of found) add(method);
  return found;
}

/**
 * For a variable `self.attribute` of a method: the names of the methods whose call on `self` may change it. null where the
 * variable is no attribute of the method's own instance.
 */
export function reachingFrom(cx: Interpreter, frame: Frame, path: string): ReadonlySet<string> | null {
  const dot = path.indexOf(".");
  const { scope, bindings } = scopeFrame(frame);
  const { node, parent } = scope;
  if (dot < 0 || node.kind !== "function" || parent?.kind !== "class") return null;
  const self = path.slice(0, dot);
  if (selfName(node) !== self) return null;
  const instance = bindings?.get(self);
  const info = instance?.kind === "instance" ? instance.class : null;
  return reachingMethods(cx, info ?? cx.classInfo(parent), path.slice(dot + 1));
}
