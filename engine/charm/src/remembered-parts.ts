interface Part<V> {
  readonly restsOn: readonly unknown[];
  readonly value: V;
}

/** Asks for the part that belongs to an object, made anew where something else that it rests on is not the same any more. */
export type Parts<K extends object, V> = (key: K, restsOn: readonly unknown[], make: () => V) => V;

/**
 * A memory of parts that are made again and again for snapshots of a workspace, of which an edit changes few. Keyed by immutable
 * objects, so that there is nothing to clear; all that a part rests on beside its key must be named, and is compared by identity.
 */
export function rememberedParts<K extends object, V>(): Parts<K, V> {
  const parts = new WeakMap<K, Part<V>>();
  return (key, restsOn, make) => {
    const known = parts.get(key);
    if (known && known.restsOn.length === restsOn.length && known.restsOn.every((each, at) => each === restsOn[at]))
      return known.value;
    const value = make();
    parts.set(key, { restsOn, value });
    return value;
  };
}
