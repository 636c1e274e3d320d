/** Stands for lodash's `values`: the values of an object's own enumerable properties; none of null and undefined. */
export default function ownValues(object: unknown): unknown[] {
  return object === null || object === undefined ? [] : Object.values(object);
}
