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
    if (left.charCodeAt(index) === right.charCodeAt(index)) continue;
    // Behind a first half that both have, each may or may not go on with a second one.
    const halved = index > 0 && /[\ud800-\udbff]/.test(left.charAt(index - 1));
    const at = halved ? index - 1 : index;
    const difference = codePoint(left, at) - codePoint(right, at);
    return difference === 0 ? codePoint(left, index) - codePoint(right, index) : difference;
  }
  return left.length - right.length;
}

function codePoint(text: string, index: number): number {
  return text.codePointAt(index) ?? 0;
}
