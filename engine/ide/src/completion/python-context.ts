import type { PyExpression, PyModule, SourceFile, Span } from "#syntax";
import { nodesAround } from "../fixes/python-tree.ts";

type Call = Extract<PyExpression, { kind: "call" }>;

/** The context of a cursor in a charm's Python, for completion and signature help. */
export interface PythonContext {
  /** The word before the cursor that a completion replaces. */
  readonly word: Span;
  /** The inside of the string around the cursor; null outside of strings. */
  readonly string: Span | null;
  /** `Method` for `Method.|`; null where the word does not follow a dot. */
  readonly object: string | null;
  /** The innermost call around the cursor, with the argument at the cursor. */
  readonly call: {
    readonly name: string;
    readonly node: Call | null;
    readonly argument: string | null;
    readonly index: number;
  } | null;
  /** The text before the innermost square bracket around the cursor, as in `self.on[`; "" for a list; null outside of them. */
  readonly subscript: string | null;
  /** True at the key of a dictionary, false at its value, null outside of dictionaries. */
  readonly dictKey: boolean | null;
  /** The key of the pair whose value contains the cursor. */
  readonly pairKey: string | null;
}

const OPENING = "([{";
const CLOSING = ")]}";

/** How far back the surroundings are read: a call that begins further up is not recognised. */
const LOOK_BACK = 20_000;

/**
 * Reads the surroundings of a cursor from the text before it, since the statement being typed rarely parses: strings and
 * comments are skipped, brackets counted. The tree is asked for the call's node only.
 */
export function pythonContext(file: SourceFile, module: PyModule, offset: number): PythonContext {
  const brackets = openBrackets(file.text, Math.max(0, offset - LOOK_BACK), offset);
  const { string } = brackets;
  let start = offset;
  while (
    start > (string ?? 0) &&
    /[\w-]/.test(file.text[start - 1] ?? "") &&
    (string !== null || file.text[start - 1] !== "-")
  )
    start--;
  const before = file.text.slice(Math.max(0, start - 200), start);
  const inner = brackets.stack.at(-1);
  const dict = inner?.bracket === "{" ? pairAt(file.text.slice(inner.segment, string ?? offset)) : null;
  const call = [...brackets.stack].reverse().find((open) => open.bracket === "(" && open.callee !== "");
  return {
    word: { start, end: offset },
    string: string === null ? null : { start: string, end: stringEnd(file.text, string, offset) },
    object: string === null && !brackets.isComment ? (/(?<![\w.])([\w.]+)\.$/.exec(before)?.[1] ?? null) : null,
    call: call
      ? {
          name: call.callee,
          node: callNode(module, call.at),
          argument: /^\s*(\w+)\s*=(?!=)/.exec(file.text.slice(call.segment, offset))?.[1] ?? null,
          index: call.commas,
        }
      : null,
    subscript: inner?.bracket === "[" ? inner.callee : null,
    dictKey: dict ? dict.key === null : null,
    pairKey: dict?.key ?? null,
  };
}

interface OpenBracket {
  readonly bracket: string;
  readonly at: number;
  readonly callee: string;
  /** The start of the current element, and the number of commas before it. */
  segment: number;
  commas: number;
}

function openBrackets(
  text: string,
  from: number,
  offset: number,
): { stack: OpenBracket[]; string: number | null; isComment: boolean } {
  const stack: OpenBracket[] = [];
  let quote: string | null = null;
  let opened = 0;
  for (let at = from; at < offset; at++) {
    const char = text[at] ?? "";
    if (quote !== null) {
      if (char === "\\") at++;
      else if (text.startsWith(quote, at)) {
        at += quote.length - 1;
        quote = null;
      } else if (char === "\n" && quote.length === 1) quote = null;
    } else if (char === "#") {
      while (at < offset && text[at] !== "\n") at++;
      // The code around a comment does not affect the completion inside it.
      if (at >= offset) return { stack: [], string: null, isComment: true };
    } else if (char === '"' || char === "'") {
      quote = text.startsWith(char.repeat(3), at) ? char.repeat(3) : char;
      at += quote.length - 1;
      opened = at + 1;
    } else if (OPENING.includes(char)) {
      const callee =
        char === "(" || char === "["
          ? (/(?<![\w.])([\w.]+)\s*$/.exec(text.slice(Math.max(0, at - 120), at))?.[1] ?? "")
          : "";
      stack.push({ bracket: char, at, callee, segment: at + 1, commas: 0 });
    } else if (CLOSING.includes(char)) {
      if (OPENING.indexOf(stack.at(-1)?.bracket ?? "") === CLOSING.indexOf(char)) stack.pop();
    } else if (char === "," && stack.length > 0) {
      const top = stack[stack.length - 1];
      if (top) {
        top.segment = at + 1;
        top.commas++;
      }
    } else if (char === "\n" && /^(?:class|def|@|import|from)\b/.test(text.slice(at + 1, at + 8))) stack.length = 0;
  }
  return { stack, string: quote === null ? null : opened, isComment: false };
}

/** The key of a pair that already has its colon; null while the author types the key. */
function pairAt(segment: string): { key: string | null } {
  const pair = /^\s*(?:#[^\n]*\n\s*)*[rbu]?(["'])((?:(?!\1)[^\\\n])*)\1\s*:/.exec(segment);
  return { key: pair?.[2] ?? null };
}

function stringEnd(text: string, start: number, offset: number): number {
  let end = offset;
  const quote = text[start - 1] ?? '"';
  while (end < text.length && text[end] !== quote && text[end] !== "\n") end++;
  return end;
}

function callNode(module: PyModule, paren: number): Call | null {
  const around = nodesAround(module, { start: paren, end: paren + 1 });
  return (around.findLast((node) => node.kind === "call") as Call | undefined) ?? null;
}
