import { memo, type PyExpression, type PyStatement } from "#syntax";
import { blocksOf } from "../flow/blocks.ts";
import { aliasPaths, heldPaths, pathOf } from "../flow/path.ts";
import { touchedIn } from "../flow/touched.ts";
import type { Effect } from "./effect.ts";
import { effectsOf } from "./effects.ts";

/*
 * Several names for one object. `ports = self._ports` makes `ports.append(80)` a change of both, and so do `jobs.append(job)`
 * and `for job in jobs:` for what is done to a job. Their values decide which names really are one object; here only
 * who may be.
 */

/** Another variable through which one may be changed. */
export interface Link {
  readonly path: string;
  /** The offset from which both are certainly one object; null: their values decide. */
  readonly certainFrom: number | null;
}

/** The links of a scope's body. Each variable's are found when they are asked for: all of them together can be many. */
interface Links {
  /** Those of one variable; empty where it has none. */
  readonly of: (path: string) => readonly Link[];
  /** The variables that may have some. */
  readonly paths: Iterable<string>;
}

const NONE: readonly Link[] = [];
const NOTHING: Links = { of: () => NONE, paths: [] };

/** The variables of a scope's body through which a variable may be changed. */
export function linksOf(body: readonly PyStatement[], path: string): readonly Link[] {
  return linksIn(body).of(path);
}

/** The variables that a scope's body may bind or change, through others too. */
export function changedIn(body: readonly PyStatement[]): { readonly has: (path: string) => boolean } {
  const touched = touchedIn(body);
  const links = linksIn(body);
  return links === NOTHING ? touched : { has: (path) => touched.has(path) || links.of(path).length > 0 };
}

/** The variables that begin with a prefix and are changed through others. */
export function linkedPaths(body: readonly PyStatement[], prefix: string): readonly string[] {
  const links = linksIn(body);
  return [...links.paths].filter((path) => path.startsWith(prefix) && links.of(path).length > 0);
}

/** Whether an effect changes an object in its place. */
export function isChange(effect: Effect): boolean {
  return ["mutate", "set-item", "inside", "augment", "pass"].includes(effect.kind);
}

interface Found {
  /** Variables that may be one object. */
  readonly same: (readonly [string, string])[];
  /** The second may lie in the first. */
  readonly holding: (readonly [string, string])[];
  /** Variables whose own object is changed, and those in whose object another one is. */
  readonly changed: Set<string>;
  readonly changedInside: Set<string>;
  readonly passed: Set<string>;
  /** Variables that are bound to a list, set or dict that is written out. */
  readonly collections: Set<string>;
  readonly binds: Map<string, Bind[]>;
}

interface Bind {
  readonly at: number;
  /** The variable that it is bound to, where it is nothing but that. */
  readonly source: string | null;
  readonly looped: boolean;
}

const linksIn = memo((body: readonly PyStatement[]): Links => {
  const found: Found = {
    same: [],
    holding: [],
    changed: new Set(),
    changedInside: new Set(),
    passed: new Set(),
    collections: new Set(),
    binds: new Map(),
  };
  collect(body, found, false);
  const quiet = found.changed.size + found.changedInside.size + found.passed.size === 0;
  return quiet || found.same.length + found.holding.length === 0 ? NOTHING : linked(found);
});

function collect(body: readonly PyStatement[], found: Found, looped: boolean): void {
  for (const statement of body) {
    for (const effect of effectsOf(statement)) note(effect, found, looped);
    const inLoop = looped || statement.kind === "for" || statement.kind === "while";
    for (const block of blocksOf(statement)) collect(block, found, inLoop);
  }
}

function note(effect: Effect, found: Found, looped: boolean): void {
  const { path } = effect;
  switch (effect.kind) {
    case "self-call":
    case "yield":
      return;
    case "mutate":
    case "set-item":
    case "inside": {
      (effect.kind === "inside" ? found.changedInside : found.changed).add(path);
      const change = effect.kind === "inside" ? effect.change : effect;
      const given = change.kind === "mutate" ? change.call.args.map((argument) => argument.value) : [change.value];
      for (const value of given) if (value) for (const held of heldPaths(value)) found.holding.push([path, held]);
      return;
    }
    case "augment":
      if (isDisplay(effect.value)) found.changed.add(path);
      return;
    case "pass":
      found.passed.add(path);
      return;
    case "bind":
      if (path !== "return") noteBind(effect, found, looped);
      return;
    case "bind-iterated":
      for (const held of heldPaths(effect.iterable)) found.holding.push([held, path]);
      bound(found, path, { at: effect.at.end, source: null, looped });
      return;
    default:
      bound(found, path, { at: effect.at.end, source: null, looped });
  }
}

