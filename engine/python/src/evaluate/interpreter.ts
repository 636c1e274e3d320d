import type { Location, PyExpression, PyStatement, Span } from "#syntax";
import type { ModuleTree } from "./names/module-tree.ts";
import type { CallPlace } from "./names/places.ts";
import type { ClassInfo, Frame, Module, Scope } from "./names/scope.ts";
import type { Argument, BoundArguments, FunctionValue, InstanceValue, PyValue, SequenceValue } from "./values/value.ts";

/** A config option's default, as charmcraft.yaml or config.yaml states it. `ConfigOption` of the charm model fits. */
export interface ConfigDefault {
  readonly type: string | null;
  readonly default: string | number | boolean | null;
  readonly location: Location;
}

/**
 * What the parts of the evaluator need of each other. They are mutually recursive by nature (a name leads to a call,
 * a call to statements, statements to names); each part takes this instead of importing the others.
 */
export interface Interpreter {
  readonly tree: ModuleTree;
  readonly config: () => ReadonlyMap<string, ConfigDefault>;
  /** Whether a dict is, or grew from, one that was made of these options; other than `config` it looks at none of them. */
  readonly isOfConfig: (lineage: object) => boolean;
  /** Parameter lists of known record classes outside the tree, by dotted name. */
  readonly records: ReadonlyMap<string, readonly string[]>;
  /** The value of a constant outside the tree, if the caller knows it. */
  readonly constant: (dotted: string) => string | number | undefined;
  /** The modules whose calls count. */
  readonly own: readonly Module[];
  /** Those of them that mention the word. */
  readonly mentioning: (word: string) => readonly Module[];

  readonly evaluate: (expression: PyExpression, frame: Frame) => PyValue;
  /** What a name means at an offset of the frame's file. */
  readonly name: (id: string, frame: Frame, at: Span) => PyValue;
  readonly attribute: (value: PyValue, name: string, at: Location) => PyValue;
  readonly call: (callee: PyValue, args: BoundArguments, at: CallPosition) => PyValue;
  /** Calling with values by position. */
  readonly callPlain: (callee: PyValue, args: readonly PyValue[], at: Location) => PyValue;
  readonly argument: (argument: Argument) => PyValue;
  /** The arguments of every call in the tree that makes an instance of just this class. */
  readonly constructions: (info: ClassInfo) => readonly BoundArguments[];
  /** The value of a variable (`name` or `name.attribute`) in a block of statements; see flow.ts. */
  readonly state: (request: StateRequest) => PyValue | null;
  /** A module's variable once its body has run; null where nothing binds it. */
  readonly moduleState: (module: Module, name: string) => PyValue | null;
  /** What a function gives back in the frame. */
  readonly returned: (fn: FunctionValue, frame: Frame) => PyValue;
  /** What a parameter of a generic frame is, from its callers in the tree. */
  readonly parameter: (frame: Frame, name: string) => PyValue;
  readonly truth: (value: PyValue) => boolean | null;
  /** The elements that iterating a value gives; null where that is unknown. */
  readonly iterated: (value: PyValue) => SequenceValue | null;

  readonly genericFrame: (scope: Scope) => Frame;
  readonly moduleFrame: (module: Module) => Frame;
  readonly classInfo: (scope: Scope) => ClassInfo;
  /** Some instance of the class. */
  readonly someInstance: (info: ClassInfo) => InstanceValue;
  /** The frame of a method or function for a call without arguments, or for an unknown call. */
  readonly methodFrame: (fn: FunctionValue) => Frame;
  /** Whether the class is handed to `main(…)`: it is a charm that runs. */
  readonly isMain: (info: ClassInfo) => boolean;
  /** The frame of one call of a function. */
  readonly callFrame: (fn: FunctionValue, args: BoundArguments) => Frame;
  readonly lineage: (info: ClassInfo) => Lineage;
  readonly subclasses: (info: ClassInfo) => readonly ClassInfo[];
  /** Calls in the charm's own files that may call one of the names; null: all calls. */
  readonly callsOf: (names: ReadonlySet<string> | null) => readonly CallPlace[];
  /** The frame in which a call's arguments stand, comprehension variables bound to all they can be. */
  readonly frameOfCall: (place: CallPlace) => Frame;

  /** Counts steps of work that no memory stands in front of; null if they may be taken, else why the value is unknown. */
  readonly spend: (steps: number) => string | null;
  /** The reason that `guarded` gives where something refers to itself. */
  readonly cycle: string;
  /** Runs `compute` unless it is already running for the same key pair or the budget is used up; then `otherwise`. */
  readonly guarded: <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T) => T;
  /** The same, remembering the result. */
  readonly remembered: <T>(owner: object, key: unknown, compute: () => T, otherwise: (why: string) => T) => T;
}

export interface Lineage {
  /** The class and its ancestors in the tree, in the order of look-up. */
  readonly classes: readonly ClassInfo[];
  /** Dotted names of ancestors outside the tree, nearest first. */
  readonly external: readonly string[];
  /** False where some base could not be read. */
  readonly complete: boolean;
}

export interface CallPosition {
  readonly call: Location;
  readonly callee: Location;
}

export interface StateRequest {
  readonly path: string;
  readonly body: readonly PyStatement[];
  readonly frame: Frame;
  /** The value before the body; null: not bound. */
  readonly start: PyValue | null;
  /** Offset of the use; null: after everything. */
  readonly until: number | null;
}
