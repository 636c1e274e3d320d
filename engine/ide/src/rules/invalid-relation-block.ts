import { charmRule } from "./rule.ts";

/** charmcraft's schema of a relation: https://documentation.ubuntu.com/charmcraft/stable/reference/files/charmcraft-yaml-file/. */
export const invalidRelationBlock = charmRule({
  name: "invalid-relation-block",
  summary: "The relation isn't a mapping or lacks an interface, or its limit or optional has the wrong type.",
  severities: ["error"],
  *findings({ metadata }) {
    for (const problem of metadata.problems)
      if (problem.code === "invalid-relation-block")
        yield { message: problem.message, location: problem.location, related: problem.related };
  },
});
