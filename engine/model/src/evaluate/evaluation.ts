import type { Location, PyExpression, PyFunction, PyModule, SourceFile } from "#syntax";
import type { Fact } from "../fact/fact.ts";
import type { Reason } from "../fact/reason.ts";
import type { ClassInfo, Frame, Module, Scope } from "./scope.ts";
import type { Argument, BoundArguments, DictValue, InstanceValue, PyValue, SequenceValue } from "./value.ts";

export type * from "./scope.ts";
export type * from "./value.ts";

/** A config option's default, as charmcraft.yaml or config.yaml states it. `ConfigOption` of the charm model fits. */
export interface ConfigDefault {
  readonly type: string | null;
  readonly default: string | number | boolean | null;
  readonly location: Location;
}

export interface ProgramOptions {
  /** Import roots relative to the charm's folder, first match wins. Default: `src`, `lib`, and the folder itself. */
  readonly roots?: readonly string[];
  readonly config?: ReadonlyMap<string, ConfigDefault>;
  /** Whether a file's calls count (findCalls, callers). Default: all but `lib/charms/**`, `tests/**`, `test/**`. */
  readonly own?: (path: string) => boolean;
}

/** The Python of one charm, evaluated on demand. Immutable to the outside; make a new one when a file changes. */
export interface Program {
  readonly modules: readonly Module[];
  /** The frame of a module, for evaluating expressions that stand in its body. */
  readonly frameOf: (module: Module) => Frame;
}

/** A call whose callee was resolved. */
export interface CallSite {
  readonly module: Module;
  readonly expression: Extract<PyExpression, { kind: "call" }>;
  readonly call: Location;
  readonly callee: Location;
  /** What the callee resolved to: the dotted name that matched, e.g. `coordinated_workers.coordinator.Coordinator`. */
  readonly matched: string;
  /** The last name of the callee as written (`TempoCoordinator`). */
  readonly name: string;
  /** The class of the tree that was called, where a subclass was. */
  readonly class: ClassInfo | null;
  /** The arguments as the matched external class receives them: a subclass's `__init__` is followed to its `super().__init__`. */
  readonly arguments: BoundArguments;
  readonly scope: Scope;
  readonly frame: Frame;
  readonly function: PyFunction | null;
  /** The class around the call. */
  readonly enclosingClass: ClassInfo | null;
  /** Python text under which the call runs (tests around it, early returns before it, its function's callers); null: always. */
  readonly condition: string | null;
  readonly because: readonly Reason[];
}

/** Reads `files` as one program. `parse` must be memoised by its file; files are parsed only when something needs them. */
export declare function program(
  charm: { readonly files: ReadonlyMap<string, SourceFile> },
  parse: (file: SourceFile) => PyModule,
  options?: ProgramOptions,
): Program;

/** The value of an expression that stands in the frame. Never throws; what can't be read is `unknown` with the reason. */
export declare function evaluate(program: Program, expression: PyExpression, frame: Frame): PyValue;

/** The value of an argument. */
export declare function valueOf(program: Program, argument: Argument): PyValue;

/** Every call in the charm's own files whose callee resolves, through aliases, re-exports and subclasses, to one of the dotted names. */
export declare function findCalls(program: Program, names: readonly string[] | ((name: string) => boolean)): readonly CallSite[];

/** Every call `….name(…)` or `name(…)` in the charm's own files, whatever it resolves to (`set_ports` on any receiver); `matched` is "" where unresolved. */
export declare function callsNamed(program: Program, names: readonly string[]): readonly CallSite[];

/** The argument of a call by keyword, or by position in `parameters`; undefined if it is not given. */
export declare function argument(args: BoundArguments, name: string, parameters?: readonly string[]): Argument | undefined;

/** All arguments by parameter name: positional ones are named after `parameters`. */
export declare function namedArguments(args: BoundArguments, parameters: readonly string[]): ReadonlyMap<string, Argument>;

/** The attribute of a value, as `value.name` would be. */
export declare function attributeOf(program: Program, value: PyValue, name: string, at: Location): PyValue;

/** Calling a value (a lambda, a function, a bound method) with values by position. */
export declare function callWith(program: Program, callee: PyValue, args: readonly PyValue[], at: Location): PyValue;

/** The elements that iterating the value gives; null where it can't be iterated or is unknown. */
export declare function iterated(program: Program, value: PyValue): SequenceValue | null;

/** Whether the value is an instance of one of the external names (itself or through a subclass in the tree). */
export declare function isInstanceOf(value: PyValue, names: readonly string[]): value is InstanceValue;

/** All options of a value: itself, or the options of a one-of. */
export declare function optionsOfValue(value: PyValue): readonly PyValue[];

export declare function classesOf(program: Program): readonly ClassInfo[];
/** The dotted names of a class's external bases, nearest first. */
export declare function externalBases(program: Program, info: ClassInfo): readonly string[];

export declare function asInt(value: PyValue): Fact<number>;
export declare function asString(value: PyValue): Fact<string>;
export declare function asBool(value: PyValue): Fact<boolean>;
export declare function asIntList(value: PyValue): Fact<readonly number[]>;
export declare function asStringList(value: PyValue): Fact<readonly string[]>;
/** As the others, but None is a value of its own. */
export declare function orNone<T>(convert: (value: PyValue) => Fact<T>): (value: PyValue) => Fact<T | null>;
/** The dict behind a value, where it is one for certain. */
export declare function asDict(value: PyValue): DictValue | null;
