import { below, pick } from "./random.ts";
import { restructured } from "./structure.ts";

/** Pieces that readers stumble over: syntax of each format, keys of JavaScript, odd characters, sizes. */
const PIECES: readonly string[] = [
  "\u0000",
  "\ufeff",
  "\r",
  "\r\n",
  "\t",
  "\u2028",
  "\ud800",
  "\udfff",
  "\u00a0",
  "𝒳",
  "é",
  " ".repeat(40),
  "&a [*a, *a]",
  "*a",
  "<<: *a",
  "? ",
  ": ",
  "- ",
  "|\n",
  ">-\n",
  "!!js/function",
  "%YAML 1.1\n",
  "---\n",
  "...\n",
  "{",
  "}",
  "[",
  "]",
  "'",
  '"',
  "__proto__:",
  '"__proto__": {"polluted": 1},',
  "constructor:",
  "prototype",
  "toString",
  "hasOwnProperty",
  "null",
  "~",
  "true",
  "yes",
  "0x1F",
  "1e999",
  "-0",
  "NaN",
  ".inf",
  "9".repeat(40),
  "2026-11-21",
  "def f(",
  "class C:",
  "lambda",
  "f'{",
  'f"{x!r:{y}}"',
  "'''",
  '"""',
  "\\",
  "\\N{BELL}",
  "async ",
  "match x:\n  case ",
  "import ",
  "from . import *",
  "@",
  "*args",
  "**kw",
  ":=",
  "->",
  "#",
  "# charm-mesh: ignore[x]",
  "type X[T] = ",
  "[[package]]\n",
  "[project]\n",
  'name = """',
  "=>=",
  "^1.2",
  "-r other.txt",
  "-e .",
  "; python_version < '3'",
  "--hash=sha256:00",
  "../../etc/passwd",
  "a/b/../c",
  "<script>",
  "`",
  "$" + "{x}",
  "{*}",
  "{**}",
  "*",
  "end",
  "%%{init}%%",
];

/**
 * A text changed in one to six places. Half of the changes keep to the text's structure (`restructured`). The others do not: a byte is
 * inserted, removed or flipped, a piece of syntax inserted, a stretch doubled, dropped or repeated many times, a line's indentation
 * changed, a stretch of another text inserted. At most 20,000 characters of the result are kept.
 */
export function mutated(text: string, others: readonly string[], random: () => number): string {
  let out = text;
  for (let count = 1 + below(random, 6); count > 0; count--)
    out = below(random, 2) === 0 ? restructured(out, others, random) : changed(out, others, random);
  return out.length > 20_000 ? out.slice(0, 20_000) : out;
}

function changed(text: string, others: readonly string[], random: () => number): string {
  const at = below(random, text.length + 1);
  const end = Math.min(text.length, at + 1 + below(random, 40));
  const stretch = text.slice(at, end);
  switch (below(random, 10)) {
    case 0:
      return text.slice(0, at) + String.fromCharCode(below(random, 256)) + text.slice(at);
    case 1:
      return text.slice(0, at) + text.slice(at + 1);
    case 2:
      return (
        text.slice(0, at) +
        String.fromCharCode((text.charCodeAt(at) || 0) ^ (1 << below(random, 8))) +
        text.slice(at + 1)
      );
    case 3:
    case 4:
      return text.slice(0, at) + pick(random, PIECES) + text.slice(at);
    case 5:
      return text.slice(0, end) + stretch + text.slice(end);
    case 6:
      return text.slice(0, at) + text.slice(end);
    case 7:
      return text.slice(0, at) + (stretch || "[").repeat(2 + below(random, 60)) + text.slice(end);
    case 8:
      return text.replace(/\n {2,4}(?=\S)/, () => `\n${" ".repeat(below(random, 9))}`);
    default: {
      const other = pick(random, others);
      const from = below(random, other.length + 1);
      return text.slice(0, at) + other.slice(from, from + below(random, 200)) + text.slice(at);
    }
  }
}
