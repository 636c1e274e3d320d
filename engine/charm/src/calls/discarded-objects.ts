import {
  type CallSite,
  type ClassInfo,
  callsNamed,
  evaluate,
  externalBases,
  optionsOfValue,
  type Program,
} from "#python";
import { type Location, memo, type PyExpression, type PyFunction } from "#syntax";
import type { LibraryConcept } from "../catalog/library-names.ts";
import type { DiscardedObject } from "../library-call.ts";
import { type PyNode, walkNode } from "../source/syntax-walk.ts";
import { callsOf } from "./library-calls.ts";

/** Classes of the libraries that do their work in observers, and therefore do nothing once they are collected. */
const OBSERVERS: readonly (LibraryConcept & DiscardedObject["concept"])[] = [
  "ServiceMeshConsumer",
  "ServiceMeshProvider",
  "Coordinator",
  "Worker",
];

/** Classes without behaviour of their own that a component may extend; every other base may keep the component. */
const PLAIN_BASES: ReadonlySet<string> = new Set(["ops.Object", "ops.framework.Object", "builtins.object", "object"]);

/** How many factories and components may lie between a library object and the place that drops it. */
const DEEPEST = 5;

/**
 * The mesh objects that the charm makes and nothing keeps: a bare statement, a local name that only its own methods are called
 * on, and the same for the result of a function that returns such an object or for a component that holds one. What may keep
 * an object (an argument, a closure, an attribute, a base class that is not known) counts as keeping it.
 * (ops 2.23, framework.py: `Framework._observer` and `_objects` are WeakValueDictionary.)
 */
export function discardedObjects(program: Program): readonly DiscardedObject[] {
  const found = new Map<string, DiscardedObject>();
  for (const concept of OBSERVERS) {
    for (const site of callsOf(program, concept)) {
      for (const lost of lostFrom(program, site, 0)) {
        found.set(`${lost.call.file.path}:${lost.call.span.start}`, { ...lost, concept, made: site.call });
      }
    }
  }
  return [...found.values()];
}

type Lost = Omit<DiscardedObject, "concept" | "made">;

/** Where the object that a call makes gets lost; empty where something keeps it, or may. */
function lostFrom(program: Program, site: CallSite, depth: number): readonly Lost[] {
  const { function: body } = site;
  if (!body || depth > DEEPEST || keepsItself(program, site.class) || isGenerator(body)) return [];
  const fate = fateOf(site, body);
  switch (fate.kind) {
    case "dropped":
      return [lost(site, body, fate.local, fate.uses)];
    case "returned":
      return fromFactory(program, body, depth);
    case "on-self":
      return fromComponent(program, site, depth);
    default:
      return [];
  }
}

function lost(site: CallSite, body: PyFunction, local: Location | null, uses: readonly Location[]): Lost {
  const first = site.enclosingClass?.node.body.includes(body) === true ? body.parameters[0] : undefined;
  return {
    name: site.name,
    callee: site.callee,
    call: site.call,
    local,
    uses,
    receiver: first?.kind === "plain" && body.decorators.length === 0 ? first.name.text : null,
  };
}

type Fate =
  | { readonly kind: "dropped"; readonly local: Location | null; readonly uses: readonly Location[] }
  | { readonly kind: "returned" | "on-self" | "kept" };

const KEPT: Fate = { kind: "kept" };

/** What the function does with the object right where it makes it. */
function fateOf(site: CallSite, body: PyFunction): Fate {
  const around = nodesAround(body, site.expression);
  let inner: PyNode = site.expression;
  for (const outer of [...around].reverse()) {
    switch (outer.kind) {
      case "expression":
        return { kind: "dropped", local: null, uses: [] };
      case "return":
        return { kind: "returned" };
      case "await":
      case "boolean":
        break;
      case "conditional":
        if (outer.test === inner) return KEPT;
        break;
      case "assign": {
        const [target, another] = outer.targets;
        return target && !another ? fateOfTarget(target, site, body) : KEPT;
      }
      case "annotated-assign":
        return fateOfTarget(outer.target, site, body);
      default:
        return KEPT;
    }
    inner = outer;
  }
  return KEPT;
}

function fateOfTarget(target: PyExpression, site: CallSite, body: PyFunction): Fate {
  const { file } = site.module;
  if (target.kind === "attribute")
    return target.object.kind === "name" && target.object.id === body.parameters[0]?.name.text && site.enclosingClass
      ? { kind: "on-self" }
      : KEPT;
  if (target.kind !== "name") return KEPT;
  const uses: Location[] = [];
  let fate: Fate = KEPT;
  const outcome = usesOf(body, target.id, (node, around) => {
    if (node === target) return "harmless";
    uses.push({ file, span: node.span });
    return isHarmlessUse(node, around, site.class === null);
  });
  if (outcome === "harmless") fate = { kind: "dropped", local: { file, span: target.span }, uses };
  if (outcome === "returned") fate = { kind: "returned" };
  return fate;
}

type Use = "harmless" | "returned" | "keeps";

