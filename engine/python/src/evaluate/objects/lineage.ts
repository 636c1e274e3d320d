import type { PyClass, PyFunction } from "#syntax";
import { touchedIn } from "../flow/touched.ts";
import type { Interpreter, Lineage } from "../interpreter.ts";
import type { ClassInfo } from "../names/scope.ts";
import { lastName } from "../names/source-index.ts";
import { optionsOfValue } from "../values/join.ts";
import type { InstanceValue, PyValue } from "../values/value.ts";

/**
 * A class with its ancestors, in the order in which Python looks attributes up: depth first, what several bases
 * share behind the last of them. Bases outside the tree are known by name only.
 */
export function lineageOf(cx: Interpreter, info: ClassInfo): Lineage {
  const classes: ClassInfo[] = [info];
  const external: string[] = [];
  let complete = !info.module.tree.damaged;
  for (const base of info.node.bases) {
    if (base.kind === "keyword") continue;
    if (base.kind !== "positional") {
      complete = false;
      continue;
    }
    // Generic[...] and the like: what is subscripted is the base.
    const written = base.value.kind === "subscript" ? base.value.object : base.value;
    const frame = info.frame.parent ?? info.frame;
    for (const value of optionsOfValue(cx.evaluate(written, frame))) {
      if (value.kind === "external") external.push(value.name);
      else if (value.kind === "class" && value.class !== info) {
        const inherited = cx.lineage(value.class);
        complete &&= inherited.complete;
        for (const one of inherited.classes) {
          const earlier = classes.indexOf(one);
          if (earlier > 0) classes.splice(earlier, 1);
          if (one !== info) classes.push(one);
        }
        for (const each of inherited.external) external.push(each);
      } else complete = false;
    }
  }
  return { classes, external: [...new Set(external)], complete };
}

/** The value of a name in the bodies of a class and its ancestors in the tree; `after` skips the classes up to it. */
export function classMember(
  cx: Interpreter,
  info: ClassInfo,
  name: string,
  after: ClassInfo | null = null,
): { readonly value: PyValue; readonly owner: ClassInfo } | null {
  const { classes } = cx.lineage(info);
  const start = after ? classes.indexOf(after) + 1 : 0;
  for (const owner of classes.slice(start)) {
    const { body } = owner.node;
    if (!touchedIn(body).has(name)) continue;
    const value = cx.remembered<PyValue | null>(
      owner.frame,
      `member ${name}`,
      () => cx.state({ path: name, body, frame: owner.frame, start: null, until: null }),
      () => null,
    );
    if (value) return { value, owner };
  }
  return null;
}

/** Whether the value is an instance of one of the external names, itself or through a subclass in the tree. */
export function isInstanceOf(value: PyValue, names: readonly string[]): value is InstanceValue {
  return value.kind === "instance" && value.external.some((name) => names.includes(name));
}

/** Whether a decorator's last name is one of these: `@property`, `@functools.cached_property`, `@dataclass(frozen=True)`. */
export function decoratedBy(node: PyFunction | PyClass, names: ReadonlySet<string>): boolean {
  return node.decorators.some((decorator) => {
    const called = decorator.kind === "call" ? decorator.callee : decorator;
    return names.has(lastName(called) ?? "");
  });
}
