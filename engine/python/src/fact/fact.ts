import type { Reason } from "./reason.ts";

/**
 * What static reading says about one value. Rules accuse on `known` (and on `oneOf` when every option is wrong);
 * `unknown` is never wrong, it only says why it could not be read.
 */
export type Fact<T> = Known<T> | OneOf<T> | SubsetOf<T> | Template | Unknown;

export interface Known<T> {
  readonly kind: "known";
  readonly value: T;
  readonly because: readonly Reason[];
  /** Config options whose defaults the value rests on: an operator may have set another. */
  readonly configurable?: readonly string[];
}

/** Exactly one of these, and which one is decided when the charm runs. */
export interface OneOf<T> {
  readonly kind: "oneOf";
  readonly options: readonly T[];
  readonly because: readonly Reason[];
  /** Config options whose defaults the value rests on: an operator may have set another. */
  readonly configurable?: readonly string[];
}

/**
 * For lists only: an unknown part of `possible` (itself a list of the same type as T).
 * `always` are those that are provably in it. `open` is true where even more, unreadable elements may be in it.
 */
export interface SubsetOf<T> {
  readonly kind: "subsetOf";
  readonly possible: T;
  readonly always: T;
  readonly open: boolean;
  /** Why it is open, in one clause; absent if it is closed, or if the reason is unknown. */
  readonly why?: string;
  readonly because: readonly Reason[];
  /** Config options whose defaults the value rests on: an operator may have set another. */
  readonly configurable?: readonly string[];
}

/** A string with holes, as in `http://{app}.{model}.svc`. */
export interface Template {
  readonly kind: "template";
  readonly text: string;
  readonly because: readonly Reason[];
  /** Config options whose defaults the value rests on: an operator may have set another. */
  readonly configurable?: readonly string[];
}

export interface Unknown {
  readonly kind: "unknown";
  readonly why: string;
  readonly because: readonly Reason[];
}

/** The value is this one, because of these steps. */
export function known<T>(value: T, because: readonly Reason[] = []): Known<T> {
  return { kind: "known", value, because };
}

/** The value is exactly one of these. */
export function oneOf<T>(options: readonly T[], because: readonly Reason[] = []): OneOf<T> {
  return { kind: "oneOf", options, because };
}

/** The value can't be read; `why` is one clause that people read ("it is read from relation data"). */
export function unknown(why: string, because: readonly Reason[] = []): Unknown {
  return { kind: "unknown", why, because };
}

/** The value if it is known for certain, else undefined. */
export function knownValue<T>(fact: Fact<T>): T | undefined {
  return fact.kind === "known" ? fact.value : undefined;
}

/** All values that the fact admits, or null where nothing bounds them. For `subsetOf` the one largest list. */
export function optionsOf<T>(fact: Fact<T>): readonly T[] | null {
  switch (fact.kind) {
    case "known":
      return [fact.value];
    case "oneOf":
      return fact.options;
    case "subsetOf":
      return fact.open ? null : [fact.possible];
    default:
      return null;
  }
}