/** The worst that happens to a local name in its function; a use in a nested function or a `global` keeps the object. */
function usesOf(body: PyFunction, name: string, judge: (node: PyNode, around: readonly PyNode[]) => Use): Use {
  const rank: readonly Use[] = ["harmless", "returned", "keeps"];
  let worst: Use = "harmless";
  walkNode(body, (node, around) => {
    let use: Use = "harmless";
    if ((node.kind === "global" || node.kind === "nonlocal") && node.names.some((each) => each.text === name))
      use = "keeps";
    else if (node.kind === "name" && node.id === name) {
      const nested = around.some((each) => each !== body && (each.kind === "function" || each.kind === "lambda"));
      use = nested ? "keeps" : judge(node, around);
    }
    if (rank.indexOf(use) > rank.indexOf(worst)) worst = use;
  });
  return worst;
}

/** `mesh.method(…)`, `self.framework.observe(mesh.on.x, …)`, `del mesh`: none of them keeps the object that `mesh` names. */
function isHarmlessUse(node: PyNode, around: readonly PyNode[], isOfLibrary: boolean): Use {
  const parent = around.at(-1);
  if (parent?.kind === "return") return "returned";
  if (parent?.kind === "delete") return "harmless";
  if (parent?.kind !== "attribute" || parent.object !== node) return "keeps";
  const outer = around.at(-2);
  // A method of the charm's own subclass may hand the object back.
  if (outer?.kind === "call" && outer.callee === parent && isOfLibrary) return "harmless";
  return around.some((each) => each.kind === "call" && isObserve(each.callee)) ? "harmless" : "keeps";
}

function isObserve(callee: PyExpression): boolean {
  return callee.kind === "attribute" && callee.name.text === "observe";
}

/** The calls of a function that returns the object. A decorator may keep what the function returns. */
function fromFactory(program: Program, body: PyFunction, depth: number): readonly Lost[] {
  const { decorators } = body;
  if (!decorators.every((each) => each.kind === "name" && /^(?:static|class)method$/.test(each.id))) return [];
  return callsNamed(program, [body.name.text])
    .filter(({ expression, frame }) =>
      optionsOfValue(evaluate(program, expression.callee, frame)).some(
        (each) => each.kind === "function" && each.node === body,
      ),
    )
    .flatMap((caller) => lostFrom(program, caller, depth + 1));
}

/** The calls that make the component which holds the object, where each of them drops the component. */
function fromComponent(program: Program, site: CallSite, depth: number): readonly Lost[] {
  const owner = site.enclosingClass;
  if (!owner || keepsItself(program, owner)) return [];
  const makers = callsNamed(program, [owner.name]).filter((each) => each.class?.node === owner.node);
  const found = makers.map((each) => lostFrom(program, each, depth + 1));
  return found.every((each) => each.length > 0) ? found.flat() : [];
}

/**
 * Whether an instance of a class of the tree may be kept by what its class does: a base that is not known, `self` or a bound
 * method handed to something. A library's class keeps nothing of itself.
 */
function keepsItself(program: Program, owner: ClassInfo | null): boolean {
  if (!owner) return false;
  const bases = externalBases(program, owner);
  const known = bases.every((each) => PLAIN_BASES.has(each) || /\.(?:ServiceMesh\w+|Coordinator|Worker)$/.test(each));
  return !known || owner.node.bases.length > 1 || owner.node.decorators.length > 0 || leaksSelf(owner);
}

function leaksSelf({ node }: ClassInfo): boolean {
  const methods = node.body.filter((each) => each.kind === "function");
  const names = new Set(methods.filter((each) => each.decorators.length === 0).map((each) => each.name.text));
  return methods.some((method) => {
    const self = method.parameters[0]?.name.text;
    if (self === undefined) return false;
    let leaks = false;
    walkNode(method, (each, around) => {
      if (each.kind !== "name" || each.id !== self) return;
      const parent = around.at(-1);
      if (parent?.kind !== "attribute" || parent.object !== each) {
        leaks ||= !around.some((outer) => outer.kind === "call" && isSuper(outer.callee));
        return;
      }
      const outer = around.at(-2);
      const called = outer?.kind === "call" && outer.callee === parent;
      if (!called && names.has(parent.name.text))
        leaks ||= !around.some((one) => one.kind === "call" && isObserve(one.callee));
    });
    return leaks;
  });
}

function isSuper(callee: PyExpression): boolean {
  if (callee.kind === "name") return callee.id === "super";
  return callee.kind === "attribute" && callee.name.text === "__init__";
}

function isGenerator(body: PyFunction): boolean {
  return bodyIndex(body).generator;
}

/** The nodes around an expression within a function, outermost first. */
function nodesAround(body: PyFunction, expression: PyExpression): readonly PyNode[] {
  const { parents } = bodyIndex(body);
  const found: PyNode[] = [];
  for (let node = parents.get(expression); node; node = parents.get(node)) found.push(node);
  return found.reverse();
}

interface BodyIndex {
  readonly generator: boolean;
  readonly parents: ReadonlyMap<PyNode, PyNode>;
}

/** The parents of a function's nodes; one traversal for all objects that the function creates. */
const bodyIndex = memo((body: PyFunction): BodyIndex => {
  let generator = false;
  const parents = new Map<PyNode, PyNode>();
  walkNode(body, (node, around) => {
    generator ||= node.kind === "yield" || node.kind === "yield-from";
    const parent = around.at(-1);
    if (parent) parents.set(node, parent);
  });
  return { generator, parents };
});
