import { isLeaderClause } from "#charm";
import { conditionText } from "#python";
import { charmRule } from "./rule.ts";

/** The consumer observes events; one that is not made in this run misses its event. */
export const lateConsumer = charmRule({
  name: "late-consumer",
  summary: "The consumer is only made under a condition or behind an early return, so the charm misses events.",
  severities: ["hint"],
  *findings({ consumers }) {
    // The consumer's handlers return at once on units that do not lead, so the leader test hides no event.
    for (const { condition, callee } of consumers)
      if (condition !== null && !condition.every(isLeaderClause))
        yield {
          message: `This charm misses events of the mesh in some runs: it makes the consumer only if ${conditionText(condition)}.`,
          location: callee,
        };
  },
});
