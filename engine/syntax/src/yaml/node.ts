import type { SyntaxProblem } from "../text/problem.ts";
import type { Span } from "../text/span.ts";

/** This project's YAML node, with spans; anchors resolve lazily so that alias bombs cost nothing. */
export type YamlNode = YamlScalar | YamlMap | YamlSequence | YamlAlias;

export interface YamlScalar {
  readonly kind: "scalar";
  readonly span: Span;
  /** The value after YAML 1.2 core resolution (charmcraft's own reader is YAML 1.1-like for booleans only through PyYAML: `yes`/`on` stay as written in `source`). */
  readonly value: string | number | boolean | null;
  /** The text in the file, quotes included. */
  readonly source: string;
  readonly style: "plain" | "single" | "double" | "block";
}

export interface YamlMap {
  readonly kind: "map";
  readonly span: Span;
  readonly flow: boolean;
  readonly entries: readonly YamlEntry[];
}

export interface YamlEntry {
  readonly key: YamlScalar;
  /** null where nothing follows the colon. */
  readonly value: YamlNode | null;
  /** From the key to the end of the value, without the line break behind it. */
  readonly span: Span;
}

export interface YamlSequence {
  readonly kind: "sequence";
  readonly span: Span;
  readonly flow: boolean;
  readonly items: readonly (YamlNode | null)[];
}

export interface YamlAlias {
  readonly kind: "alias";
  readonly span: Span;
  readonly name: string;
  /** The target of the alias; null where there is no such anchor or it would contain itself. */
  readonly target: YamlNode | null;
}

/** One document of a YAML stream. */
export interface YamlDocument {
  readonly root: YamlNode | null;
  readonly problems: readonly SyntaxProblem[];
}
