import type { Patch } from "../text/patch.ts";

/** A line whose value is a quoted scalar: the text before the key or value, and the quote. */
const opening = /^( *(?:- +)*)(?:[\w./-]+|"[^"\r\n]*"|'[^'\r\n]*')?(?::[ \t]+)?(["'])/;

/** What looks like a line of its own inside of a string that is just not closed. */
const ownLine = /^\s*(?:- |[\w./"'-]+:(?:\s|$)|#)/;

/**
 * Blanks that indent the further lines of quoted scalars as YAML wants them. PyYAML and Go's reader, which charmcraft and Juju
 * use, take such lines at any indentation; the `yaml` package, like the specification, does not. A string counts only if it is
 * closed and none of its lines looks like an entry of its own; otherwise it may be half typed.
 */
export function outdentedLines(text: string): Patch[] {
  const lines = text.split("\n");
  const starts = lineOffsets(lines);
  const patches: Patch[] = [];
  for (let index = 0; index < lines.length; index++) {
    const line = lines[index] ?? "";
    const found = opening.exec(line);
    if (!found) continue;
    const [whole, before = "", quote = ""] = found;
    const last = closingLine(lines, index, whole.length, quote);
    for (let at = index + 1; at <= last; at++) {
      const indent = /^ */.exec(lines[at] ?? "")?.[0].length ?? 0;
      if (indent > before.length || (lines[at] ?? "").trim() === "") continue;
      const start = starts[at] ?? 0;
      patches.push({ start, end: start, newText: " ".repeat(before.length + 1 - indent) });
    }
    if (last > index) index = last;
  }
  return patches;
}

function lineOffsets(lines: readonly string[]): number[] {
  const starts: number[] = [];
  let at = 0;
  for (const line of lines) {
    starts.push(at);
    at += line.length + 1;
  }
  return starts;
}

/** The index of the line on which a string is closed; -1 where it is not, or where a line between looks like an entry. */
function closingLine(lines: readonly string[], from: number, column: number, quote: string): number {
  const escaped = quote === '"' ? /\\[\s\S]?/g : /''/g;
  for (let index = from; index < lines.length; index++) {
    const line = lines[index] ?? "";
    if (index > from && ownLine.test(line)) return -1;
    const rest = (index === from ? line.slice(column) : line).replace(escaped, "");
    if (rest.includes(quote)) return index;
  }
  return -1;
}
