/*
 * Tokens of Python as numbers in columns: a file has tens of thousands, and an object for each would cost more than all
 * the rest of the parser. (https://docs.python.org/3/reference/lexical_analysis.html)
 */

/** The kinds of tokens. Keywords begin at `FALSE`; the soft keywords `match`, `case`, `type` and `_` are names. */
export const END: number = 0;
export const NEWLINE: number = 1;
export const NAME: number = 2;
export const NUMBER: number = 3;
/** A string without fields, and one with fields (`f"…"`, `t"…"`). */
export const STRING: number = 4;
export const FSTRING: number = 5;
/** A string that has no end; only in lines that do not parse. */
export const OPEN_STRING: number = 6;
/** A character that begins no token. */
export const BAD: number = 7;
/** A comma that the layout shows to be missing; only in lines that do not parse. */
export const SEPARATOR: number = 8;
export const COMMA: number = 9;
export const COLON: number = 10;
export const SEMICOLON: number = 11;
export const DOT: number = 12;
export const ELLIPSIS: number = 13;
export const EQUAL: number = 14;
export const WALRUS: number = 15;
export const ARROW: number = 16;
export const BANG: number = 17;
/** Opening brackets; the closing one of each is the next number. */
export const ROUND: number = 20;
export const ROUND_END: number = 21;
export const SQUARE: number = 22;
export const SQUARE_END: number = 23;
export const BRACE: number = 24;
export const BRACE_END: number = 25;
/** Binary operators; `AUGMENTED` is `+=` and its like. */
export const BAR: number = 30;
export const CARET: number = 31;
export const AMPERSAND: number = 32;
export const SHIFT: number = 33;
export const PLUS: number = 34;
export const MINUS: number = 35;
export const STAR: number = 36;
export const SLASH: number = 37;
export const PERCENT: number = 38;
export const AT: number = 39;
export const TILDE: number = 40;
export const DOUBLE_STAR: number = 41;
export const COMPARISON: number = 42;
export const AUGMENTED: number = 43;
export const FALSE: number = 50;
export const NONE: number = 51;
export const TRUE: number = 52;
export const AND: number = 53;
export const AS: number = 54;
export const ASSERT: number = 55;
export const ASYNC: number = 56;
export const AWAIT: number = 57;
export const BREAK: number = 58;
export const CLASS: number = 59;
export const CONTINUE: number = 60;
export const DEF: number = 61;
export const DEL: number = 62;
export const ELIF: number = 63;
export const ELSE: number = 64;
export const EXCEPT: number = 65;
export const FINALLY: number = 66;
export const FOR: number = 67;
export const FROM: number = 68;
export const GLOBAL: number = 69;
export const IF: number = 70;
export const IMPORT: number = 71;
export const IN: number = 72;
export const IS: number = 73;
export const LAMBDA: number = 74;
export const NONLOCAL: number = 75;
export const NOT: number = 76;
export const OR: number = 77;
export const PASS: number = 78;
export const RAISE: number = 79;
export const RETURN: number = 80;
export const TRY: number = 81;
export const WHILE: number = 82;
export const WITH: number = 83;
export const YIELD: number = 84;

const keywords: ReadonlyMap<string, number> = new Map(
  (
    "False None True and as assert async await break class continue def del elif else except finally for from global if " +
    "import in is lambda nonlocal not or pass raise return try while with yield"
  )
    .split(" ")
    .map((word, index) => [word, FALSE + index]),
);

/** The kind of a word: a keyword's own, else `NAME`. */
export function wordKind(word: string): number {
  return keywords.get(word) ?? NAME;
}

/** A growing list of tokens. Offsets count UTF-16 units from the start of the text. */
export interface Tokens {
  count: number;
  kinds: Uint8Array;
  starts: Int32Array;
  ends: Int32Array;
}

