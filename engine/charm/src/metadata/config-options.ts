import { type SourceFile, type YamlMap, yamlGet } from "#syntax";
import type { ConfigOption } from "./metadata.ts";
import { entriesOf, keyText, mapAt, mapOf, placeOf, stringAt } from "./yaml-values.ts";

/**
 * The options below an `options:` key, by name: `config.options` of charmcraft.yaml, or the root of config.yaml
 * (https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/#config). A default that is
 * not a scalar counts as none.
 */
export function configOptionsOf(file: SourceFile, config: YamlMap | null): ReadonlyMap<string, ConfigOption> {
  const options = new Map<string, ConfigOption>();
  for (const entry of entriesOf(mapAt(config, "options"))) {
    const block = mapOf(entry.value);
    const fallback = yamlGet(block, "default");
    options.set(keyText(entry), {
      name: keyText(entry),
      type: stringAt(block, "type"),
      default: fallback?.kind === "scalar" ? fallback.value : null,
      location: placeOf(file, entry),
    });
  }
  return options;
}
