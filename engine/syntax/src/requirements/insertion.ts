import type { FileEdit, TextEdit } from "../text/edit.ts";
import type { SourceFile } from "../text/source-file.ts";
import { parseToml, tomlGet } from "../toml/document.ts";
import type { TomlArray, TomlTable, TomlValue } from "../toml/node.ts";
import { normalizedName } from "./name.ts";
import { specificationOf } from "./specification.ts";

/**
 * The edit that adds a requirement (`lightkube-extensions>=0.3.0`) to the file where a charm's own requirements stand: the end
 * of a requirements.txt; in a pyproject.toml PEP 621's `dependencies`, or poetry's table that holds `ops` or is the main one.
 * It keeps the file's own indentation, line ends and trailing commas. Null where the file has no such place, or where
 * `requirement` does not start with a package's name, or poetry's table already has an entry of that name.
 */
export function requirementInsertion(file: SourceFile, requirement: string): FileEdit | null {
  if (!specificationOf(requirement)) return null;
  const edit = /(?:^|\/)[^/]*\.toml$/.test(file.path) ? inPyproject(file, requirement) : atEnd(file, requirement);
  return edit && { path: file.path, create: false, edits: [edit] };
}

function lineEnd(text: string): string {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

function atEnd(file: SourceFile, requirement: string): TextEdit {
  const { text } = file;
  const end = text.length;
  const break_ = lineEnd(text);
  const before = text === "" || /[\r\n]$/.test(text) ? "" : break_;
  return { span: { start: end, end }, newText: `${before}${requirement}${break_}` };
}

function inPyproject(file: SourceFile, requirement: string): TextEdit | null {
  const { root } = parseToml(file);
  const listed = tomlGet(root, "project", "dependencies");
  if (listed?.kind === "array") return inArray(file.text, listed, requirement);
  const table = poetryTable(tomlGet(root, "tool", "poetry"));
  if (table) return holds(table, requirement) ? null : inTable(file.text, table, poetryLine(requirement));
  const project = tomlGet(root, "project");
  if (project?.kind !== "table") return null;
  return inTable(file.text, project, `dependencies = [${JSON.stringify(requirement)}]`);
}

/** The poetry table that holds `ops`, else the main one. */
function poetryTable(poetry: TomlValue | null): TomlTable | null {
  const main = tomlGet(poetry, "dependencies");
  const groups = tomlGet(poetry, "group");
  const inGroups =
    groups?.kind === "table" ? [...groups.entries.values()].map((entry) => tomlGet(entry.value, "dependencies")) : [];
  const tables = [main, ...inGroups].filter((table) => table?.kind === "table");
  return tables.find((table) => table.entries.has("ops")) ?? tables[0] ?? null;
}

/** A key may stand only once in a table. */
function holds(table: TomlTable, requirement: string): boolean {
  const name = specificationOf(requirement)?.name;
  return [...table.entries.keys()].some((key) => normalizedName(key) === name);
}

function poetryLine(requirement: string): string {
  const found = specificationOf(requirement);
  return `${found?.name ?? requirement} = ${JSON.stringify(found?.specifier || "*")}`;
}

function inArray(text: string, array: TomlArray, requirement: string): TextEdit | null {
  if (text[array.span.end - 1] !== "]") return null;
  const item = JSON.stringify(requirement);
  const last = array.items.at(-1);
  const closing = array.span.end - 1;
  const inside = text.slice(array.span.start, closing);
  if (!last) {
    const start = array.span.start + 1;
    if (!/[\r\n]/.test(inside)) return { span: { start, end: start }, newText: item };
    return { span: { start, end: start }, newText: `${lineEnd(text)}    ${item},` };
  }
  const comma = /^\s*,/.exec(text.slice(last.span.end, closing))?.[0] ?? null;
  const at = last.span.end + (comma?.length ?? 0);
  if (!/[\r\n]/.test(inside)) {
    return { span: { start: at, end: at }, newText: comma === null ? `, ${item}` : ` ${item},` };
  }
  const line = Math.max(text.lastIndexOf("\n", last.span.start - 1), text.lastIndexOf("\r", last.span.start - 1)) + 1;
  const indent = /^[ \t]*/.exec(text.slice(line))?.[0] ?? "    ";
  if (comma === null) return { span: { start: at, end: at }, newText: `,${lineEnd(text)}${indent}${item}` };
  // Behind a comment on the last item's line, not before it.
  const rest = /^[ \t]*(?:#[^\r\n]*)?/.exec(text.slice(at, closing))?.[0] ?? "";
  const after = at + (rest.includes("#") ? rest.length : 0);
  return { span: { start: after, end: after }, newText: `${lineEnd(text)}${indent}${item},` };
}

/** On a line of its own behind the table's last entry, or behind its header. */
function inTable(text: string, table: TomlTable, line: string): TextEdit {
  const ends = [...table.entries.values()]
    .filter((entry) => entry.span.start > table.span.start && !text.startsWith("[", entry.span.start))
    .map((entry) => entry.span.end);
  const last = Math.max(table.span.end, ...ends);
  const end = /[^\r\n]*/.exec(text.slice(last))?.[0].length ?? 0;
  return { span: { start: last + end, end: last + end }, newText: `${lineEnd(text)}${line}` };
}