/** An empty list with room for so many tokens; it grows as needed. */
export function tokenList(room: number): Tokens {
  const size = Math.max(16, room);
  return { count: 0, kinds: new Uint8Array(size), starts: new Int32Array(size), ends: new Int32Array(size) };
}

/** Adds a token. */
export function addToken(list: Tokens, kind: number, start: number, end: number): void {
  const at = list.count;
  if (at === list.kinds.length) grow(list);
  list.kinds[at] = kind;
  list.starts[at] = start;
  list.ends[at] = end;
  list.count = at + 1;
}

function grow(list: Tokens): void {
  const size = list.kinds.length * 2;
  const kinds = new Uint8Array(size);
  kinds.set(list.kinds);
  const starts = new Int32Array(size);
  starts.set(list.starts);
  const ends = new Int32Array(size);
  ends.set(list.ends);
  list.kinds = kinds;
  list.starts = starts;
  list.ends = ends;
}

/** 1 for what continues a name or number, 2 for a digit, 3 for what begins a name (ASCII only). */
const classes = new Uint8Array(128);
for (let c = 0; c < 128; c++) {
  if (c >= 48 && c <= 57) classes[c] = 2;
  else if ((c >= 65 && c <= 90) || (c >= 97 && c <= 122) || c === 95) classes[c] = 3;
}

const longName = /[\p{XID_Start}_][\p{XID_Continue}]*/uy;
const number =
  /0[xX](?:_?[0-9a-fA-F])+|0[oO](?:_?[0-7])+|0[bB](?:_?[01])+|(?:\.[0-9](?:_?[0-9])*|[0-9](?:_?[0-9])*(?:\.(?:[0-9](?:_?[0-9])*)?)?)(?:[eE][+-]?[0-9](?:_?[0-9])*)?[jJ]?/y;
/** A decimal integer does not begin with 0, unless it is 0. */
const badInteger = /^0[0_]*[1-9][0-9_]*$/;
/** What may stand right behind a number, as CPython 3.11 has it: the keywords that can follow an expression. */
const behindNumber = /(?:and|else|for|if|in|is|not|or)\b/y;
const stringPrefix = /^(?:[rbuft]|br|rb|r[ft]|[ft]r)$/i;

/** Whether these letters, right before a quote, belong to the string. */
export function isStringPrefix(letters: string): boolean {
  return letters.length <= 2 && stringPrefix.test(letters);
}

/** The offset behind the name that starts at `at`; `at` itself where none does. Names follow Unicode (PEP 3131). */
export function nameEnd(text: string, at: number): number {
  let end = at;
  let c = text.charCodeAt(end);
  if (c < 128 && classes[c] === 2) return at;
  while (c < 128 && (classes[c] ?? 0) > 1) c = text.charCodeAt(++end);
  if (!(c >= 128)) return end;
  longName.lastIndex = at;
  return longName.test(text) ? longName.lastIndex : end;
}

function numberEnd(text: string, at: number): number {
  let end = at;
  let c = text.charCodeAt(end);
  while (c >= 48 && c <= 57) c = text.charCodeAt(++end);
  const simple = end > at && c !== 46 && !(c >= 128 || (classes[c] ?? 0) > 1);
  if (simple && (end === at + 1 || text.charCodeAt(at) !== 48)) return end;
  number.lastIndex = at;
  if (!number.test(text)) return -1;
  const stop = number.lastIndex;
  if (badInteger.test(text.slice(at, stop))) return -1;
  const next = text.charCodeAt(stop);
  if (!(next >= 128 || (classes[next] ?? 0) > 1)) return stop;
  behindNumber.lastIndex = stop;
  return behindNumber.test(text) ? stop : -1;
}

/** Adds an operator; gives back the offset behind it. */
function operator(list: Tokens, kind: number, at: number, length: number): number {
  addToken(list, kind, at, at + length);
  return at + length;
}

/** `x` or `x=`: an operator that may be augmented. */
function augmentable(text: string, list: Tokens, kind: number, at: number, length: number): number {
  if (text.charCodeAt(at + length) === 61) return operator(list, AUGMENTED, at, length + 1);
  return operator(list, kind, at, length);
}

