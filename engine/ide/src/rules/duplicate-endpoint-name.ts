import { charmRule } from "./rule.ts";

/** Juju keys a charm's relations by name, whatever their side. */
export const duplicateEndpointName = charmRule({
  name: "duplicate-endpoint-name",
  summary: "One endpoint name is declared under two of provides, requires and peers.",
  severities: ["error"],
  *findings({ metadata }) {
    for (const problem of metadata.problems)
      if (problem.code === "duplicate-endpoint-name")
        yield { message: problem.message, location: problem.location, related: problem.related };
  },
});
