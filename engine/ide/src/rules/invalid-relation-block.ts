import { charmRule } from "./rule.ts";

/** charmcraft's schema of a relation: https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/. */
export const invalidRelationBlock = charmRule({
  name: "invalid-relation-block",
  summary: "A relation is no mapping, has no interface, or has a limit or optional of the wrong type.",
  severities: ["error"],
  *findings({ metadata }) {
    for (const problem of metadata.problems)
      if (problem.code === "invalid-relation-block")
        yield { message: problem.message, location: problem.location, related: problem.related };
  },
});