/**
 * Adds the token that starts at `at`, where no blank, line end, comment, quote or backslash stands, and gives back the
 * offset behind it. Of a name right before a quote nothing is said here: the caller looks for the string first.
 */
export function addTokenAt(text: string, list: Tokens, at: number): number {
  const c = text.charCodeAt(at);
  const next = text.charCodeAt(at + 1);
  switch (c) {
    case 40:
      return operator(list, ROUND, at, 1);
    case 41:
      return operator(list, ROUND_END, at, 1);
    case 91:
      return operator(list, SQUARE, at, 1);
    case 93:
      return operator(list, SQUARE_END, at, 1);
    case 123:
      return operator(list, BRACE, at, 1);
    case 125:
      return operator(list, BRACE_END, at, 1);
    case 44:
      return operator(list, COMMA, at, 1);
    case 58:
      return next === 61 ? operator(list, WALRUS, at, 2) : operator(list, COLON, at, 1);
    case 59:
      return operator(list, SEMICOLON, at, 1);
    case 46:
      if (next === 46 && text.charCodeAt(at + 2) === 46) return operator(list, ELLIPSIS, at, 3);
      if (next >= 48 && next <= 57) break;
      return operator(list, DOT, at, 1);
    case 61:
      return next === 61 ? operator(list, COMPARISON, at, 2) : operator(list, EQUAL, at, 1);
    case 33:
      return next === 61 ? operator(list, COMPARISON, at, 2) : operator(list, BANG, at, 1);
    case 60:
      if (next === 60) return augmentable(text, list, SHIFT, at, 2);
      return operator(list, COMPARISON, at, next === 61 ? 2 : 1);
    case 62:
      if (next === 62) return augmentable(text, list, SHIFT, at, 2);
      return operator(list, COMPARISON, at, next === 61 ? 2 : 1);
    case 43:
      return augmentable(text, list, PLUS, at, 1);
    case 45:
      return next === 62 ? operator(list, ARROW, at, 2) : augmentable(text, list, MINUS, at, 1);
    case 42:
      return next === 42 ? augmentable(text, list, DOUBLE_STAR, at, 2) : augmentable(text, list, STAR, at, 1);
    case 47:
      return augmentable(text, list, SLASH, at, next === 47 ? 2 : 1);
    case 37:
      return augmentable(text, list, PERCENT, at, 1);
    case 64:
      return augmentable(text, list, AT, at, 1);
    case 38:
      return augmentable(text, list, AMPERSAND, at, 1);
    case 124:
      return augmentable(text, list, BAR, at, 1);
    case 94:
      return augmentable(text, list, CARET, at, 1);
    case 126:
      return operator(list, TILDE, at, 1);
    default:
  }
  if ((c >= 48 && c <= 57) || c === 46) {
    const end = numberEnd(text, at);
    if (end >= 0) addToken(list, NUMBER, at, end);
    else addToken(list, BAD, at, badNumberEnd(text, at));
    return list.ends[list.count - 1] ?? at + 1;
  }
  const end = nameEnd(text, at);
  if (end === at) return operator(list, BAD, at, (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1);
  addToken(list, kindOfName(text, at, end, c), at, end);
  return end;
}

/** Most names are no keywords; those that begin or end like none are not looked up. */
function kindOfName(text: string, start: number, end: number, first: number): number {
  const length = end - start;
  if (length < 2 || length > 8 || first === 95 || first > 121) return NAME;
  if (first < 97 && first !== 70 && first !== 78 && first !== 84) return NAME;
  return wordKind(text.slice(start, end));
}

function badNumberEnd(text: string, at: number): number {
  let end = at + 1;
  for (let c = text.charCodeAt(end); c >= 128 || (classes[c] ?? 0) > 1; c = text.charCodeAt(end)) end++;
  return end;
}
