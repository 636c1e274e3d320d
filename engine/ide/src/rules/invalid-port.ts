import { argumentsNamed, elementsOf } from "../facts/policy-arguments.ts";
import { charmRule } from "./rule.ts";

/** The library checks no range; Istio's validation refuses ports above 65535, and nothing listens on 0 or below. */
export const invalidPort = charmRule({
  name: "invalid-port",
  summary: "A policy names a port outside 1 to 65535.",
  severities: ["error"],
  *findings({ policies }) {
    for (const { argument } of argumentsNamed(policies, "ports")) {
      for (const { data, location } of elementsOf(argument)) {
        const port = data.kind === "known" ? numberOf(data.value) : null;
        if (port === null || (port >= 1 && port <= 65535)) continue;
        yield {
          message: `Istio rejects the whole policy: ${port} is not a port from 1 to 65535.`,
          location,
          related: data.because.flatMap((each) =>
            each.location && each.location.span.start !== location.span.start
              ? [{ location: each.location, message: each.text }]
              : [],
          ),
        };
      }
    }
  },
});

/** pydantic takes digits in a text for an integer. */
function numberOf(value: unknown): number | null {
  if (typeof value === "number") return Number.isInteger(value) ? value : null;
  return typeof value === "string" && /^\s*[+-]?\d+\s*$/.test(value) ? Number(value) : null;
}
