const PLAIN = /^[ !#-&(-[\]-~]*$/;
const UNPRINTABLE = /[\p{C}\p{Z}]/u;

/**
 * Python's `repr` of a str: delimiter, escapes and printability as CPython's `unicode_repr` has them
 * (domain/vectors.md 1.1). Total: lone surrogates are escaped. Which code points are unassigned follows this JavaScript's
 * Unicode data, which is newer than that of the Python in a charm.
 */
export function pythonRepr(text: string): string {
  if (PLAIN.test(text)) return `'${text}'`;
  const delimiter = text.includes("'") && !text.includes('"') ? '"' : "'";
  let result = delimiter;
  for (const character of text) result += escaped(character, delimiter);
  return result + delimiter;
}

function escaped(character: string, delimiter: string): string {
  if (character === delimiter || character === "\\") return `\\${character}`;
  if (character === "\t") return "\\t";
  if (character === "\n") return "\\n";
  if (character === "\r") return "\\r";
  if (character === " " || !UNPRINTABLE.test(character)) return character;
  const code = character.codePointAt(0) ?? 0;
  const hex = code.toString(16);
  if (code <= 0xff) return `\\x${hex.padStart(2, "0")}`;
  return code <= 0xffff ? `\\u${hex.padStart(4, "0")}` : `\\U${hex.padStart(8, "0")}`;
}
