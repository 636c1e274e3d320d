/** One token of a Python expression. A string's text begins with its prefix in lower case and its quotes. */
export interface Token {
  readonly kind: "name" | "number" | "string" | "operator" | "end";
  readonly text: string;
}

const TOKEN =
  /\s*(?:([rRbBuU]{0,2})("""[\s\S]*?"""|'''[\s\S]*?'''|"(?:\\[\s\S]|[^"\\\n])*"|'(?:\\[\s\S]|[^'\\\n])*')|((?:0[xX][0-9a-fA-F_]+|0[oO][0-7_]+|0[bB][01_]+|(?:[0-9][0-9_]*)?\.?[0-9][0-9_]*\.?(?:[eE][-+]?[0-9]+)?[jJ]?))|([\p{L}_][\p{L}\p{N}_]*)|(\*\*|\/\/|[<>=!]=|[-+*/%|&^~<>()[\]{},:.=]))/uy;

/** The tokens of an expression, ended by one of kind `end`; a SyntaxError for what no expression has. */
export function tokens(source: string): readonly Token[] {
  const found: Token[] = [];
  TOKEN.lastIndex = 0;
  while (TOKEN.lastIndex < source.trimEnd().length) {
    const at = TOKEN.lastIndex;
    const match = TOKEN.exec(source);
    if (!match) throw new SyntaxError(`no Python expression at ${at}: ${source.slice(at, at + 20)}`);
    const [, prefix = "", string, number, name, operator] = match;
    if (string !== undefined) found.push({ kind: "string", text: prefix.toLowerCase() + string });
    else if (number !== undefined) found.push({ kind: "number", text: number });
    else if (name !== undefined) found.push({ kind: "name", text: name });
    else found.push({ kind: "operator", text: operator ?? "" });
  }
  return [...found, { kind: "end", text: "" }];
}

const ESCAPES: Readonly<Record<string, string>> = {
  n: "\n",
  t: "\t",
  r: "\r",
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\u0007",
  b: "\b",
  f: "\f",
  v: "\v",
  "\n": "",
};

/** The value of a string literal's body. */
export function unescaped(body: string, bytes: boolean): string {
  return body.replace(
    /\\(?:x([0-9a-fA-F]{2})|u([0-9a-fA-F]{4})|U([0-9a-fA-F]{8})|([0-7]{1,3})|([\s\S]))/g,
    (all, x, u, long, octal, other) => {
      if (bytes && (u ?? long) !== undefined) return all;
      const hex = x ?? u ?? long;
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8));
      return ESCAPES[other] ?? all;
    },
  );
}
