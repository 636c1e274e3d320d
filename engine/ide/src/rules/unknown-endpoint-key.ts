import { ENDPOINT_KEYS, endpointKey } from "#charm";
import { runsWith } from "../facts/package-versions.ts";
import { closestName } from "../fixes/closest-name.ts";
import { renamingFixes } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Coordinator reads 14 keys; it silently ignores a misspelt one, and the intended one is missing. */
export const unknownEndpointKey = charmRule({
  name: "unknown-endpoint-key",
  summary: "A key of the endpoint map that Coordinator does not read.",
  severities: ["warning"],
  *findings({ coordinator, python, dependencies }) {
    // A git revision may read other keys.
    if (!coordinator || !runsWith(dependencies, "coordinated-workers", ">=0")) return;
    const present = new Set(coordinator.endpoints.entries.map((each) => each.key));
    for (const { key, keyLocation } of coordinator.endpoints.entries) {
      if (endpointKey(key) !== null || isReadElsewhere(key, python.own)) continue;
      const free = ENDPOINT_KEYS.map((each) => each.key).filter((each) => !present.has(each));
      const meant = closestName(key, free);
      yield {
        message: `This entry has no effect: Coordinator reads no key “${key}”${meant ? `. Did you mean “${meant}”?` : "."}`,
        location: keyLocation,
        tags: meant ? [] : ["unnecessary"],
        fixes: meant ? renamingFixes(keyLocation, meant, true) : [],
      };
    }
  },
});

/** A charm's own subclass of Coordinator may read keys of its own, as `self._endpoints["key"]` or with `get`. */
function isReadElsewhere(key: string, files: readonly { readonly text: string }[]): boolean {
  return files.some(({ text }) => {
    for (const quoted of [`"${key}"`, `'${key}'`]) {
      for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1)) {
        if (/endpoints\s*(?:\[|\.get\()\s*$/.test(text.slice(Math.max(0, at - 40), at))) return true;
      }
    }
    return false;
  });
}
