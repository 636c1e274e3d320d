import type { YamlEntry, YamlMap, YamlNode } from "./node.ts";

/** What a YAML node is as plain data. Objects have no prototype, so a key such as `__proto__` is a key like any other. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

/** How many maps a chain of `<<` may run through. */
const longestMerge = 20;

/** The node itself, or what an alias stands for; null for an alias without a target. */
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
function basesOf(map: YamlMap): (YamlNode | null)[] {
  return map.entries.flatMap((entry) => {
    if (entry.key.value !== "<<" || entry.key.style !== "plain") return [];
    const value = yamlTarget(entry.value);
    return value?.kind === "sequence" ? value.items.map(yamlTarget) : [value];
  });
}

/** Aliases may lead from one deep node into another; what lies deeper than this is null. */
const deepestValue = 500;

/**
 * A node as plain data, for schemas at the edges. Aliases are followed and shared, each node is turned once, so the result may
 * hold one object at several places. Keys are texts, as in JSON; merge keys are merged. An alias without a target is null.
 */
export function yamlValue(node: YamlNode | null): YamlValue {
  return plainOf(node, new Map(), 0);
}

function plainOf(node: YamlNode | null, known: Map<YamlNode, YamlValue>, depth: number): YamlValue {
  if (!node || depth > deepestValue) return null;
  if (node.kind === "scalar") return node.value;
  if (node.kind === "alias") return plainOf(node.target, known, depth + 1);
  const before = known.get(node);
  if (before !== undefined) return before;
  if (node.kind === "sequence") {
    const items: YamlValue[] = node.items.map((item) => plainOf(item, known, depth + 1));
    known.set(node, items);
    return items;
  }
  const object: Record<string, YamlValue> = Object.create(null);
  for (const base of basesOf(node).reverse()) {
    const merged = plainOf(base, known, depth + 1);
    if (merged && typeof merged === "object" && !Array.isArray(merged)) Object.assign(object, merged);
  }
  for (const entry of node.entries) {
    if (entry.key.value === "<<" && entry.key.style === "plain") continue;
    object[String(entry.key.value)] = plainOf(entry.value, known, depth + 1);
  }
  known.set(node, object);
  return object;
}
