import type { Location, PyExpression, PyFunction } from "#syntax";
import type { Condition } from "../../condition/condition.ts";
import type { Reason } from "../../fact/reason.ts";
import type { ClassInfo, Frame, Module } from "../names/scope.ts";

/*
 * What one Python expression of a charm can be, as far as reading goes. Nothing here is ever a guess: what can't be
 * read is `unknown` (or an open collection, or a template's hole) and says why.
 */

interface ValueBase {
  /** The chain of hops from the use towards the literal. */
  readonly because: readonly Reason[];
  /** The config options whose defaults this value rests on: an operator may have set something else. */
  readonly configurable: readonly string[];
}

export interface NoneValue extends ValueBase {
  readonly kind: "none";
}
export interface BoolValue extends ValueBase {
  readonly kind: "bool";
  readonly value: boolean;
}
export interface IntValue extends ValueBase {
  readonly kind: "int";
  readonly value: number;
}
export interface FloatValue extends ValueBase {
  readonly kind: "float";
  readonly value: number;
}
export interface StringValue extends ValueBase {
  readonly kind: "string";
  readonly value: string;
  readonly bytes: boolean;
}

/** A hole of a template: what is filled in when the charm runs, and how the source writes it. */
export interface Hole {
  readonly value: PyValue;
  readonly text: string;
}

/** A string with holes; texts and holes in order. */
export interface TemplateValue extends ValueBase {
  readonly kind: "template";
  readonly parts: readonly (string | Hole)[];
}

/** One element of a list, tuple or set. */
export interface Element {
  readonly value: PyValue;
  /** Python text under which the element is in; null: always. */
  readonly condition: Condition | null;
  /** Where the element is written. */
  readonly at: Location;
}

export interface SequenceValue extends ValueBase {
  readonly kind: "sequence";
  readonly type: "list" | "tuple" | "set";
  /** A list or tuple made from a set: its order is unknown. */
  readonly unordered: boolean;
  /** How often each element occurs is unknown too: several possible collections were merged. */
  readonly loose: boolean;
  readonly elements: readonly Element[];
  /** Why more elements may be in it that can't be read; null: these are all. */
  readonly open: string | null;
  /** The display it grew from, so that two states of one list can be merged. */
  readonly lineage: object;
}

export interface DictEntry {
  readonly key: PyValue;
  readonly value: PyValue;
  readonly condition: Condition | null;
  readonly keyAt: Location;
  readonly at: Location;
}

export interface DictValue extends ValueBase {
  readonly kind: "dict";
  /** In source order, doubles included; the last one of a key counts. */
  readonly entries: readonly DictEntry[];
  /** Why more entries may be in it that can't be read; null: these are all. */
  readonly open: string | null;
  /** The unread entries may replace the entries before this index; those from it on came later. */
  readonly overridden: number;
  readonly lineage: object;
  /** The dict display, where it is one. */
  readonly at: Location | null;
}

/** A class of the charm's own tree. */
export interface ClassValue extends ValueBase {
  readonly kind: "class";
  readonly class: ClassInfo;
}

/** The result of calling a class of the tree, or anything external (class or function). */
export interface InstanceValue extends ValueBase {
  readonly kind: "instance";
  /** null: what was called is not in the tree. */
  readonly class: ClassInfo | null;
  /** Dotted names of the external thing called, or of the external bases of `class`, nearest first. */
  readonly external: readonly string[];
  /** null: some instance of the class, however it was made (`self`). */
  readonly arguments: BoundArguments | null;
  /** The call that made it. */
  readonly call: Location | null;
  readonly callee: Location | null;
}

export interface FunctionValue extends ValueBase {
  readonly kind: "function";
  readonly node: PyFunction | Extract<PyExpression, { kind: "lambda" }>;
  /** The frame in which it was defined. */
  readonly frame: Frame;
  /** What it is bound to: the instance (or class, for a classmethod). */
  readonly self: PyValue | null;
  readonly owner: ClassInfo | null;
}

export interface ModuleValue extends ValueBase {
  readonly kind: "module";
  readonly module: Module;
}

/**
 * Something of a package outside the charm's tree (or of a vendored library, which counts as outside), by its full
 * dotted name: `charms.istio_beacon_k8s.v0.service_mesh.AppPolicy`, `ops.CharmBase.unit.set_ports`, `builtins.int`.
 */
export interface ExternalValue extends ValueBase {
  readonly kind: "external";
  readonly name: string;
  /** The value, where a vendored library's file states it as a constant (`Method.get` is "GET"). */
  readonly constant: PyValue | null;
}

export interface EnumMemberValue extends ValueBase {
  readonly kind: "enum-member";
  readonly class: ClassInfo;
  readonly name: string;
  readonly value: PyValue;
}

/** `super()` inside a method: attributes are looked up behind `after`. */
export interface SuperValue extends ValueBase {
  readonly kind: "super";
  readonly after: ClassInfo;
  readonly instance: InstanceValue;
}

/** Exactly one of these; options may be unknown themselves, but no option is a oneOf. */
export interface OneOfValue extends ValueBase {
  readonly kind: "one-of";
  readonly options: readonly PyValue[];
}

export interface UnknownValue extends ValueBase {
  readonly kind: "unknown";
  readonly why: string;
}

export type PyValue =
  | NoneValue
  | BoolValue
  | IntValue
  | FloatValue
  | StringValue
  | TemplateValue
  | SequenceValue
  | DictValue
  | ClassValue
  | InstanceValue
  | FunctionValue
  | ModuleValue
  | ExternalValue
  | EnumMemberValue
  | SuperValue
  | OneOfValue
  | UnknownValue;

/** One argument of a call, evaluated only when asked for (`valueOf`). */
export interface Argument {
  /** The parameter's name; null for a positional argument whose parameter isn't known. */
  readonly name: string | null;
  /** The keyword's own place (the key's, where it comes from a `**` dict); null for a positional argument. */
  readonly keyword: Location | null;
  /** The place of the value. */
  readonly at: Location;
  readonly expression: PyExpression | null;
  readonly frame: Frame | null;
  /** Set where the value is already known, as for arguments that come out of `*` and `**`. */
  readonly value: PyValue | null;
  /** Python text under which it is passed at all; null: always. */
  readonly condition: Condition | null;
}

export interface BoundArguments {
  readonly positional: readonly Argument[];
  readonly keywords: ReadonlyMap<string, Argument>;
  /** What is passed behind a `*` of unknown length, so that its parameter is unknown. */
  readonly spread: readonly Argument[];
  /** Why even more may be passed by position that can't be read; null: `positional` and `spread` are all. */
  readonly unread: string | null;
  /** Why the parameter of some argument is unknown, or the argument can't be read (`**kwargs`, `*args`, damage); null: all can. */
  readonly open: string | null;
}
