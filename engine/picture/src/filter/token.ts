/** One word of a find or hide expression, with its place in the text (UTF-16 offsets, half open). */
export interface FilterToken {
  readonly kind: "word" | "text" | "operator" | "not" | "and" | "or" | "open" | "close";
  /** Words as written, texts without their quotes, operators in their canonical spelling. */
  readonly value: string;
  readonly start: number;
  readonly end: number;
  /** A quoted text whose closing quote is missing. */
  readonly unclosed: boolean;
}

const SYMBOLS: readonly (readonly [string, FilterToken["kind"], string])[] = [
  ["!*=", "operator", "!*="],
  ["!^=", "operator", "!^="],
  ["!$=", "operator", "!$="],
  ["&&", "and", "and"],
  ["||", "or", "or"],
  ["==", "operator", "="],
  ["!=", "operator", "!="],
  [">=", "operator", ">="],
  ["<=", "operator", "<="],
  ["*=", "operator", "*="],
  ["^=", "operator", "^="],
  ["$=", "operator", "$="],
  ["=", "operator", "="],
  [">", "operator", ">"],
  ["<", "operator", "<"],
  ["!", "not", "not"],
  ["(", "open", "("],
  [")", "close", ")"],
];

const WORD_OPERATORS: ReadonlyMap<string, string> = new Map([
  ["contains", "*="],
  ["startswith", "^="],
  ["endswith", "$="],
  ["!contains", "!*="],
  ["!startswith", "!^="],
  ["!endswith", "!$="],
]);

const CONNECTIVES: ReadonlyMap<string, FilterToken["kind"]> = new Map([
  ["and", "and"],
  ["or", "or"],
  ["not", "not"],
]);

/** The words of an expression. Never fails: whatever is no operator, bracket or quoted text is a word. */
export function filterTokens(text: string): readonly FilterToken[] {
  const tokens: FilterToken[] = [];
  let at = 0;
  while (at < text.length) {
    const char = text[at] ?? "";
    if (/\s/.test(char)) {
      at++;
      continue;
    }
    const token = quoted(text, at) ?? wordOperator(text, at) ?? symbol(text, at, tokens.at(-1)) ?? word(text, at);
    tokens.push(token);
    at = token.end;
  }
  return tokens;
}

function quoted(text: string, start: number): FilterToken | null {
  const quote = text[start];
  if (quote !== '"' && quote !== "'") return null;
  const close = text.indexOf(quote, start + 1);
  const end = close < 0 ? text.length : close + 1;
  return {
    kind: "text",
    value: text.slice(start + 1, close < 0 ? end : close),
    start,
    end,
    unclosed: close < 0,
  };
}

/** `!contains` and its like, which would otherwise read as `not contains`. */
function wordOperator(text: string, start: number): FilterToken | null {
  const found = /^!?(contains|startswith|endswith)(?![\w-])/i.exec(text.slice(start, start + 12));
  const value = found ? WORD_OPERATORS.get(found[0].toLowerCase()) : undefined;
  if (!found || value === undefined) return null;
  return { kind: "operator", value, start, end: start + found[0].length, unclosed: false };
}

function symbol(text: string, start: number, before: FilterToken | undefined): FilterToken | null {
  // Behind a comparison comes a value, which may begin with anything but a bracket: `path = *metrics`, `path = <any>`.
  const valueExpected = before?.kind === "operator";
  for (const [written, kind, value] of SYMBOLS) {
    if (!text.startsWith(written, start)) continue;
    if (valueExpected && kind !== "open" && kind !== "close") return null;
    return { kind, value, start, end: start + written.length, unclosed: false };
  }
  return null;
}

function word(text: string, start: number): FilterToken {
  let end = start;
  while (end < text.length && !/[\s()]/.test(text[end] ?? "") && !(end > start && operatorAt(text, end))) end++;
  if (end === start) end++;
  const value = text.slice(start, end);
  return { kind: CONNECTIVES.get(value.toLowerCase()) ?? "word", value, start, end, unclosed: false };
}

/** Whether a comparison begins here, so that `port=3100` needs no blanks. A lone `!` or `*` belongs to the word. */
function operatorAt(text: string, at: number): boolean {
  return /^(!?[*^$]=|!=|==?|[<>]=?|&&|\|\|)/.test(text.slice(at, at + 3));
}
