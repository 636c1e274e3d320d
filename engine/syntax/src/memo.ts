// Memoisation of derived values. Keys are immutable objects and are held weakly, so there is nothing to invalidate and nothing to clear.

/** Returns a function that calls `compute` once for each key, and afterwards returns the same result. */
export function memo<Key extends object, Value>(compute: (key: Key) => Value): (key: Key) => Value {
  const values = new WeakMap<Key, { readonly value: Value }>();
  return (key) => {
    const known = values.get(key);
    if (known) return known.value;
    const value = compute(key);
    values.set(key, { value });
    return value;
  };
}

/** Returns a function that calls `compute` on its first call, and afterwards returns the same result. */
export function once<Value>(compute: () => Value): () => Value {
  let known: { readonly value: Value } | null = null;
  return () => {
    known ??= { value: compute() };
    return known.value;
  };
}

/** Returns the value of a key; computes it again if one of the other objects that it depends on, compared by identity, is not the same. */
export type DependentMemo<Key extends object, Value> = (
  key: Key,
  dependencies: readonly unknown[],
  compute: () => Value,
) => Value;

/**
 * Makes a memo for values that depend on more than their key, for example on the other charms of a workspace. It keeps the last value of
 * each key. `dependencies` must name everything that the value depends on.
 */
export function dependentMemo<Key extends object, Value>(): DependentMemo<Key, Value> {
  const values = new WeakMap<Key, { readonly dependencies: readonly unknown[]; readonly value: Value }>();
  return (key, dependencies, compute) => {
    const known = values.get(key);
    if (
      known?.dependencies.length === dependencies.length &&
      known.dependencies.every((each, at) => each === dependencies[at])
    )
      return known.value;
    const value = compute();
    values.set(key, { dependencies, value });
    return value;
  };
}
