import type { TomlEntry, TomlScalar, TomlTable, TomlValue } from "./node.ts";
import { atLineStart, complain, match, type Scanner, skipBlank, took } from "./scanner.ts";
import { readKey, readString } from "./string.ts";

/** Arrays and inline tables nest no deeper than this. */
const deepest = 100;

const bare = /[^\s,#\]}=]+(?: \d\d:\d\d[^\s,#\]}]*)?/y;
// The start of a line that can't be an element of an array: a table's header or a key.
const nextEntry = /[ \t]*(?:\[{1,2}[\w."' \t-]+\]{1,2}[ \t]*(?:#.*)?\r?(?:\n|$)|[\w.-]+[ \t]*=)/y;

/** The value at the scanner's position; null, with a problem, where there is none. */
export function readValue(s: Scanner, depth = 0): TomlValue | null {
  const start = s.at;
  if (depth > deepest) {
    complain(s, start, "This is nested too deeply to be read.");
    return null;
  }
  const c = s.text[s.at];
  if (c === '"' || c === "'") {
    const value = readString(s);
    return { kind: "scalar", span: { start, end: s.at }, value, quoted: true };
  }
  if (c === "[") return readArray(s, depth);
  if (c === "{") return readInlineTable(s, depth);
  const source = match(s, bare);
  if (source === null) {
    complain(s, start, "A value is missing here.");
    return null;
  }
  const value = scalarOf(source);
  if (value === null) {
    complain(s, start, `\`${source}\` is no value in TOML; put text in quotes.`);
    return null;
  }
  return { kind: "scalar", span: { start, end: s.at }, value, quoted: false };
}

const integer = /^(?:[+-]?(?:0|[1-9](?:_?\d)*)|0x[\da-fA-F](?:_?[\da-fA-F])*|0o[0-7](?:_?[0-7])*|0b[01](?:_?[01])*)$/;
const float = /^[+-]?(?:0|[1-9](?:_?\d)*)(?:\.\d(?:_?\d)*)?(?:[eE][+-]?\d(?:_?\d)*)?$/;
const moment =
  /^(?:\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:[Zz]|[+-]\d\d:\d\d)?)?|\d\d:\d\d(?::\d\d(?:\.\d+)?)?)$/;

function scalarOf(source: string): TomlScalar["value"] | null {
  if (source === "true" || source === "false") return source === "true";
  if (integer.test(source) || float.test(source)) return Number(source.replaceAll("_", ""));
  const special = /^([+-]?)(inf|nan)$/.exec(source);
  if (special) return special[2] === "nan" ? Number.NaN : special[1] === "-" ? -Infinity : Infinity;
  return moment.test(source) ? source : null;
}

/** An array; where it is not closed it ends before the next header or key. */
function readArray(s: Scanner, depth: number): TomlValue {
  const start = s.at++;
  const items: TomlValue[] = [];
  for (;;) {
    skipBlank(s, true);
    if (took(s, "]")) break;
    if (s.at >= s.text.length || (atLineStart(s) && startsEntry(s))) {
      complain(s, start, "This array is not closed: its `]` is missing.");
      break;
    }
    const value = readValue(s, depth + 1);
    if (value) items.push(value);
    else skipElement(s);
    skipBlank(s, true);
    const behind = s.at;
    if (took(s, ",") || s.text[s.at] === "]" || s.at >= s.text.length || (atLineStart(s) && startsEntry(s))) continue;
    complain(s, behind, "A `,` is missing between two values.");
  }
  return { kind: "array", span: { start, end: s.at }, items };
}

/** Leaves out what is no value, up to where the next element may begin. */
function skipElement(s: Scanner): void {
  const before = s.at;
  match(s, /[^,\]\r\n]+/y);
  if (s.at === before && s.text[s.at] !== ",") s.at++;
}

/**
 * Whether a header or key begins here. A header looks like a nested array, so it counts only where no `]` closes the array
 * on a line of its own before the next key.
 */
function startsEntry(s: Scanner): boolean {
  nextEntry.lastIndex = s.at;
  const found = nextEntry.exec(s.text)?.[0];
  if (found === undefined) return false;
  if (!found.trimStart().startsWith("[")) return true;
  const rest = s.text.slice(s.at + found.length, s.at + found.length + 2000);
  const closing = /^[ \t]*\]/m.exec(rest)?.index ?? -1;
  const key = /^[ \t]*(?:[\w.-]+[ \t]*=|\[)/m.exec(rest)?.index ?? -1;
  return closing < 0 || (key >= 0 && key < closing);
}

function readInlineTable(s: Scanner, depth: number): TomlTable {
  const start = s.at++;
  const entries = new Map<string, TomlEntry>();
  for (;;) {
    skipBlank(s, true);
    if (took(s, "}")) break;
    const entry = readEntry(s, depth + 1);
    if (entry) place(s, entries, entry.path, entry);
    skipBlank(s, true);
    if (took(s, ",") || s.text[s.at] === "}") continue;
    complain(s, start, "This table is not closed: its `}` is missing.");
    break;
  }
  return { kind: "table", span: { start, end: s.at }, entries };
}

/** A key, perhaps dotted, and its value. */
export interface TomlPair extends TomlEntry {
  readonly path: readonly { readonly name: string; readonly key: TomlEntry["key"] }[];
}

/** `key = value`; null, with a problem, where it can't be read. */
export function readEntry(s: Scanner, depth: number): TomlPair | null {
  const start = s.at;
  const path = readKey(s);
  const last = path.at(-1);
  if (!last) {
    complain(s, start, "A key is missing here.");
    return null;
  }
  skipBlank(s, false);
  if (!took(s, "=")) {
    complain(s, start, `\`${last.name}\` has no \`=\` behind it.`);
    return null;
  }
  skipBlank(s, false);
  const value = readValue(s, depth);
  return value && { path, key: last.key, value, span: { start, end: s.at } };
}

/** Puts a value at its dotted key, making the tables on the way. */
export function place(
  s: Scanner,
  entries: Map<string, TomlEntry>,
  path: TomlPair["path"],
  entry: Pick<TomlEntry, "value" | "span">,
): void {
  let here = entries;
  for (const [index, { name, key }] of path.entries()) {
    const known = here.get(name);
    if (index === path.length - 1) {
      if (known) s.problems.push({ span: key, message: `The key \`${name}\` is set twice.` });
      else here.set(name, { key, value: entry.value, span: entry.span });
      return;
    }
    const table: TomlValue = known?.value ?? { kind: "table", span: key, entries: new Map() };
    if (!known) here.set(name, { key, value: table, span: entry.span });
    if (table.kind !== "table") {
      s.problems.push({ span: key, message: `\`${name}\` is no table, so it can't hold further keys.` });
      return;
    }
    here = table.entries as Map<string, TomlEntry>;
  }
}
