import type { PyExpression } from "#syntax";
import type { Scope } from "./scope.ts";

type Call = Extract<PyExpression, { kind: "call" }>;
type Attribute = Extract<PyExpression, { kind: "attribute" }>;
type Comprehension = Extract<PyExpression, { kind: "comprehension" | "dict-comprehension" }>;

/** One call of a file, with what stands around it. */
export interface CallPlace {
  readonly expression: Call;
  readonly scope: Scope;
  readonly around: Around;
}

/** What stands around an expression within its statement. */
export interface Around {
  /** Comprehensions, outermost first. */
  readonly iterations: readonly Comprehension[];
  /** Tests of conditional and boolean expressions that decide whether it is evaluated. */
  readonly tests: readonly { readonly test: PyExpression; readonly holds: boolean }[];
}

/**
 * `object.attribute = value`; the value is null where it is unpacked, augmented, deleted or the like. `inPlace` where the
 * attribute's own list, set or dict is changed instead: `object.attribute.append(…)`, `object.attribute[key] = …`, what
 * `object.attribute()` gives likewise, or a name that stands for either.
 */
export interface AttributeAssignment {
  readonly target: Attribute;
  readonly value: PyExpression | null;
  readonly inPlace: boolean;
  readonly scope: Scope;
}
