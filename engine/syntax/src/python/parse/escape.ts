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
const notAscii = /[^\0-\x7f]/;

/** A value that is not known. `invalid`: Python does not read such a string at all. */
interface UnknownValue {
  readonly invalid: boolean;
}

/**
 * The value of a string's content as Python reads it; line ends are `\n` whatever the file has, as CPython's tokenizer makes
 * them. Not known where it takes Unicode's table of names (`\N{DASH}`), and where Python does not accept the string: half an
 * escape, a character that there is not, a letter in bytes that is not ASCII. Unknown escapes stay as written.
 * (https://docs.python.org/3/reference/lexical_analysis.html#escape-sequences)
 */
export function stringValue(content: string, raw: boolean, bytes: boolean): string | UnknownValue {
  const text = content.includes("\r") ? content.replace(/\r\n?/g, "\n") : content;
  if (bytes && notAscii.test(text)) return { invalid: true };
  if (raw || !text.includes("\\")) return text;
  let named = false;
  let invalid = false;
  const value = text.replace(escapes, (whole, code: string) => {
    const first = code.charAt(0);
    if (code === "\n") return "";
    if (first >= "0" && first <= "7") {
      const octal = Number.parseInt(code, 8);
      return String.fromCharCode(bytes ? octal & 255 : octal);
    }
    if (first === "x") {
      if (code.length === 3) return String.fromCharCode(Number.parseInt(code.slice(1), 16));
      invalid = true;
      return whole;
    }
    if (!bytes && (first === "u" || first === "U")) {
      const point = Number.parseInt(code.slice(1), 16);
      if (code.length > 1 && point <= 0x10ffff) return String.fromCodePoint(point);
      invalid = true;
      return whole;
    }
    if (!bytes && first === "N") {
      if (code.length > 3) named = true;
      else invalid = true;
      return whole;
    }
    return simple[code] ?? whole;
  });
  return invalid || named ? { invalid } : value;
}
