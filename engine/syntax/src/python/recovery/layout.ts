import { behindLineEnd, isLineEnd, physicalEnd } from "../parse/scan.ts";

/*
 * What the layout of Python text shows even where its brackets and quotes don't match: indentation, and lines that can only be
 * the start of a statement.
 */

/** The column of the first character of a line that is no blank; tabs go to multiples of 8, a form feed starts anew. */
export function indentAt(text: string, lineStart: number): { readonly columns: number; readonly at: number } {
  let columns = 0;
  let at = lineStart;
  for (; at < text.length; at++) {
    const c = text.charCodeAt(at);
    if (c === 32) columns++;
    else if (c === 9) columns += 8 - (columns % 8);
    else if (c === 12) columns = 0;
    else if (c !== 0xfeff || at !== 0) break;
  }
  return { columns, at };
}

/** The start of a line that can't stand inside of brackets. */
const statementStart = new RegExp(
  [
    /(?:async[ \t]+def|def|class)[ \t]+\w/,
    /@[A-Za-z_]/,
    /import[ \t]+\w/,
    /from[ \t]+[\w.]+[ \t]+import\b/,
    /(?:return|raise|assert|del|global|nonlocal)\b/,
    /(?:pass|break|continue)[ \t]*(?:#|$)/m,
    /(?:try|else|finally|except)[ \t]*:/,
    /(?:if|elif|for|while|with|except|match|case|async[ \t]+(?:for|with))\b[^\r\n]*:[ \t]*(?:#[^\r\n]*)?$/m,
    // `a.b=c,` without blanks is a keyword argument into which a dot was typed.
    /[A-Za-z_]\w*(?:\.\w+)+(?!=[^=\s][^\r\n]*,[ \t]*$)(?:\[[^\]\r\n]*\])?[ \t]*(?::[^\r\n=]+)?(?:[-+*/|&]|\/\/)?=(?!=)/m,
  ]
    .map((part) => part.source)
    .join("|"),
  "my",
);

/** Whether what starts at `at` can only be a new statement: `def f`, `return`, `self.x = `, `if …:` at a line's end. */
export function startsStatement(text: string, at: number): boolean {
  statementStart.lastIndex = at;
  return statementStart.test(text);
}

const outsideHead = /["']|[A-Za-z_]\w*[ \t]+=[ \t]|[A-Za-z_][\w.]*\(/y;

/** Whether what starts at `at` can't be a parameter or a base class, as in the body below `def f(self` or `class A(B`. */
export function startsOutsideHead(text: string, at: number): boolean {
  outsideHead.lastIndex = at;
  return outsideHead.test(text);
}

const code = new RegExp(
  [
    /(?:async[ \t]+def|def|class)[ \t]+\w+[ \t]*[(:[]/,
    /@[A-Za-z_][\w.]*(?:\(|[ \t]*$)/m,
    /(?:from[ \t]+[\w.]+[ \t]+)?import[ \t]+\w+/,
    /(?:if|elif|for|while|with|try|else|except|finally)\b[^\r\n]*:[ \t]*(?:#[^\r\n]*)?$/m,
    /[A-Za-z_]\w*(?:\.\w+)*(?:\[[^\]\r\n]*\])?[ \t]*(?::[^\r\n=]+)?(?:[-+*/|&]|\/\/)?=(?!=)/,
    /[A-Za-z_]\w*(?:\.\w+)*\(/,
    /return\b[^\r\n]*[.()[\]{}'"_]/,
  ]
    .map((part) => part.source)
    .join("|"),
  "my",
);

/** Whether a line looks like code rather than like text. */
export function looksLikeCode(text: string, at: number): boolean {
  code.lastIndex = at;
  return code.test(text);
}

/** A keyword that opens a block, at the start of a statement. */
const opener = new RegExp(
  [
    /(?:async[ \t]+)?(?:def|class|if|for|while|with|try)\b|(?:elif|else|except|finally)\b/,
    /(?:match\b(?![ \t]*[:=.,)\]])[^\r\n]*:[ \t]*(?:#[^\r\n]*)?$|case\b(?![ \t]*[:=.,)\]])[^\r\n]*:)/m,
  ]
    .map((part) => part.source)
    .join("|"),
  "my",
);

/** The keyword of a compound statement or clause that starts at `at` ("def" for `async def`); null for a simple statement. */
export function compoundKeyword(text: string, at: number): string | null {
  opener.lastIndex = at;
  const found = opener.exec(text)?.[0];
  if (found === undefined) return null;
  return /^(?:async[ \t]+)?(\w+)/.exec(found)?.[1] ?? null;
}

/** The next line that holds more than a comment. */
export function nextCode(text: string, from: number): { readonly columns: number; readonly at: number } | null {
  let at = from;
  while (at < text.length) {
    const line = indentAt(text, at);
    const first = text.charCodeAt(line.at);
    if (Number.isNaN(first)) return null;
    if (isLineEnd(first)) at = behindLineEnd(text, line.at);
    else if (first !== 35) return line;
    else at = physicalEnd(text, line.at);
  }
  return null;
}

/** The next line below the one of `at` that holds more than a comment. */
export function codeBelow(text: string, at: number): { readonly columns: number; readonly at: number } | null {
  return nextCode(text, behindLineEnd(text, physicalEnd(text, at)));
}
