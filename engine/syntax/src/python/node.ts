import type { SyntaxProblem } from "../text/problem.ts";
import type { Span } from "../text/span.ts";

/*
 * A Python syntax tree of our own: plain data with spans, shaped after CPython's `ast` module
 * (https://docs.python.org/3/library/ast.html). Every span counts UTF-16 units from the start of the file.
 */

export interface Identifier {
  readonly text: string;
  readonly span: Span;
}

export type PyExpression =
  | { readonly kind: "name"; readonly span: Span; readonly id: string }
  /** An ordinary string, implicit concatenation already joined; `bytes` is a byte string (value as written, unescaped). */
  | { readonly kind: "string"; readonly span: Span; readonly value: string; readonly bytes: boolean }
  /** `template`: a template string (PEP 750), which has the same parts but is no text. */
  | {
      readonly kind: "fstring";
      readonly span: Span;
      readonly parts: readonly PyFStringPart[];
      readonly template: boolean;
    }
  /** `value` is null where JavaScript's numbers can't hold it exactly (huge integers, imaginary numbers). */
  | { readonly kind: "number"; readonly span: Span; readonly value: number | null; readonly integer: boolean }
  | { readonly kind: "constant"; readonly span: Span; readonly value: "None" | "True" | "False" | "Ellipsis" }
  /** The name is "" where it is still to be typed: `self.` */
  | { readonly kind: "attribute"; readonly span: Span; readonly object: PyExpression; readonly name: Identifier }
  | { readonly kind: "call"; readonly span: Span; readonly callee: PyExpression; readonly args: readonly PyArgument[] }
  | { readonly kind: "subscript"; readonly span: Span; readonly object: PyExpression; readonly index: PyExpression }
  | {
      readonly kind: "slice";
      readonly span: Span;
      readonly lower: PyExpression | null;
      readonly upper: PyExpression | null;
      readonly step: PyExpression | null;
    }
  | { readonly kind: "list" | "tuple" | "set"; readonly span: Span; readonly items: readonly PyExpression[] }
  | { readonly kind: "dict"; readonly span: Span; readonly entries: readonly PyDictEntry[] }
  | {
      readonly kind: "comprehension";
      readonly span: Span;
      readonly result: "list" | "set" | "generator";
      readonly element: PyExpression;
      readonly clauses: readonly PyComprehensionClause[];
    }
  | {
      readonly kind: "dict-comprehension";
      readonly span: Span;
      readonly key: PyExpression;
      readonly value: PyExpression;
      readonly clauses: readonly PyComprehensionClause[];
    }
  | {
      readonly kind: "conditional";
      readonly span: Span;
      readonly test: PyExpression;
      readonly then: PyExpression;
      readonly otherwise: PyExpression;
    }
  | {
      readonly kind: "boolean";
      readonly span: Span;
      readonly operator: "and" | "or";
      readonly left: PyExpression;
      readonly right: PyExpression;
    }
  | {
      readonly kind: "binary";
      readonly span: Span;
      readonly operator: string;
      readonly left: PyExpression;
      readonly right: PyExpression;
    }
  | {
      readonly kind: "unary";
      readonly span: Span;
      readonly operator: "not" | "-" | "+" | "~";
      readonly operand: PyExpression;
    }
  | {
      readonly kind: "comparison";
      readonly span: Span;
      readonly left: PyExpression;
      readonly rest: readonly { readonly operator: string; readonly right: PyExpression }[];
    }
  | {
      readonly kind: "lambda";
      readonly span: Span;
      readonly parameters: readonly PyParameter[];
      readonly body: PyExpression;
    }
  | { readonly kind: "walrus"; readonly span: Span; readonly target: Identifier; readonly value: PyExpression }
  /** `*x` in a display, an argument list or a target. */
  | { readonly kind: "starred"; readonly span: Span; readonly value: PyExpression }
  | { readonly kind: "await" | "yield" | "yield-from"; readonly span: Span; readonly value: PyExpression | null }
  /** What could not be parsed, or a value that is missing where one must stand. */
  | { readonly kind: "broken"; readonly span: Span };

export type PyFStringPart =
  | { readonly kind: "text"; readonly span: Span; readonly value: string }
  /** `{value!conversion:format}`. A format spec that holds fields of its own is kept as parts. */
  | {
      readonly kind: "field";
      readonly span: Span;
      readonly value: PyExpression;
      readonly conversion: string | null;
      readonly format: readonly PyFStringPart[] | null;
    };

/** `positional`: `f(x)`; `keyword`: `f(name=x)`; `star`: `f(*x)`; `double-star`: `f(**x)`. */
export interface PyArgument {
  readonly kind: "positional" | "keyword" | "star" | "double-star";
  readonly span: Span;
  readonly name: Identifier | null;
  readonly value: PyExpression;
}

export type PyDictEntry =
  | { readonly kind: "pair"; readonly span: Span; readonly key: PyExpression; readonly value: PyExpression }
  | { readonly kind: "spread"; readonly span: Span; readonly value: PyExpression };

export interface PyComprehensionClause {
  readonly span: Span;
  readonly target: PyExpression;
  readonly iterable: PyExpression;
  readonly conditions: readonly PyExpression[];
  readonly async: boolean;
}

/** `marker` is the bare `/` or `*` of a parameter list, which have no name (name.text is then "/" or "*"). */
export interface PyParameter {
  readonly kind: "plain" | "star" | "double-star" | "marker";
  readonly name: Identifier;
  readonly annotation: PyExpression | null;
  readonly default: PyExpression | null;
  readonly span: Span;
}

