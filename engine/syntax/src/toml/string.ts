import type { Span } from "../text/span.ts";
import { complain, match, type Scanner, skipBlank, took } from "./scanner.ts";

const bareKey = /[A-Za-z0-9_-]+/y;

/** A key, split into its dotted parts; empty where the text has no key here. */
export function readKey(s: Scanner): { name: string; key: Span }[] {
  const path: { name: string; key: Span }[] = [];
  for (;;) {
    skipBlank(s, false);
    const start = s.at;
    const quote = s.text[s.at];
    const name = quote === '"' || quote === "'" ? readString(s) : match(s, bareKey);
    if (name === null) return path;
    path.push({ name, key: { start, end: s.at } });
    const behind = s.at;
    skipBlank(s, false);
    if (!took(s, ".")) {
      s.at = behind;
      return path;
    }
  }
}

/** The string that starts here; one that is not closed ends with its line, with a problem. */
export function readString(s: Scanner): string {
  const start = s.at;
  const quote = s.text[s.at] ?? '"';
  if (s.text.startsWith(quote.repeat(3), s.at)) return readLongString(s, quote);
  s.at++;
  for (;;) {
    const c = s.text[s.at];
    if (c === undefined || c === "\n" || c === "\r") {
      complain(s, start, `This string is not closed: its last \`${quote}\` is missing.`);
      return unescaped(s.text.slice(start + 1, s.at), quote);
    }
    s.at += c === "\\" && quote === '"' ? 2 : 1;
    if (c === quote) return unescaped(s.text.slice(start + 1, s.at - 1), quote);
  }
}

function readLongString(s: Scanner, quote: string): string {
  const start = s.at;
  s.at += 3;
  const from = s.at;
  for (;;) {
    const c = s.text[s.at];
    if (c === undefined) {
      complain(s, start, `This string is not closed: its last \`${quote.repeat(3)}\` is missing.`);
      return unescaped(s.text.slice(from), quote);
    }
    if (c === quote && s.text.startsWith(quote.repeat(3), s.at)) {
      // Up to two quotes may directly precede the closing three.
      while (s.text[s.at + 3] === quote && s.at < from + s.text.length) s.at++;
      s.at += 3;
      const content = s.text.slice(from, s.at - 3).replace(/^\r?\n/, "");
      return unescaped(quote === '"' ? content.replace(/\\[ \t]*\r?\n\s*/g, "") : content, quote);
    }
    s.at += c === "\\" && quote === '"' ? 2 : 1;
  }
}

const escapes: Readonly<Record<string, string>> = {
  b: "\b",
  t: "\t",
  n: "\n",
  f: "\f",
  r: "\r",
  e: "\u001b",
  '"': '"',
  "\\": "\\",
};

/** (https://toml.io/en/v1.0.0#string) */
function unescaped(content: string, quote: string): string {
  if (quote === "'" || !content.includes("\\")) return content;
  return content.replace(/\\(u[\da-fA-F]{4}|U[\da-fA-F]{8}|x[\da-fA-F]{2}|[\s\S])/g, (whole, code: string) => {
    if (code.length === 1) return escapes[code] ?? whole;
    const point = Number.parseInt(code.slice(1), 16);
    return point > 0x10ffff ? whole : String.fromCodePoint(point);
  });
}
