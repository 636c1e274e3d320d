import type { Clause, Condition } from "#python";

/** A hole `{{ … }}` of a template. */
export interface Hole {
  /** The expression in it, without the braces. */
  readonly expression: string;
}

/** A `{% … %}` block with what decides whether its body is rendered. */
interface Block {
  readonly start: number;
  /** The offset behind its end tag. */
  readonly end: number;
  readonly clause: Clause;
}

/** A Jinja template as YAML: as long as the template, with marks for the holes and spaces for the statements. */
export interface JinjaTemplate {
  readonly text: string;
  /** The holes by their number in a mark. */
  readonly holes: readonly Hole[];
  readonly blocks: readonly Block[];
  /** Names that the template itself assigns (`set`, `for`, `with`). */
  readonly assigned: ReadonlySet<string>;
  /** Why the text can't be read at all; null: it can. */
  readonly unread: string | null;
}

/*
 * A mark is as long as its hole, so that offsets stay. It is made of characters of private use, which no manifest holds and which YAML
 * takes as letters: a start, the number in base 512, and padding.
 */
const START = "\ue000";
const PADDING = "\ue001";
const FIRST_DIGIT = 0xe100;
const BASE = 512;
/** The shortest hole, `{{a}}`, has room for two digits. */
const MOST_HOLES = BASE * BASE;
const MARK = /\ue000([\ue100-\ue2ff]+)\ue001*/g;

/** Every policy of a template is compared with every block. */
const MOST_BLOCKS = 1000;

const CLOSERS = { "{{": "}}", "{%": "%}", "{#": "#}" } as const;

/** A tag of a template: `{{ … }}`, `{% … %}` or `{# … #}`. */
interface Tag {
  readonly kind: keyof typeof CLOSERS;
  readonly start: number;
  readonly end: number;
  /** The text between the braces. */
  readonly inside: string;
}

