const simple: Readonly<Record<string, string>> = {
  "\\": "\\",
  "'": "'",
  '"': '"',
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
};

const escapes = /\\(\r\n|[0-7]{1,3}|x[0-9a-fA-F]{2}|u[0-9a-fA-F]{4}|U[0-9a-fA-F]{8}|N\{[^{}]*\}|[\s\S])/g;

/**
 * The value of a string's content as Python reads it; line ends are `\n` whatever the file has, as CPython's tokenizer makes
 * them. Null where the value can't be told without Unicode's table of names (`\N{DASH}`) or is no character at all.
 * Unknown escapes stay as written. (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences)
 */
export function stringValue(content: string, raw: boolean, bytes: boolean): string | null {
  const text = content.includes("\r") ? content.replace(/\r\n?/g, "\n") : content;
  if (raw || !text.includes("\\")) return text;
  let known = true;
  const value = text.replace(escapes, (whole, code: string) => {
    const first = code.charAt(0);
    if (code === "\n") return "";
    if (first >= "0" && first <= "7") {
      const octal = Number.parseInt(code, 8);
      return String.fromCharCode(bytes ? octal & 255 : octal);
    }
    if (first === "x" && code.length === 3) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
    if (bytes) return simple[code] ?? whole;
    if (code.length > 1 && (first === "u" || first === "U")) {
      const point = Number.parseInt(code.slice(1), 16);
      if (point > 0x10ffff) known = false;
      return point > 0x10ffff ? "" : String.fromCodePoint(point);
    }
    if (code.length > 1 && first === "N") known = false;
    return simple[code] ?? whole;
  });
  return known ? value : null;
}
