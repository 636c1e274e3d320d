import { codePointLength } from "../../../engine/mesh/src/policy/python/text.ts";
import { failure, type PyValue, pyInt, type Result } from "../../../engine/mesh/src/policy/python/value.ts";

const SPACE = /[ \t\n\r]*/y;
const NUMBER = /(-?(?:0|[1-9][0-9]*))(\.[0-9]+)?([eE][-+]?[0-9]+)?/y;
// biome-ignore lint/suspicious/noControlCharactersInRegex: what strict JSON does not allow inside a string
const CHUNK = /[^"\\\u0000-\u001f]*/y;
const HEX = /[0-9a-fA-F]{4}/y;
const ESCAPES: Readonly<Record<string, string>> = {
  '"': '"',
  "\\": "\\",
  "/": "/",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
};
const CONSTANTS: readonly (readonly [string, PyValue])[] = [
  ["null", null],
  ["true", true],
  ["false", false],
  ["NaN", { kind: "float", value: Number.NaN }],
  ["Infinity", { kind: "float", value: Number.POSITIVE_INFINITY }],
  ["-Infinity", { kind: "float", value: Number.NEGATIVE_INFINITY }],
];
/** CPython gives up at its recursion limit of 1,000; the frames of the charm around it take some of those. */
const DEEPEST = 990;

/** Why the text is no JSON. */
interface Refusal {
  readonly message: string;
  readonly at: number;
  readonly type: string;
}

/**
 * Python's `json.loads(text)`: order of keys kept (a later double key gives the value, the first its place), integers of any
 * size, NaN and Infinity taken. Bad text gives the JSONDecodeError with CPython 3.11's wording and place, in code points.
 */
export function jsonValue(text: string): Result<PyValue> {
  const reader = new Reader(text);
  const value = reader.document();
  const refusal = reader.refusal;
  if (refusal === null) return { value: value ?? null };
  if (refusal.type !== "JSONDecodeError") return failure(refusal.type, refusal.message);
  return failure(refusal.type, `${refusal.message}: ${place(text, refusal.at)}`);
}

function place(text: string, at: number): string {
  const before = text.slice(0, at);
  const line = before.split("\n").length;
  const column = codePointLength(before.slice(before.lastIndexOf("\n") + 1)) + 1;
  return `line ${line} column ${column} (char ${codePointLength(before)})`;
}

/** A recursive-descent reader. Every method gives undefined after the first refusal, which ends the reading. */
class Reader {
  private readonly text: string;
  private at = 0;
  private depth = 0;
  refusal: Refusal | null = null;

  constructor(text: string) {
    this.text = text;
  }

  document(): PyValue | undefined {
    if (this.text.startsWith("\ufeff")) return this.refuse("Unexpected UTF-8 BOM (decode using utf-8-sig)", 0);
    this.match(SPACE);
    const value = this.value();
    this.match(SPACE);
    if (this.refusal === null && this.at < this.text.length) return this.refuse("Extra data", this.at);
    return value;
  }

  private refuse(message: string, at: number, type = "JSONDecodeError"): undefined {
    this.refusal ??= { message, at, type };
  }

  private match(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text);
    if (found) this.at = pattern.lastIndex;
    return found;
  }

  private value(): PyValue | undefined {
    const next = this.text[this.at];
    if (next === '"') return this.string();
    if (next === "{") return this.nested("object", () => this.object());
    if (next === "[") return this.nested("array", () => this.array());
    for (const [word, value] of CONSTANTS) {
      if (this.text.startsWith(word, this.at)) {
        this.at += word.length;
        return value;
      }
    }
    const number = this.match(NUMBER);
    if (!number) return this.refuse("Expecting value", this.at);
    const [all, whole = "0", fraction, exponent] = number;
    if (fraction === undefined && exponent === undefined) return pyInt(BigInt(whole));
    return { kind: "float", value: Number(all) };
  }

  private nested(what: string, read: () => PyValue | undefined): PyValue | undefined {
    if (++this.depth > DEEPEST) {
      const message = `maximum recursion depth exceeded while decoding a JSON ${what} from a unicode string`;
      return this.refuse(message, this.at, "RecursionError");
    }
    const value = read();
    this.depth--;
    return value;
  }

  private object(): PyValue | undefined {
    const members = new Map<PyValue, PyValue>();
    this.at++;
    this.match(SPACE);
    if (this.text[this.at] === "}") {
      this.at++;
      return members;
    }
    for (;;) {
      if (this.text[this.at] !== '"') {
        return this.refuse("Expecting property name enclosed in double quotes", this.at);
      }
      const key = this.string();
      if (key === undefined) return undefined;
      this.match(SPACE);
      if (this.text[this.at] !== ":") return this.refuse("Expecting ':' delimiter", this.at);
      this.at++;
      this.match(SPACE);
      const value = this.value();
      if (value === undefined) return undefined;
      members.set(key, value);
      this.match(SPACE);
      const next = this.text[this.at++];
      if (next === "}") return members;
      if (next !== ",") return this.refuse("Expecting ',' delimiter", this.at - 1);
      this.match(SPACE);
    }
  }

  private array(): PyValue | undefined {
    const items: PyValue[] = [];
    this.at++;
    this.match(SPACE);
    if (this.text[this.at] === "]") {
      this.at++;
      return items;
    }
    for (;;) {
      const value = this.value();
      if (value === undefined) return undefined;
      items.push(value);
      this.match(SPACE);
      const next = this.text[this.at++];
      if (next === "]") return items;
      if (next !== ",") return this.refuse("Expecting ',' delimiter", this.at - 1);
      this.match(SPACE);
    }
  }

  private string(): string | undefined {
    const start = this.at++;
    let result = "";
    for (;;) {
      result += this.match(CHUNK)?.[0] ?? "";
      const next = this.text[this.at];
      if (next === undefined) return this.refuse("Unterminated string starting at", start);
      this.at++;
      if (next === '"') return result;
      if (next !== "\\") return this.refuse("Invalid control character at", this.at - 1);
      const letter = this.text[this.at++];
      if (letter === undefined) return this.refuse("Unterminated string starting at", start);
      if (letter === "u") {
        const digits = this.match(HEX);
        if (!digits) return this.refuse("Invalid \\uXXXX escape", this.at - 1);
        result += String.fromCharCode(Number.parseInt(digits[0], 16));
      } else {
        const character = ESCAPES[letter];
        if (character === undefined) return this.refuse("Invalid \\escape: ", this.at - 2);
        result += character;
      }
    }
  }
}
