/** Methods that change the list, set or dict they are called on. */
export const MUTATORS: ReadonlySet<string> = new Set([
  "append",
  "extend",
  "insert",
  "remove",
  "pop",
  "clear",
  "sort",
  "reverse",
  "add",
  "update",
  "discard",
  "difference_update",
  "intersection_update",
  "symmetric_difference_update",
  "setdefault",
  "popitem",
]);
