/**
 * The value of a number as Python writes it: decimal, `0x`, `0o`, `0b`, underscores, floats. Null where a JavaScript number
 * can't hold it exactly (integers from 2^53 on), for imaginary numbers, and for Python 2's forms (`0777`, `5L`).
 * (https://docs.python.org/3/reference/lexical_analysis.html#numeric-literals)
 */
export function numberValue(source: string): { readonly value: number | null; readonly integer: boolean } {
  const text = source.replaceAll("_", "").toLowerCase();
  if (/^(0x[0-9a-f]+|0o[0-7]+|0b[01]+|0+|[1-9][0-9]*)$/.test(text)) {
    const value = Number(text);
    return { value: Number.isSafeInteger(value) ? value : null, integer: true };
  }
  if (/^[0-9]+l?$|^0[xob][0-9a-f]+l$/.test(text)) return { value: null, integer: true };
  if (text.endsWith("j")) return { value: null, integer: false };
  const value = Number(text);
  return { value: Number.isNaN(value) ? null : value, integer: false };
}
