import type { YamlNode } from "#syntax";
import { basesOf } from "../../engine/syntax/src/yaml/value.ts";

/** What a YAML node is as plain data. Objects have no prototype, so a key such as `__proto__` is a key like any other. */
export type YamlValue = string | number | boolean | null | readonly YamlValue[] | { readonly [key: string]: YamlValue };

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
