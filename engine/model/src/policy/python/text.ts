/*
 * Python counts characters in code points, JavaScript in UTF-16 units. Lone surrogates are one of each in both.
 */

const ASTRAL = /[\ud800-\udbff][\udc00-\udfff]/;

/** The number of code points: Python's `len(text)`. */
export function codePointLength(text: string): number {
  if (!ASTRAL.test(text)) return text.length;
  let count = 0;
  for (const _ of text) count++;
  return count;
}

/** The first `count` code points: Python's `text[:count]` for a count that is not negative. */
export function firstCodePoints(text: string, count: number): string {
  if (text.length <= count) return text;
  if (!ASTRAL.test(text)) return text.slice(0, count);
  let taken = 0;
  let end = 0;
  for (const character of text) {
    if (taken++ === count) break;
    end += character.length;
  }
  return text.slice(0, end);
}

/** Order by code points (Python's `<` on str), which differs from UTF-16's for astral characters. */
export function compareCodePoints(left: string, right: string): number {
  const length = Math.min(left.length, right.length);
  for (let index = 0; index < length; index++) {
    const a = left.charCodeAt(index);
    const b = right.charCodeAt(index);
    if (a !== b) return surrogateAware(left, index) - surrogateAware(right, index);
  }
  return left.length - right.length;
}

/** The rank of the character at `index`, where the two strings first differ: pairs come after all of the basic plane. */
function surrogateAware(text: string, index: number): number {
  const unit = text.charCodeAt(index);
  const isLow = unit >= 0xdc00 && unit <= 0xdfff;
  const before = index > 0 ? text.charCodeAt(index - 1) : 0;
  if (isLow && before >= 0xd800 && before <= 0xdbff) return text.codePointAt(index - 1) ?? unit;
  return text.codePointAt(index) ?? unit;
}
