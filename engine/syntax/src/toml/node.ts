import type { SyntaxProblem } from "../text/problem.ts";
import type { Span } from "../text/span.ts";

/*
 * TOML with spans and tolerance: this project's own reader, because no well-kept package keeps both the place of a value and the
 * readable part of a file with an error. test/syntax/toml.test.ts compares it with `smol-toml` on everything valid.
 */

export type TomlValue = TomlScalar | TomlArray | TomlTable;

export interface TomlScalar {
  readonly kind: "scalar";
  readonly span: Span;
  /** Dates and times are the text that they are written as. */
  readonly value: string | number | boolean;
  /** Whether it is written as a string: a date is not. */
  readonly quoted: boolean;
}

export interface TomlArray {
  readonly kind: "array";
  readonly span: Span;
  /** For an array of tables (`[[package]]`) its tables. */
  readonly items: readonly TomlValue[];
}

export interface TomlTable {
  readonly kind: "table";
  /** From `{` to `}`; of a table with a header the header's line. */
  readonly span: Span;
  readonly entries: ReadonlyMap<string, TomlEntry>;
}

export interface TomlEntry {
  readonly key: Span;
  readonly value: TomlValue;
  /** From the key to the end of the value; of a table with a header, the header. */
  readonly span: Span;
}

export interface TomlDocument {
  readonly root: TomlTable;
  readonly problems: readonly SyntaxProblem[];
}
