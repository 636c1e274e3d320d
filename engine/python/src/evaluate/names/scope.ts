import type { PyClass, PyExpression, PyFunction, PyModule, PyStatement, SourceFile, Span } from "#syntax";
import type { PyValue } from "../values/value.ts";

/** One Python file of the charm. */
export interface Module {
  readonly file: SourceFile;
  /** Path within the charm, as in `CharmFiles.files`. */
  readonly path: string;
  /** Dotted name under the import root that it was found by; "" for a root's own `__init__`. */
  readonly name: string;
  readonly isPackage: boolean;
  /** A library under `lib/charms`: its names count as external ones. */
  readonly vendored: boolean;
  readonly tree: PyModule;
}

export type Lambda = Extract<PyExpression, { kind: "lambda" }>;

/** A static scope: the module, a class body, a function or a lambda. */
export interface Scope {
  readonly kind: "module" | "class" | "function" | "lambda";
  readonly module: Module;
  readonly node: PyModule | PyClass | PyFunction | Lambda;
  readonly parent: Scope | null;
}

/** What a frame can be laid over a scope for: a loop, with its body, or a comprehension. */
export interface Iteration {
  readonly span: Span;
  readonly body?: readonly PyStatement[];
}

/** Values by name, worked out when asked for; a Map will do. */
export interface Bindings {
  readonly has: (name: string) => boolean;
  readonly get: (name: string) => PyValue | undefined;
}

/**
 * A scope being executed: what its names are bound to from outside. A generic frame stands for "whenever this runs":
 * its parameters are whatever the callers in the tree pass, its `self` any instance.
 */
export interface Frame {
  readonly scope: Scope;
  readonly parent: Frame | null;
  /** Bindings from outside the scope's statements: arguments, loop and comprehension variables. */
  readonly bindings: Bindings | null;
  readonly generic: boolean;
  /** Set on a frame laid over `parent` (same scope) for one iteration of this loop or comprehension. */
  readonly iteration: Iteration | null;
}

/** A class of the tree. */
export interface ClassInfo {
  readonly name: string;
  readonly node: PyClass;
  readonly module: Module;
  readonly scope: Scope;
  /** The frame of its body. */
  readonly frame: Frame;
}
