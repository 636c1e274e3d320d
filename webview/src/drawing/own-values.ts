/** Stands for `values` of es-toolkit/compat: the values of an object's own enumerable properties; none of null and undefined. */
export function values(object: unknown): unknown[] {
  return object === null || object === undefined ? [] : Object.values(object);
}
