import { parseYaml, type SourceFile, span, type TextEdit, type YamlEntry, type YamlMap, type YamlNode } from "#syntax";
import { indentationOf, lineBreakOf, lineEndOf, lineStartOf, nextLineOf, startsLine } from "../edits/layout.ts";

/** A mapping to be written: keys with scalars, or with mappings of their own. A text with line breaks becomes a `|` block. */
export type YamlFields = readonly (readonly [key: string, value: string | number | boolean | YamlFields])[];

/**
 * Adds `name: {fields}` to a top-level section (`requires`, `provides`, …), which is made where it is missing. Written as
 * the file is written: its indentation, its line breaks, blank lines between entries where it has them. Comments stay.
 * Nothing is changed (an empty list) where the section is no mapping.
 */
export function insertedIntoSection(file: SourceFile, section: string, name: string, fields: YamlFields): TextEdit[] {
  const root = rootOf(file);
  const step = indentStep(root, file);
  const entry = root?.entries.find((each) => each.key.value === section);
  if (!entry) return [appendedSection(file, root, [[section, [[name, fields]]]], step)];
  const { value } = entry;
  if (value === null || (value.kind === "scalar" && value.value === null)) {
    const written = linesOf([[name, fields]], indentationOf(file.text, entry.key.span.start) + step, step, file);
    const tail = value === null ? [] : [{ span: value.span, newText: "" }];
    return [...tail, behindLine(file, entry.key.span.end, written)];
  }
  if (value.kind !== "map" || hasEntry(value, name)) return [];
  if (value.flow) return [insertedIntoFlow(file, value, name, fields)];
  return [appendedEntry(file, value, name, fields, step)];
}

/** Adds one `key: value` to a block, behind its last field. */
export function addedField(file: SourceFile, block: YamlMap, key: string, value: string | number | boolean): TextEdit {
  return block.flow
    ? insertedIntoFlow(file, block, key, value)
    : appendedEntry(file, block, key, value, indentStep(rootOf(file), file));
}

/** Adds an item, itself a mapping, to a top-level list such as `charm-libs`, which is made where it is missing. */
export function addedListItem(file: SourceFile, section: string, fields: YamlFields): TextEdit[] {
  const root = rootOf(file);
  const entry = root?.entries.find((each) => each.key.value === section);
  const written = (indent: string) =>
    linesOf(fields, `${indent}  `, "  ", file).map((line, at) => (at === 0 ? `${indent}- ${line.trimStart()}` : line));
  if (!entry) {
    const lines = [`${section}:`, ...written(indentStep(root, file))];
    return [appendedLines(file, lines)];
  }
  const { value } = entry;
  if (value?.kind === "sequence" && !value.flow) {
    const last = value.items.findLast((item) => item !== null);
    const first = value.items.find((item) => item !== null);
    if (!last || !first) return [];
    const dash = file.text.lastIndexOf("-", first.span.start);
    return [behindLine(file, last.span.end, written(indentationOf(file.text, dash)))];
  }
  if (
    value === null ||
    (value.kind === "scalar" && value.value === null) ||
    (value.kind === "sequence" && value.flow && value.items.length === 0)
  ) {
    const drop = value === null ? [] : [{ span: value.span, newText: "" }];
    return [...drop, behindLine(file, entry.key.span.end, written(indentStep(root, file)))];
  }
  return [];
}

/**
 * Removes the items that `unwanted` takes from a top-level list such as `charm-libs`, with their lines; a list that would be left
 * empty goes as a whole. An empty list of edits where none is there, or the list is no block of lines.
 */
export function removedListItems(file: SourceFile, section: string, unwanted: (item: YamlNode) => boolean): TextEdit[] {
  const entry = rootOf(file)?.entries.find((each) => each.key.value === section);
  if (entry?.value?.kind !== "sequence" || entry.value.flow) return [];
  const items = entry.value.items.filter((item) => item !== null);
  const gone = items.filter(unwanted);
  if (gone.length === 0) return [];
  if (gone.length === entry.value.items.length) return [{ span: linesSpan(file, entry.span), newText: "" }];
  return gone.map((item) => {
    const dash = file.text.lastIndexOf("-", item.span.start);
    return { span: linesSpan(file, span(dash, item.span.end)), newText: "" };
  });
}

