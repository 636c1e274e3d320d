import { charmRule } from "./rule.ts";

/** One finding at the unreadable place; no other rule draws conclusions from it. */
export const unresolvedEndpoint = charmRule({
  name: "unresolved-endpoint",
  summary: "A value of the endpoint map can't be read from the source.",
  severities: ["hint"],
  *findings({ coordinator }) {
    for (const { key, value, valueLocation } of coordinator?.endpoints.entries ?? []) {
      if (value.kind !== "unknown" && value.kind !== "template") continue;
      const why = value.kind === "unknown" ? value.why : `it depends on ${value.text}`;
      yield {
        message: `Which relation “${key}” names can't be read from the source: ${why}.`,
        location: valueLocation,
      };
    }
  },
});
