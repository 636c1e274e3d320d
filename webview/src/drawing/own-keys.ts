/** Stands for `keys` of es-toolkit/compat: the names of an object's own enumerable properties; none of null and undefined. */
export function keys(object: unknown): string[] {
  return object === null || object === undefined ? [] : Object.keys(object);
}