/**
 * Removes an entry with its lines; comments directly above it that are indented like it go too. A section that would be
 * left empty goes as a whole.
 */
export function removedEntry(file: SourceFile, owner: YamlMap, entry: YamlEntry, section: YamlEntry | null): TextEdit {
  if (owner.entries.length === 1 && section) return { span: linesSpan(file, section.span), newText: "" };
  if (owner.flow) return { span: flowSpan(owner, entry), newText: "" };
  return { span: linesSpan(file, entry.span), newText: "" };
}

/** The entry of a relation in its section: what the other functions take. Null where the file is not read that way. */
export function entryOfRelation(
  file: SourceFile,
  section: string,
  name: string,
): { readonly section: YamlEntry; readonly owner: YamlMap; readonly entry: YamlEntry } | null {
  const found = rootOf(file)?.entries.find((each) => each.key.value === section);
  if (found?.value?.kind !== "map") return null;
  const entry = found.value.entries.find((each) => String(each.key.value) === name);
  return entry ? { section: found, owner: found.value, entry } : null;
}

/** Moves a relation's block unchanged to the end of another section. An empty list where text edits can't do that. */
export function movedRelation(file: SourceFile, from: string, name: string, to: string): TextEdit[] {
  const found = entryOfRelation(file, from, name);
  if (!found || found.owner.flow) return [];
  const { section, owner, entry } = found;
  const own = indentationOf(file.text, entry.key.span.start);
  const text = file.text.slice(
    lineStartOf(file.text, entry.key.span.start),
    lineEndOf(file.text, file.text.slice(0, entry.span.end).trimEnd().length),
  );
  const lines = text.split(/\r\n|\n|\r/).map((line) => (line.startsWith(own) ? line.slice(own.length) : line));
  const root = rootOf(file);
  const target = root?.entries.find((each) => each.key.value === to);
  const step = indentStep(root, file);
  const indented = (indent: string) => lines.map((line) => (line === "" ? line : indent + line));
  const removal = removedEntry(file, owner, entry, section);
  if (!target) return [removal, appendedLines(file, [`${to}:`, ...indented(step)])];
  if (target.value?.kind === "map" && !target.value.flow) {
    if (hasEntry(target.value, name)) return [];
    const last = target.value.entries.at(-1);
    const indent = indentationOf(file.text, target.value.entries[0]?.key.span.start ?? 0);
    return last
      ? [removal, behindLine(file, last.span.end, [...gapLike(file, target.value), ...indented(indent)])]
      : [];
  }
  if (target.value === null || (target.value.kind === "scalar" && target.value.value === null)) {
    const drop = target.value === null ? [] : [{ span: target.value.span, newText: "" }];
    return [removal, ...drop, behindLine(file, target.key.span.end, indented(step))];
  }
  return [];
}

function hasEntry(map: YamlMap, name: string): boolean {
  return map.entries.some((each) => String(each.key.value) === name);
}

function rootOf(file: SourceFile): YamlMap | null {
  const { root } = parseYaml(file);
  return root?.kind === "map" ? root : null;
}

/** One step of indentation, as the file's first nested mapping has it; two blanks where there is none. */
function indentStep(root: YamlMap | null, file: SourceFile): string {
  for (const entry of root?.entries ?? []) {
    if (entry.value?.kind !== "map" || entry.value.flow) continue;
    const first = entry.value.entries[0];
    if (first && startsLine(file.text, first.key.span.start)) return indentationOf(file.text, first.key.span.start);
  }
  return "  ";
}

function appendedEntry(
  file: SourceFile,
  map: YamlMap,
  key: string,
  value: YamlFields[number][1],
  step: string,
): TextEdit {
  const first = map.entries[0];
  const last = map.entries.at(-1);
  const indent = first ? " ".repeat(first.key.span.start - lineStartOf(file.text, first.key.span.start)) : step;
  const lines = linesOf([[key, value]], indent, step, file);
  return behindLine(file, last?.span.end ?? map.span.end, [
    ...(Array.isArray(value) ? gapLike(file, map) : []),
    ...lines,
  ]);
}

/** A blank line where the map's own entries are divided by one. */
function gapLike(file: SourceFile, map: YamlMap): string[] {
  const [before, last] = map.entries.slice(-2);
  if (!before || !last) return [];
  return /(?:\r\n|\n|\r)[ \t]*(?:\r\n|\n|\r)/.test(file.text.slice(before.span.end, last.key.span.start)) ? [""] : [];
}

