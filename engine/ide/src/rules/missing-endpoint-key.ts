import { ENDPOINT_KEYS, type EndpointKey, type EndpointMap, endpointKey } from "#charm";
import { span } from "#syntax";
import type { Fix } from "../diagnostic.ts";
import { fix } from "../edits/fix.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { closestName } from "../fixes/closest-name.ts";
import { addedMapEntries, relationsForKey } from "../fixes/endpoint-map-edits.ts";
import { declaringEdits } from "../fixes/relation-edits.ts";
import { charmRule } from "./rule.ts";

/** Coordinator.__init__ reads the required keys with `self._endpoints[…]`. */
export const missingEndpointKey = charmRule({
  name: "missing-endpoint-key",
  summary: "One of the eight required keys of the endpoint map is absent.",
  severities: ["error"],
  *findings(facts) {
    const { coordinator } = facts;
    const map = coordinator?.endpoints;
    if (!map?.complete || !map.location) return;
    const { file, span: display } = map.location;
    for (const key of ENDPOINT_KEYS) {
      if (!key.required || map.entries.some((each) => each.key === key.key)) continue;
      yield {
        message: `This charm fails with a KeyError when it starts: the endpoint map has no “${key.key}”, which Coordinator reads.`,
        location: { file, span: span(display.start, display.start + 1) },
        related: [{ location: coordinator?.callee ?? map.location, message: "The map is handed to this call." }],
        fixes: insertion(key, facts),
      };
    }
  },
});

/** Whether a misspelt key of the map is this one: mending that is `unknown-endpoint-key`'s. */
function isMisspelt(key: EndpointKey, map: EndpointMap): boolean {
  const present = new Set(map.entries.map((each) => each.key));
  const free = ENDPOINT_KEYS.map((each) => each.key).filter((each) => !present.has(each));
  return map.entries.some((each) => endpointKey(each.key) === null && closestName(each.key, free) === key.key);
}

function insertion(
  key: EndpointKey,
  facts: Pick<CharmFacts, "coordinator" | "declared" | "metadata" | "python">,
): Fix[] {
  const { coordinator, declared, metadata, python } = facts;
  const named = new Set(
    coordinator?.endpoints.entries.flatMap((each) => (each.value.kind === "known" ? [each.value.value] : [])),
  );
  const fitting = relationsForKey(declared, key);
  const relation = fitting.find((each) => !named.has(each.endpoint)) ?? fitting[0];
  const name = relation?.endpoint ?? (declared.complete && !declared.byName.has(key.key) ? key.key : null);
  if (name === null || (!relation && key.key === "cluster")) return [];
  const entry = addedMapEntries(coordinator?.endpoints.location ?? null, python, [[key.key, name]]);
  if (entry.length === 0) return [];
  const declaring = relation
    ? []
    : declaringEdits(metadata, [{ name, side: key.side, fields: [["interface", key.interface]] }]);
  const preferred = !coordinator || !isMisspelt(key, coordinator.endpoints);
  return [
    fix(`Insert “${key.key}”: “${name}”${relation ? "" : ", and declare it"}`, [...entry, ...declaring], preferred),
  ];
}
