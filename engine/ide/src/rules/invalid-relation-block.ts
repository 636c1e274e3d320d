import { charmRule } from "./rule.ts";

/** charmcraft's schema of a relation: https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/. */
export const invalidRelationBlock = charmRule({
  name: "invalid-relation-block",
  summary:
    "A relation is no mapping or has no interface, or its `limit` or `optional` has the wrong type: Charmcraft refuses the charm.",
  severities: ["error"],
  *findings({ metadata }) {
    for (const problem of metadata.problems)
      if (problem.code === "invalid-relation-block")
        yield { message: problem.message, location: problem.location, related: problem.related };
  },
});
