import type { PyArgument, PyClass, PyExpression, PyFunction, PyStatement, Span } from "#syntax";

type Call = Extract<PyExpression, { kind: "call" }>;
type Yield = Extract<PyExpression, { kind: "await" | "yield" | "yield-from" }>;

/** The steps from an assigned value to one name of an unpacking target: `a, (b, *c) = value`. */
export interface UnpackStep {
  readonly index: number;
  /** How many targets stand behind it, for what comes after a star. */
  readonly behind: number;
  readonly star: "none" | "self" | "before";
}

/**
 * What one simple statement (or the head of a compound one) does to one variable. A variable is written `name` or
 * `name.attribute`.
 */
export type Effect =
  | {
      readonly kind: "bind";
      readonly path: string;
      readonly value: PyExpression;
      readonly steps: readonly UnpackStep[];
      readonly at: Span;
    }
  | {
      readonly kind: "bind-iterated";
      readonly path: string;
      readonly iterable: PyExpression;
      readonly steps: readonly UnpackStep[];
      readonly at: Span;
    }
  | { readonly kind: "bind-opaque"; readonly path: string; readonly why: string; readonly at: Span }
  | {
      readonly kind: "import";
      readonly path: string;
      readonly statement: PyStatement;
      readonly index: number;
      readonly at: Span;
    }
  | { readonly kind: "define"; readonly path: string; readonly definition: PyFunction | PyClass; readonly at: Span }
  | { readonly kind: "delete"; readonly path: string; readonly at: Span }
  | Change
  /** A collection that lies inside of the variable's is changed: `jobs[0]["targets"].append(…)`. */
  | { readonly kind: "inside"; readonly path: string; readonly change: Change; readonly at: Span }
  | {
      readonly kind: "augment";
      readonly path: string;
      readonly target: PyExpression;
      readonly operator: string;
      readonly value: PyExpression;
      readonly at: Span;
    }
  | {
      readonly kind: "pass";
      readonly path: string;
      readonly call: Call;
      readonly argument: PyArgument;
      readonly at: Span;
    }
  /** A function defined here may change it when it runs: `rebinds` where it may even be bound anew. */
  | {
      readonly kind: "closure";
      readonly path: string;
      readonly name: string;
      readonly rebinds: boolean;
      readonly at: Span;
    }
  | { readonly kind: "yield"; readonly path: string; readonly expression: Yield; readonly at: Span }
  | {
      readonly kind: "self-call";
      readonly path: string;
      readonly method: string;
      readonly call: Call;
      readonly at: Span;
    };

/** A collection is changed in its place; `object` is the expression that it is reached by. */
export type Change =
  | {
      readonly kind: "mutate";
      readonly path: string;
      readonly object: PyExpression;
      readonly method: string;
      readonly call: Call;
      readonly at: Span;
    }
  | {
      readonly kind: "set-item";
      readonly path: string;
      readonly object: PyExpression;
      readonly index: PyExpression;
      readonly value: PyExpression | null;
      readonly at: Span;
    };

/** Not legal names in Python: what a function returns and yields are followed like variables of it. */
export const RETURNED = "return";
export const YIELDED = "yield";

/** Methods that change the list, set or dict they are called on. */
export const MUTATORS: ReadonlySet<string> = new Set([
  "append",
  "extend",
  "insert",
  "remove",
  "pop",
  "clear",
  "sort",
  "reverse",
  "add",
  "update",
  "discard",
  "difference_update",
  "intersection_update",
  "symmetric_difference_update",
  "setdefault",
  "popitem",
]);
