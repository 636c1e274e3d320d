/**
 * A number that two values share where they are equal in structure: plain objects, arrays, maps, sets and primitives, with shared and
 * cyclic references by the order in which they are met. Functions count by their presence only. Used to compare two readings of one text.
 * @returns a hash of 53 bits
 */
export function fingerprint(value: unknown): number {
  let [one, two] = [0x811c9dc5, 0x9e3779b9];
  const mix = (code: number): void => {
    one = Math.imul(one ^ code, 0x01000193);
    two = Math.imul(two ^ code, 0x85ebca6b) + 0x1b873593;
  };
  const add = (text: string): void => {
    for (let at = 0; at < text.length; at++) mix(text.charCodeAt(at));
  };
  const met = new Map<object, number>();
  // A stack of its own: trees are as deep as a text is nested.
  const left: unknown[] = [value];
  while (left.length > 0) {
    const next = left.pop();
    if (typeof next === "number") {
      mix(1);
      mix(next);
      mix((next % 1) * 0x1_0000_0000);
      continue;
    }
    if (typeof next !== "object" || next === null) {
      mix(2);
      if (typeof next !== "function") add(String(next));
      continue;
    }
    const known = met.get(next);
    if (known !== undefined) {
      mix(3);
      mix(known);
      continue;
    }
    met.set(next, met.size);
    if (Array.isArray(next)) {
      mix(4);
      mix(next.length);
      for (const each of next) left.push(each);
    } else if (next instanceof Map) {
      mix(5);
      mix(next.size);
      for (const [key, each] of next) left.push(key, each);
    } else if (next instanceof Set) {
      mix(6);
      mix(next.size);
      for (const each of next) left.push(each);
    } else {
      for (const key of Object.keys(next)) {
        mix(keyCode(key));
        left.push((next as Record<string, unknown>)[key]);
      }
    }
  }
  return (two >>> 11) * 0x1_0000_0000 + (one >>> 0);
}

const keyCodes = new Map<string, number>();

/** A hash of a key, remembered: objects of one kind share their keys. */
function keyCode(key: string): number {
  let code = keyCodes.get(key);
  if (code === undefined) {
    code = 7;
    for (let at = 0; at < key.length; at++) code = Math.imul(code ^ key.charCodeAt(at), 0x01000193);
    if (keyCodes.size < 10_000) keyCodes.set(key, code);
  }
  return code;
}
