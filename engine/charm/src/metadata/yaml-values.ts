import {
  type Location,
  type SourceFile,
  type YamlEntry,
  type YamlMap,
  type YamlNode,
  yamlGet,
  yamlTarget,
} from "#syntax";

/** The mapping that a node is (through an alias), or null. */
export function mapOf(node: YamlNode | null): YamlMap | null {
  const found = yamlTarget(node);
  return found?.kind === "map" ? found : null;
}

/** The entries of a mapping with its merge keys (`<<: *base`, https://yaml.org/type/merge.html) laid below its own. */
export function entriesOf(map: YamlMap | null, depth = 0): readonly YamlEntry[] {
  if (!map) return [];
  const merges = map.entries.filter((entry) => isMergeKey(entry));
  if (merges.length === 0 || depth > 8) return map.entries;
  const own = map.entries.filter((entry) => !isMergeKey(entry));
  const names = new Set(own.map((entry) => keyText(entry)));
  const merged: YamlEntry[] = [];
  for (const merge of merges) {
    const value = yamlTarget(merge.value);
    const sources = value?.kind === "sequence" ? value.items.map(mapOf) : [mapOf(merge.value)];
    for (const source of sources) {
      for (const entry of entriesOf(source, depth + 1)) {
        if (names.has(keyText(entry))) continue;
        names.add(keyText(entry));
        merged.push(entry);
      }
    }
  }
  return [...own, ...merged];
}

function isMergeKey(entry: YamlEntry): boolean {
  return entry.key.style === "plain" && entry.key.source === "<<";
}

/** A key as the text that names it: a number or boolean key keeps the way it is written. */
export function keyText(entry: YamlEntry): string {
  return typeof entry.key.value === "string" ? entry.key.value : entry.key.source;
}

/** The mapping below a key, or null. */
export function mapAt(map: YamlMap | null, name: string): YamlMap | null {
  return mapOf(yamlGet(map, name));
}

/** The text of a string scalar below a key; null where it is absent or of another type. */
export function stringAt(map: YamlMap | null, name: string): string | null {
  const node = yamlGet(map, name);
  return node?.kind === "scalar" && typeof node.value === "string" ? node.value : null;
}

const YAML_1_1_TRUE = /^(?:yes|on|true)$/i;
const YAML_1_1_FALSE = /^(?:no|off|false)$/i;

/**
 * A boolean as Juju's and charmcraft's YAML 1.1 readers take it: a plain `yes`, `no`, `on`, `off` counts too
 * (https://yaml.org/type/bool.html). null where it is none.
 */
export function booleanOf(node: YamlNode | null): boolean | null {
  const found = yamlTarget(node);
  if (found?.kind !== "scalar") return null;
  if (typeof found.value === "boolean") return found.value;
  if (found.style !== "plain") return null;
  if (YAML_1_1_TRUE.test(found.source)) return true;
  if (YAML_1_1_FALSE.test(found.source)) return false;
  return null;
}

/** Whether a value is left empty or is an explicit null. */
export function isEmpty(node: YamlNode | null): boolean {
  const found = yamlTarget(node);
  return found === null || (found.kind === "scalar" && found.value === null);
}

/** The place of a node or entry in its file. */
export function placeOf(file: SourceFile, node: { readonly span: Location["span"] }): Location {
  return { file, span: node.span };
}
