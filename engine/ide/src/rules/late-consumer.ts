import { charmRule } from "./rule.ts";

/** The consumer observes events; one that is not made in this run misses its event. */
export const lateConsumer = charmRule({
  name: "late-consumer",
  summary: "The consumer is made only under a condition or behind an early return.",
  severities: ["hint"],
  *findings({ consumers }) {
    for (const { condition, callee } of consumers)
      if (condition !== null)
        yield {
          message: `The consumer is made only under a condition (${condition}): an event that comes while it does not hold is missed.`,
          location: callee,
        };
  },
});
