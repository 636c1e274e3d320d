/** Stands for lodash's `keys`: the names of an object's own enumerable properties; none of null and undefined. */
export default function ownKeys(object: unknown): string[] {
  return object === null || object === undefined ? [] : Object.keys(object);
}