function noteBind(effect: Extract<Effect, { kind: "bind" }>, found: Found, looped: boolean): void {
  const { path, at } = effect;
  bound(found, path, { at: at.end, source: effect.steps.length === 0 ? pathOf(effect.value) : null, looped });
  const { value, steps } = unpacked(effect);
  if (isDisplay(value)) {
    if (steps.length === 0) found.collections.add(path);
    for (const held of heldPaths(value)) found.holding.push([path, held]);
    return;
  }
  const aliases = steps.length === 0 ? aliasPaths(value) : [];
  for (const alias of aliases) found.same.push([path, alias]);
  // An element that is read from a collection is still in it.
  for (const held of heldPaths(value)) if (!aliases.includes(held)) found.holding.push([held, path]);
}

/** What a name of `a, b = x, y` is bound to: an item of the right side, where that is written out. */
function unpacked({
  value,
  steps,
}: Pick<Extract<Effect, { kind: "bind" }>, "value" | "steps">): Pick<
  Extract<Effect, { kind: "bind" }>,
  "value" | "steps"
> {
  let effect = { value, steps };
  for (;;) {
    const [step, ...rest] = effect.steps;
    const { value: whole } = effect;
    if (step?.star !== "none" || (whole.kind !== "tuple" && whole.kind !== "list")) return effect;
    const item = whole.items[step.index];
    if (!item || whole.items.some((each) => each.kind === "starred")) return effect;
    effect = { value: item, steps: rest };
  }
}

function isDisplay(value: PyExpression): boolean {
  return ["list", "set", "dict", "tuple", "comprehension", "dict-comprehension"].includes(value.kind);
}

function bound(found: Found, path: string, bind: Bind): void {
  const list = found.binds.get(path);
  if (list) list.push(bind);
  else found.binds.set(path, [bind]);
}

/** For each variable the others that may be, hold or lie in its object, and are changed somewhere. */
function linked(found: Found): Links {
  const { same, holding, binds } = found;
  const changed = new Set(found.changed);
  for (const path of found.passed) if (changed.has(path) || found.collections.has(path)) changed.add(path);
  const around = new Map<string, Set<string>>();
  const above = new Map<string, Set<string>>();
  const add = (map: Map<string, Set<string>>, from: string, to: string) => {
    const set = map.get(from);
    if (set) set.add(to);
    else map.set(from, new Set([to]));
  };
  for (const [a, b] of same) for (const [from, to] of [[a, b] as const, [b, a] as const]) add(around, from, to);
  const level = new Map([...around].map(([path, others]) => [path, new Set(others)]));
  for (const [outer, inner] of holding) {
    add(around, outer, inner);
    add(above, inner, outer);
  }
  const paths = new Set([...same, ...holding].flat());
  const linksOfPath = (path: string): readonly Link[] => {
    const others = [...reached(path, [around])].filter((one) => changed.has(one) || found.changedInside.has(one));
    const outer = [...reached(path, [above, level])].filter((one) => found.changedInside.has(one));
    const all = new Set([...others, ...outer]);
    all.delete(path);
    const certainFrom = (other: string) => sameFrom(binds, path, other) ?? sameFrom(binds, other, path);
    return [...all].map((other) => ({ path: other, certainFrom: certainFrom(other) }));
  };
  const known = new Map<string, readonly Link[]>();
  return {
    paths,
    of: (path) => {
      if (!paths.has(path)) return NONE;
      const links = known.get(path) ?? linksOfPath(path);
      known.set(path, links);
      return links;
    },
  };
}

function reached(path: string, ways: readonly ReadonlyMap<string, ReadonlySet<string>>[]): ReadonlySet<string> {
  const found = new Set([path]);
  // A Set's iteration includes the members that are added during it.
  for (const one of found) for (const way of ways) for (const next of way.get(one) ?? []) found.add(next);
  return found;
}

/** The offset behind `name = source`, where `name` is nothing else in the whole body and `source` is not bound anew later. */
function sameFrom(binds: Found["binds"], name: string, source: string): number | null {
  const [only, ...others] = binds.get(name) ?? [];
  if (!only || others.length > 0 || only.looped || only.source !== source) return null;
  return (binds.get(source) ?? []).some((bind) => bind.at > only.at) ? null : only.at;
}