/** The tags of a template in order; null where one is not closed. */
function tagsOf(source: string): readonly Tag[] | null {
  const tags: Tag[] = [];
  for (const opener of source.matchAll(/\{[{%#]/g)) {
    const start = opener.index;
    if (start < (tags.at(-1)?.end ?? 0)) continue;
    const kind = opener[0] as Tag["kind"];
    const closer = source.indexOf(CLOSERS[kind], start + 2);
    if (closer < 0) return null;
    tags.push({ kind, start, end: closer + 2, inside: trimmed(source.slice(start + 2, closer)) });
  }
  return tags;
}

const BLOCKS: ReadonlySet<string> = new Set(["if", "for", "with", "autoescape"]);
/** Statements whose output stands elsewhere, or that change how the rest is read. */
const OPAQUE: ReadonlySet<string> = new Set([
  "include",
  "import",
  "from",
  "extends",
  "macro",
  "raw",
  "block",
  "call",
  "filter",
]);

/**
 * Reads a Jinja template (https://jinja.palletsprojects.com/en/stable/templates/) without rendering it. A text without braces is its own
 * template. A template that includes others or has an open block is `unread`.
 */
export function jinjaTemplate(source: string): JinjaTemplate {
  const tags = tagsOf(source);
  const holes: Hole[] = [];
  const statements: Tag[] = [];
  let text = "";
  let behind = 0;
  for (const tag of tags ?? []) {
    const whole = source.slice(tag.start, tag.end);
    text += source.slice(behind, tag.start);
    text +=
      tag.kind === "{{" ? mark(holes.push({ expression: tag.inside }) - 1, whole.length) : whole.replace(/[^\n]/g, " ");
    if (tag.kind === "{%") statements.push(tag);
    behind = tag.end;
  }
  text += source.slice(behind);
  const why =
    tags === null ? "a tag in it is not closed" : holes.length > MOST_HOLES ? "it has too many placeholders" : null;
  const read = readStatements(statements);
  return { text, holes, ...read, unread: why ?? read.unread };
}

/** What the statements of a template say: its blocks, the names that it assigns, and why it can't be read. */
function readStatements(statements: readonly Tag[]): Pick<JinjaTemplate, "blocks" | "assigned" | "unread"> {
  const blocks: Block[] = [];
  const assigned = new Set<string>();
  const open: { readonly word: string; start: number; condition: string; negated: string[] }[] = [];
  let unread: string | null = null;
  for (const { inside, start, end } of statements) {
    const [word = ""] = inside.split(/\s/, 1);
    const about = inside.slice(word.length).replace(/\s+/g, " ").trim();
    const current = open.at(-1);
    if (OPAQUE.has(word)) unread ??= `it has a statement \`${word}\``;
    if (word === "set" && !about.includes("=")) unread ??= "it has a statement `set` with a body";
    if (Object.hasOwn(TARGET_END, word))
      for (const [name] of (about.split(TARGET_END[word as keyof typeof TARGET_END])[0] ?? "").matchAll(/\w+/g))
        assigned.add(name);
    if (BLOCKS.has(word)) open.push({ word, start, condition: about, negated: [] });
    else if ((word === "elif" || word === "else") && current) {
      blocks.push(blockOf(current, start));
      current.negated.push(current.condition);
      current.start = start;
      current.condition = about;
    } else if (word.startsWith("end") && word !== "endset") {
      if (word !== `end${current?.word}` || !current) unread ??= `its \`${word}\` has no beginning`;
      else blocks.push(blockOf(current, end));
      open.pop();
    }
  }
  if (open.length > 0) unread ??= "a block in it has no end";
  if (blocks.length > MOST_BLOCKS) return { blocks: [], assigned, unread: "it has too many blocks" };
  return { blocks, assigned, unread };
}

/** What ends the names that a statement assigns; `with` may assign several, so all of its names count. */
const TARGET_END = { set: "=", for: " in ", with: /$/ } as const;

/** The parts of a text with marks: plain text, and the holes in it. */
export function templateParts(text: string, holes: readonly Hole[]): readonly (string | Hole)[] {
  const parts: (string | Hole)[] = [];
  let behind = 0;
  for (const match of text.matchAll(MARK)) {
    const hole = holes[numberOf(match[1] ?? "")];
    if (!hole) continue;
    if (match.index > behind) parts.push(text.slice(behind, match.index));
    parts.push(hole);
    behind = match.index + match[0].length;
  }
  if (behind < text.length) parts.push(text.slice(behind));
  return parts;
}

/** What has to hold so that a stretch of the template is rendered; null: nothing. A block that begins inside it does not count. */
export function conditionAround({ blocks }: JinjaTemplate, start: number): Condition | null {
  const clauses = blocks.filter((block) => block.start < start && start < block.end).map(({ clause }) => clause);
  return clauses.length > 0 ? clauses : null;
}

/** Whether a block begins or ends inside a stretch of the template, so that parts of it may be left out. */
export function dependsOnBlocks({ blocks }: JinjaTemplate, start: number, end: number): boolean {
  return blocks.some((block) => (start < block.start && block.start < end) || (start < block.end && block.end < end));
}

function blockOf(
  { word, start, condition, negated }: { word: string; start: number; condition: string; negated: readonly string[] },
  end: number,
): Block {
  if (word === "for") return { start, end, clause: { kind: "iteration", of: condition, earlier: false } };
  if (condition === "" && negated.length > 0) {
    const all = negated.map((source): Clause => ({ kind: "test", source }));
    const [only] = all;
    return {
      start,
      end,
      clause: all.length === 1 && only ? { kind: "not", condition: [only] } : { kind: "undecided" },
    };
  }
  return { start, end, clause: negated.length > 0 ? { kind: "undecided" } : { kind: "test", source: condition } };
}

/** The inside of a tag without its marks of whitespace control. */
function trimmed(inside: string): string {
  return inside.replace(/^[-+]|[-+]$/g, "").trim();
}

function mark(number: number, length: number): string {
  const digits = number < BASE ? [number] : [Math.floor(number / BASE), number % BASE];
  return `${START}${String.fromCharCode(...digits.map((digit) => FIRST_DIGIT + digit))}`.padEnd(length, PADDING);
}

function numberOf(digits: string): number {
  return [...digits].reduce((number, digit) => number * BASE + digit.charCodeAt(0) - FIRST_DIGIT, 0);
}
