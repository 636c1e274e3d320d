import { conditionTests, isLeaderTest } from "#charm";
import { charmRule } from "./rule.ts";

/** The consumer observes events; one that is not made in this run misses its event. */
export const lateConsumer = charmRule({
  name: "late-consumer",
  summary: "The consumer is only made under a condition or behind an early return.",
  severities: ["hint"],
  *findings({ consumers }) {
    for (const { condition, callee } of consumers)
      if (condition !== null && !isLeaders(condition))
        yield {
          message: `An event of the mesh is missed while ${condition} does not hold: the consumer is only made under this condition.`,
          location: callee,
        };
  },
});

/** The consumer's handlers return at once on units that do not lead, so there is nothing to miss. */
function isLeaders(condition: string): boolean {
  return conditionTests(condition).every(isLeaderTest);
}
