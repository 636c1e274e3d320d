import type { YamlEntry, YamlMap, YamlNode } from "./node.ts";

/** How many maps a chain of `<<` may run through. */
const longestMerge = 20;

/** The node itself, or the target of an alias; null for an alias without a target. */
export function yamlTarget(node: YamlNode | null): YamlNode | null {
  return node?.kind === "alias" ? node.target : node;
}

/**
 * The entry of a key, also through merge keys (`<<: *base`). Of two entries with the same key the last counts, as for PyYAML.
 * Null where there is no such key or `node` is no map.
 */
export function yamlEntry(node: YamlNode | null, key: string): YamlEntry | null {
  return entryIn(yamlTarget(node), key, longestMerge);
}

/** The value of a key, aliases and merge keys followed; null where the key or its value is missing. */
export function yamlGet(node: YamlNode | null, key: string): YamlNode | null {
  return yamlTarget(yamlEntry(node, key)?.value ?? null);
}

function entryIn(node: YamlNode | null, key: string, left: number): YamlEntry | null {
  if (node?.kind !== "map" || left === 0) return null;
  const own = node.entries.findLast((entry) => String(entry.key.value) === key);
  if (own) return own;
  for (const base of basesOf(node)) {
    const found = entryIn(base, key, left - 1);
    if (found) return found;
  }
  return null;
}

/** The maps that a map merges in, the strongest first. (https://yaml.org/type/merge.html) */
export function basesOf(map: YamlMap): (YamlNode | null)[] {
  return map.entries.flatMap((entry) => {
    if (entry.key.value !== "<<" || entry.key.style !== "plain") return [];
    const value = yamlTarget(entry.value);
    return value?.kind === "sequence" ? value.items.map(yamlTarget) : [value];
  });
}
