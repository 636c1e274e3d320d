import { endpointKey } from "#charm";
import { optionsOf } from "#python";
import { replacementFix } from "../edits/fix.ts";
import { freeRelationsForKey } from "../fixes/endpoint-map-edits.ts";
import { charmRule } from "./rule.ts";

/** A required key with None reaches the library objects, which look up a relation of that name. */
export const noneForRequiredEndpoint = charmRule({
  name: "none-for-required-endpoint",
  summary: "None for a key of the endpoint map that is not optional.",
  severities: ["error"],
  *findings({ coordinator, declared }) {
    if (!coordinator) return;
    for (const entry of coordinator.endpoints.entries) {
      const key = endpointKey(entry.key);
      const options = optionsOf(entry.value);
      if (!key?.required || !options || options.length === 0 || options.some((each) => each !== null)) continue;
      const [only, another] = freeRelationsForKey(declared, key, coordinator.endpoints);
      yield {
        message: `This charm fails when it starts: “${entry.key}” is None, and Coordinator needs the name of a relation that ${key.side} \`${key.interface}\`.`,
        location: entry.valueLocation,
        related: only ? [{ location: only.key, message: `“${only.endpoint}” would fit.` }] : [],
        fixes:
          only && !another ? [replacementFix(`Use “${only.endpoint}”`, entry.valueLocation, `"${only.endpoint}"`)] : [],
      };
    }
  },
});