/** A type parameter (PEP 695): `T: bound = default`, `*Ts`, `**P`. */
export interface PyTypeParameter {
  readonly kind: "plain" | "star" | "double-star";
  readonly span: Span;
  readonly name: Identifier;
  readonly bound: PyExpression | null;
  readonly default: PyExpression | null;
}

export interface PyAlias {
  readonly span: Span;
  /** The dotted name as written, `*` included. */
  readonly name: Identifier;
  readonly as: Identifier | null;
}

export type PyStatement =
  | { readonly kind: "expression"; readonly span: Span; readonly value: PyExpression }
  | {
      readonly kind: "assign";
      readonly span: Span;
      readonly targets: readonly PyExpression[];
      readonly value: PyExpression;
    }
  | {
      readonly kind: "annotated-assign";
      readonly span: Span;
      readonly target: PyExpression;
      readonly annotation: PyExpression;
      readonly value: PyExpression | null;
    }
  | {
      readonly kind: "augmented-assign";
      readonly span: Span;
      readonly target: PyExpression;
      readonly operator: string;
      readonly value: PyExpression;
    }
  | { readonly kind: "return"; readonly span: Span; readonly value: PyExpression | null }
  | {
      readonly kind: "raise";
      readonly span: Span;
      readonly value: PyExpression | null;
      readonly cause: PyExpression | null;
    }
  /** `elif` is an `if` that stands alone in `otherwise`. */
  | {
      readonly kind: "if";
      readonly span: Span;
      readonly test: PyExpression;
      readonly then: readonly PyStatement[];
      readonly otherwise: readonly PyStatement[];
    }
  | {
      readonly kind: "for";
      readonly span: Span;
      readonly async: boolean;
      readonly target: PyExpression;
      readonly iterable: PyExpression;
      readonly body: readonly PyStatement[];
      readonly otherwise: readonly PyStatement[];
    }
  | {
      readonly kind: "while";
      readonly span: Span;
      readonly test: PyExpression;
      readonly body: readonly PyStatement[];
      readonly otherwise: readonly PyStatement[];
    }
  | {
      readonly kind: "try";
      readonly span: Span;
      readonly body: readonly PyStatement[];
      readonly handlers: readonly PyHandler[];
      readonly otherwise: readonly PyStatement[];
      readonly final: readonly PyStatement[];
    }
  | {
      readonly kind: "with";
      readonly span: Span;
      readonly async: boolean;
      readonly items: readonly PyWithItem[];
      readonly body: readonly PyStatement[];
    }
  | {
      readonly kind: "match";
      readonly span: Span;
      readonly subject: PyExpression;
      readonly cases: readonly PyCase[];
    }
  | PyFunction
  | PyClass
  | { readonly kind: "import"; readonly span: Span; readonly names: readonly PyAlias[] }
  /** `module` is the dotted part behind the dots, "" for `from . import x`; `level` counts the dots. */
  | {
      readonly kind: "import-from";
      readonly span: Span;
      readonly module: Identifier;
      readonly level: number;
      readonly names: readonly PyAlias[];
    }
  | { readonly kind: "global" | "nonlocal"; readonly span: Span; readonly names: readonly Identifier[] }
  | { readonly kind: "delete"; readonly span: Span; readonly targets: readonly PyExpression[] }
  | { readonly kind: "assert"; readonly span: Span; readonly test: PyExpression; readonly message: PyExpression | null }
  | { readonly kind: "pass" | "break" | "continue"; readonly span: Span }
  | {
      readonly kind: "type-alias";
      readonly span: Span;
      readonly name: Identifier;
      readonly typeParameters: readonly PyTypeParameter[];
      readonly value: PyExpression;
    }
  | { readonly kind: "broken"; readonly span: Span };

export interface PyWithItem {
  readonly span: Span;
  readonly value: PyExpression;
  readonly target: PyExpression | null;
}

export interface PyCase {
  readonly span: Span;
  /** Patterns are no expressions; only their place is kept. */
  readonly pattern: Span;
  readonly guard: PyExpression | null;
  readonly body: readonly PyStatement[];
}

export interface PyHandler {
  readonly span: Span;
  readonly type: PyExpression | null;
  readonly name: Identifier | null;
  readonly star: boolean;
  readonly body: readonly PyStatement[];
}

export interface PyFunction {
  readonly kind: "function";
  readonly span: Span;
  readonly name: Identifier;
  readonly async: boolean;
  readonly decorators: readonly PyExpression[];
  readonly typeParameters: readonly PyTypeParameter[];
  readonly parameters: readonly PyParameter[];
  readonly returns: PyExpression | null;
  readonly body: readonly PyStatement[];
}

export interface PyClass {
  readonly kind: "class";
  readonly span: Span;
  readonly name: Identifier;
  readonly decorators: readonly PyExpression[];
  readonly typeParameters: readonly PyTypeParameter[];
  /** Bases and keyword arguments (`metaclass=…`) as written. */
  readonly bases: readonly PyArgument[];
  readonly body: readonly PyStatement[];
}

/** One comment, from `#` to the end of its line. */
export interface PyComment {
  readonly span: Span;
  readonly text: string;
}

export interface PyModule {
  readonly kind: "module";
  readonly span: Span;
  readonly body: readonly PyStatement[];
  readonly comments: readonly PyComment[];
  readonly problems: readonly SyntaxProblem[];
  /** True where some piece was recovered or left out: rules must not accuse for what is missing from such a module. */
  readonly damaged: boolean;
  /** The smallest pieces that are not read as written: an element, a keyword argument, a pair, a statement. Rules must not accuse for what touches them. */
  readonly recovered: readonly Span[];
  /** Where nodes of the last good text stand in for what can't be read now; part of `recovered`. */
  readonly stale: readonly Span[];
}
