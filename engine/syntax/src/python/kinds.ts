import type { Language } from "web-tree-sitter";

/** The grammar's node types and fields by number, so that the readers compare numbers and not names. */
export interface Kinds {
  /** The name of each node type. */
  readonly names: readonly string[];
  /** 1 for node types that have a name in the grammar, 0 for mere tokens such as "," and "def". */
  readonly named: Uint8Array;
  /** 1 for node types that are left out of the tables: comments and line continuations. */
  readonly skipped: Uint8Array;
  /** 1 for node types whose inside nobody needs. */
  readonly closed: Uint8Array;
  /** 1 for the statements whose keyword may be a name as well. */
  readonly soft: Uint8Array;
  /** The number of a field; -1 where the grammar has no such field. */
  readonly field: (name: string) => number;
}

/** The tables of a loaded grammar. */
export function kindsOf(language: Language): Kinds {
  const count = language.nodeTypeCount;
  const names: string[] = [];
  const named = new Uint8Array(count);
  const skipped = new Uint8Array(count);
  const closed = new Uint8Array(count);
  const soft = new Uint8Array(count);
  for (let id = 0; id < count; id++) {
    const name = language.nodeTypeForId(id) ?? "";
    names.push(name);
    named[id] = language.nodeTypeIsNamed(id) ? 1 : 0;
    skipped[id] = name === "comment" || name === "line_continuation" ? 1 : 0;
    closed[id] = name === "string_content" ? 1 : 0;
    soft[id] = /^(?:print|exec|type_alias)_statement$/.test(name) ? 1 : 0;
  }
  return { names, named, skipped, closed, soft, field: (name) => language.fieldIdForName(name) ?? -1 };
}
