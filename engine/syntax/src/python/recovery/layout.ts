/*
 * What the layout of Python text tells even where its brackets and quotes don't match: indentation, and lines that can only be
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

/** The offset behind the line end at `at`. */
export function behindLineEnd(text: string, at: number): number {
  return text.charCodeAt(at) === 13 && text.charCodeAt(at + 1) === 10 ? at + 2 : at + 1;
}

/** Whether a character code is a line end. */
export function isLineEnd(c: number): boolean {
  return c === 10 || c === 13;
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
const opener =
  /(?:async[ \t]+)?(?:def|class|if|for|while|with|try)\b|(?:elif|else|except|finally)\b|(?:match|case)\b[^\r\n]*:/y;

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
    else {
      at = line.at;
      while (at < text.length && !isLineEnd(text.charCodeAt(at))) at++;
    }
  }
  return null;
}

/** The next line below the one of `at` that holds more than a comment. */
export function codeBelow(text: string, at: number): { readonly columns: number; readonly at: number } | null {
  let end = at;
  while (end < text.length && !isLineEnd(text.charCodeAt(end))) end++;
  return nextCode(text, behindLineEnd(text, end));
}

/** Blocks nest no deeper than CPython lets them (its tokenizer's MAXINDENT). */
export const deepestBlocks = 100;

/**
 * Whether the indentation of lines is what Python allows: deeper only below a line that ends with a colon, and back only to
 * where a block began. tree-sitter lets more pass.
 */
export function soundLayout(
  text: string,
  lines: readonly { readonly end: number; readonly indent: number }[],
): boolean {
  const blocks = [lines[0]?.indent ?? 0];
  let opened = false;
  for (const { end, indent } of lines) {
    if (opened) {
      if (indent <= (blocks.at(-1) ?? 0) || blocks.length > deepestBlocks) return false;
      blocks.push(indent);
    } else {
      while ((blocks.at(-1) ?? -1) > indent) blocks.pop();
      if (blocks.at(-1) !== indent) return false;
    }
    opened = text.charCodeAt(end - 1) === 58;
  }
  return !opened;
}
