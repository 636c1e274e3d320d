/**
 * Stands for `sortBy` of es-toolkit/compat, which first finds out what of each item is meant, for any number of things to sort by. dagre
 * sorts arrays, by one number each: the items themselves, or what a function or the property of a name gives. Equals keep their order.
 */
export function sortBy<T>(items: readonly T[], by?: ((item: T) => number) | (keyof T & string)): T[] {
  const rows = items.map((item) => ({
    item,
    value: Number(typeof by === "function" ? by(item) : by ? item[by] : item),
  }));
  return rows.sort((a, b) => a.value - b.value).map(({ item }) => item);
}
