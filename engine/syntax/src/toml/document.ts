import { memo } from "../memo.ts";
import type { SourceFile } from "../text/source-file.ts";
import type { TomlArray, TomlDocument, TomlEntry, TomlTable, TomlValue } from "./node.ts";
import { atLineStart, complain, match, type Scanner, skipBlank, skipLine, took } from "./scanner.ts";
import { readKey } from "./string.ts";
import { place, readEntry, type TomlPair } from "./value.ts";

/**
 * A TOML file as nodes with spans. Never throws: an unreadable line is a problem and is omitted, the reader continues behind it.
 * The first of duplicate keys counts. Cached by the file. (https://toml.io/en/v1.0.0)
 */
export const parseToml = memo((file: SourceFile): TomlDocument => readToml(file, null));

/**
 * The same, not cached, without the entries whose text matches `unwanted`: a sticky expression for well-formed `key = value`, which is
 * tried where an entry begins.
 */
export function readToml(file: SourceFile, unwanted: RegExp | null): TomlDocument {
  const s: Scanner = { text: file.text, problems: [], at: file.text.startsWith("\uFEFF") ? 1 : 0 };
  const root: TomlTable = { kind: "table", span: { start: 0, end: file.text.length }, entries: new Map() };
  let table = root;
  for (;;) {
    skipBlank(s, true);
    if (s.at >= s.text.length) break;
    const from = s.at;
    if (unwanted && match(s, unwanted) !== null) continue;
    if (s.text[s.at] === "[") table = readHeader(s, root) ?? { ...root, entries: new Map() };
    else {
      const entry = readEntry(s, 0);
      if (entry) place(s, entriesOf(table), entry.path, entry);
    }
    endLine(s, from);
  }
  return { root, problems: s.problems };
}

/** Only a comment may follow an entry or a header; an unclosed value has ended at the start of another line. */
function endLine(s: Scanner, from: number): void {
  if (s.at > from && atLineStart(s)) return;
  skipBlank(s, false);
  const start = s.at;
  const more = s.problems.at(-1);
  if (match(s, /[^\r\n#]+/y) !== null && !(more && more.span.end >= start)) {
    complain(s, start, "This does not belong here: a value ends with its line.");
  }
  skipLine(s);
}

/** The reader fills the tables while it reads the file; no other code sees them before. */
function entriesOf(table: TomlTable): Map<string, TomlEntry> {
  return table.entries as Map<string, TomlEntry>;
}

/** The table that a `[header]` or `[[header]]` opens; null, with a problem, where it can't be read. */
function readHeader(s: Scanner, root: TomlTable): TomlTable | null {
  const start = s.at;
  const many = took(s, "[[");
  if (!many) s.at++;
  const path = readKey(s);
  skipBlank(s, false);
  if (!took(s, many ? "]]" : "]") || path.length === 0) {
    complain(s, start, `This table's name is not closed: its \`${many ? "]]" : "]"}\` is missing.`);
    if (path.length === 0) return null;
  }
  const span = { start, end: s.at };
  const opened = descend(root, path.slice(0, -1), span);
  const last = path.at(-1);
  if (!opened || !last) {
    complain(s, start, "This table's name leads through something that is no table.");
    return null;
  }
  const known = entriesOf(opened).get(last.name);
  const table: TomlTable = { kind: "table", span, entries: new Map() };
  if (many) {
    if (!known) {
      const array: TomlArray = { kind: "array", span, items: [table] };
      entriesOf(opened).set(last.name, { key: last.key, value: array, span });
      return table;
    }
    if (known.value.kind === "array") {
      (known.value.items as TomlValue[]).push(table);
      return table;
    }
  } else {
    if (!known) {
      entriesOf(opened).set(last.name, { key: last.key, value: table, span });
      return table;
    }
    if (known.value.kind === "table") return known.value;
  }
  complain(s, start, `\`${last.name}\` stands in this file as something else already.`);
  return null;
}

/** The table at a path, made where it is missing; of an array of tables the last one. */
function descend(root: TomlTable, path: TomlPair["path"], span: TomlTable["span"]): TomlTable | null {
  let here = root;
  for (const { name, key } of path) {
    const known = entriesOf(here).get(name);
    const value: TomlValue | undefined = known?.value.kind === "array" ? known.value.items.at(-1) : known?.value;
    if (value && value.kind !== "table") return null;
    const table: TomlTable = value ?? { kind: "table", span, entries: new Map() };
    if (!value) entriesOf(here).set(name, { key, value: table, span });
    here = table;
  }
  return here;
}

/** The value at a path of keys; null where there is none. */
export function tomlGet(table: TomlValue | null, ...path: readonly string[]): TomlValue | null {
  let here = table;
  for (const name of path) here = (here?.kind === "table" ? here.entries.get(name)?.value : null) ?? null;
  return here;
}
