import { charmRule } from "./rule.ts";

/** One finding at the unreadable place; no other rule draws conclusions from it. */
export const unresolvedEndpoint = charmRule({
  name: "unresolved-endpoint",
  summary: "A value of the endpoint map is not checked, because the source does not say which relation it is.",
  severities: ["hint"],
  *findings({ coordinator }) {
    for (const { key, value, valueLocation } of coordinator?.endpoints.entries ?? []) {
      if (value.kind !== "unknown" && value.kind !== "template") continue;
      const why = value.kind === "unknown" ? value.why : `it depends on ${value.text}`;
      yield {
        message: `The relation of “${key}” is not checked, because the source does not say which it is: ${why}.`,
        location: valueLocation,
      };
    }
  },
});