function insertedIntoFlow(file: SourceFile, map: YamlMap, key: string, value: YamlFields[number][1]): TextEdit {
  const written = `${key}: ${flowText(value)}`;
  const last = map.entries.at(-1);
  if (last) return { span: span(last.span.end, last.span.end), newText: `, ${written}` };
  const inside = file.text.slice(map.span.start + 1, map.span.end - 1);
  return {
    span: span(map.span.start, map.span.end),
    newText: inside.trim() === "" ? `{ ${written} }` : `{ ${written}${inside}}`,
  };
}

function flowText(value: YamlFields[number][1]): string {
  if (!Array.isArray(value))
    return typeof value === "string" ? scalarText(value.replace(/\s+/g, " ").trim()) : String(value);
  return `{ ${(value as YamlFields).map(([key, each]) => `${key}: ${flowText(each)}`).join(", ")} }`;
}

function appendedSection(file: SourceFile, root: YamlMap | null, fields: YamlFields, step: string): TextEdit {
  const after = root?.entries.findLast((each) => ["requires", "provides", "peers"].includes(String(each.key.value)));
  const lines = linesOf(fields, "", step, file);
  if (!after) return appendedLines(file, lines);
  return behindLine(file, after.span.end, ["", ...lines]);
}

/** Lines at the end of the file, behind one blank line. */
function appendedLines(file: SourceFile, lines: readonly string[]): TextEdit {
  const nl = lineBreakOf(file);
  const end = file.text.length;
  const last = file.text.trimEnd().length;
  const tail = file.text.slice(last);
  const breaks = tail.split(/\r\n|\n|\r/).length - 1;
  const lead = file.text.trim() === "" ? "" : nl.repeat(Math.max(0, 2 - breaks));
  return { span: span(end, end), newText: lead + lines.join(nl) + nl };
}

/** Lines behind the line at `offset`. */
function behindLine(file: SourceFile, offset: number, lines: readonly string[]): TextEdit {
  const nl = lineBreakOf(file);
  // A block scalar ends behind its line break; what belongs behind it belongs before that.
  const content = file.text.slice(0, offset).trimEnd().length;
  const at = lineEndOf(file.text, content);
  return { span: span(at, at), newText: lines.map((line) => nl + line).join("") };
}

function linesOf(fields: YamlFields, indent: string, step: string, file: SourceFile): string[] {
  return fields.flatMap(([key, value]): string[] => {
    if (Array.isArray(value)) return [`${indent}${key}:`, ...linesOf(value as YamlFields, indent + step, step, file)];
    if (typeof value === "string" && value.includes("\n"))
      return [
        `${indent}${key}: |`,
        ...value
          .trimEnd()
          .split("\n")
          .map((line) => `${indent}${step}${line}`),
      ];
    return [`${indent}${key}: ${typeof value === "string" ? scalarText(value) : String(value)}`];
  });
}

/** Plain where YAML takes the text for the same string, else in double quotes. */
function scalarText(text: string): string {
  const plain =
    /^[A-Za-z_][\w .()/-]*$/.test(text) &&
    !/^(?:true|false|null|yes|no|on|off|y|n|~)$/i.test(text) &&
    !/\s$/.test(text);
  return plain ? text : JSON.stringify(text);
}

/** The lines of an entry, with the comments directly above it that are indented like it, and its last line break. */
function linesSpan(file: SourceFile, whole: TextEdit["span"]): TextEdit["span"] {
  const { text } = file;
  let start = lineStartOf(text, whole.start);
  const own = indentationOf(text, whole.start);
  while (start > 0) {
    const above = lineStartOf(text, text.startsWith("\r\n", start - 2) ? start - 2 : start - 1);
    const line = text.slice(above, start);
    if (!line.startsWith(`${own}#`)) break;
    start = above;
  }
  return span(start, nextLineOf(text, text.slice(0, whole.end).trimEnd().length));
}

function flowSpan(owner: YamlMap, entry: YamlEntry): TextEdit["span"] {
  const at = owner.entries.indexOf(entry);
  const next = owner.entries[at + 1];
  if (next) return span(entry.span.start, next.span.start);
  return span(owner.entries[at - 1]?.span.end ?? entry.span.start, entry.span.end);
}
