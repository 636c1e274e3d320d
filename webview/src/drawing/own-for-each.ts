/**
 * Stands for `forEach` of es-toolkit/compat, which lists the places of an array before it walks over them: calls `act` with the items of
 * an array, or the values of a plain object, until it says `false`.
 */
export function forEach<T>(collection: T, act: (value: unknown, key: unknown, all: T) => unknown): T {
  if (Array.isArray(collection)) {
    const { length } = collection;
    for (let at = 0; at < length; at++) if (act(collection[at], at, collection) === false) break;
  } else if (collection !== null && collection !== undefined) {
    for (const key of Object.keys(collection))
      if (act(collection[key as keyof T & string], key, collection) === false) break;
  }
  return collection;
}
