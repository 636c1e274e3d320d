import { type SourceFile, type YamlMap, yamlGet } from "#syntax";
import type { CharmLib } from "./metadata.ts";
import { mapOf, placeOf, stringAt } from "./yaml-values.ts";

/** The entries of `charm-libs`; one without a `lib` text is left out, a version is kept as it is written. */
export function charmLibsOf(file: SourceFile, root: YamlMap | null): readonly CharmLib[] {
  const list = yamlGet(root, "charm-libs");
  if (list?.kind !== "sequence") return [];
  return list.items.flatMap((item) => {
    const block = mapOf(item);
    const name = yamlGet(block, "lib");
    const lib = stringAt(block, "lib");
    if (!name || lib === null) return [];
    const version = yamlGet(block, "version");
    return [
      {
        lib,
        // 0.10 unquoted is the number 0.1 to YAML: the way it is written is what its author meant to pin.
        version:
          version?.kind === "scalar" ? (typeof version.value === "string" ? version.value : version.source) : null,
        location: placeOf(file, name),
        versionLocation: version ? placeOf(file, version) : null,
      },
    ];
  });
}

/**
 * The module that a charm-libs entry fetches: `istio_beacon_k8s.service_mesh` at `0.5` is
 * `charms.istio_beacon_k8s.v0.service_mesh`; null without a charm, a name or a version.
 */
export function moduleOfCharmLib(entry: CharmLib): string | null {
  const [charm, name, ...rest] = entry.lib.replaceAll("-", "_").split(".");
  const api = /^\s*(\d+)/.exec(entry.version ?? "")?.[1];
  if (!charm || !name || rest.length > 0 || api === undefined) return null;
  return `charms.${charm}.v${api}.${name}`;
}
