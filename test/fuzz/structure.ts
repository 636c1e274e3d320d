import { below, pick } from "./random.ts";

/** A part of a text: from `start` to before `end`. */
interface Part {
  readonly start: number;
  readonly end: number;
}

const BRACKETS: Readonly<Record<string, string>> = { "(": ")", "[": "]", "{": "}" };
const WORD = /[A-Za-z_][\w-]*/y;
/** A bracket pair longer than this is cut: mutations of it would be mutations of the whole file. */
const LONGEST_GROUP = 4_000;

/**
 * A text with one change to its structure, so that the result is often well-formed and reaches the code behind the parsers: a block of
 * lines (a line and all deeper ones below it) is dropped, doubled, exchanged with another, nested once more or moved below another
 * block; a bracketed group, a value or a name takes the place of another of the same file or of a sibling file.
 * @param others texts of the same format, from which parts are taken
 */
export function restructured(text: string, others: readonly string[], random: () => number): string {
  switch (below(random, 8)) {
    case 0: {
      const block = blockOf(text, random);
      return without(text, block);
    }
    case 1: {
      const block = blockOf(text, random);
      const copies = 1 + below(random, 4);
      return put(text, block.end, text.slice(block.start, block.end).repeat(copies));
    }
    case 2: {
      const [one, other] = [blockOf(text, random), blockOf(text, random)];
      return exchanged(text, one, other);
    }
    case 3: {
      const block = blockOf(text, random);
      const lines = text.slice(block.start, block.end);
      const [header = ""] = lines.split("\n", 1);
      return `${text.slice(0, block.start)}${header}\n${deeper(lines)}${text.slice(block.end)}`;
    }
    case 4: {
      const from = pick(random, others);
      const block = blockOf(from, random);
      const at = blockOf(text, random).end;
      return put(text, at, from.slice(block.start, block.end));
    }
    case 5: {
      const group = groupOf(text, random);
      if (!group) return text;
      const from = below(random, 2) === 0 ? text : pick(random, others);
      const other = groupOf(from, random);
      const inside = other === null ? "" : from.slice(other.start, other.end);
      return text.slice(0, group.start) + inside + text.slice(group.end);
    }
    case 6: {
      // An element of a group is doubled, or the group is put into itself.
      const group = groupOf(text, random);
      if (!group) return text;
      const whole = text.slice(group.start, group.end);
      const inside = whole.slice(1, -1);
      const open = whole[0] ?? "[";
      const changed =
        below(random, 2) === 0 ? `${open}${inside}, ${inside}${BRACKETS[open]}` : `${open}${whole}${BRACKETS[open]}`;
      return text.slice(0, group.start) + changed + text.slice(group.end);
    }
    default: {
      const word = wordOf(text, random);
      if (!word) return text;
      const from = below(random, 3) === 0 ? pick(random, others) : text;
      const other = wordOf(from, random);
      return text.slice(0, word.start) + (other ? from.slice(other.start, other.end) : "") + text.slice(word.end);
    }
  }
}

function without(text: string, { start, end }: Part): string {
  return text.slice(0, start) + text.slice(end);
}

function put(text: string, at: number, piece: string): string {
  return text.slice(0, at) + piece + text.slice(at);
}

function exchanged(text: string, one: Part, other: Part): string {
  const [first, second] = one.start <= other.start ? [one, other] : [other, one];
  if (second.start < first.end) return without(text, second);
  return (
    text.slice(0, first.start) +
    text.slice(second.start, second.end) +
    text.slice(first.end, second.start) +
    text.slice(first.start, first.end) +
    text.slice(second.end)
  );
}

function deeper(lines: string): string {
  return lines.replace(/^(?=[^\n])/gm, "  ");
}

/** A line that holds something, with the deeper lines below it. */
function blockOf(text: string, random: () => number): Part {
  const start = text.lastIndexOf("\n", below(random, text.length + 1) - 1) + 1;
  const depth = depthAt(text, start);
  let end = lineEnd(text, start);
  while (end < text.length && (text[end] === "\n" || depthAt(text, end) > depth)) end = lineEnd(text, end);
  return { start, end };
}

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function depthAt(text: string, lineStart: number): number {
  let at = lineStart;
  while (text[at] === " ") at++;
  return at - lineStart;
}

/** A bracketed group, brackets included; null where none is found near a random place. */
function groupOf(text: string, random: () => number): Part | null {
  const from = below(random, text.length + 1);
  for (let start = from; start < Math.min(text.length, from + 2_000); start++) {
    const open = text[start] ?? "";
    const close = BRACKETS[open];
    if (close === undefined) continue;
    let depth = 0;
    for (let at = start; at < Math.min(text.length, start + LONGEST_GROUP); at++) {
      if (text[at] === open) depth++;
      else if (text[at] === close && --depth === 0) return { start, end: at + 1 };
    }
  }
  return null;
}

/** A name, a key or a bare word behind a random place; null where there is none. */
function wordOf(text: string, random: () => number): Part | null {
  const from = below(random, text.length + 1);
  for (let start = from; start < text.length; start++) {
    WORD.lastIndex = start;
    const [found] = WORD.exec(text) ?? [];
    if (found !== undefined) return { start, end: start + found.length };
  }
  return null;
}
