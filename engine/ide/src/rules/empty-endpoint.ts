import { MODELS } from "#mesh";
import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** It renders the operation `{ports: []}`; Istio's validation refuses it (“`to.operation` must not be empty”). */
export const emptyEndpoint = charmRule({
  name: "empty-endpoint",
  summary: "An Endpoint without any field: Istio refuses the whole policy.",
  severities: ["error"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value) {
        if (endpoint.argumentsOpen) continue;
        // A dropped keyword is `ignored-argument`'s.
        if (endpoint.given.some((each) => !MODELS.Endpoint.some((field) => field.name === each.name))) continue;
        const ports = knownValue(endpoint.ports);
        if (ports === undefined || (ports && ports.length > 0)) continue;
        const others = [endpoint.methods, endpoint.paths, endpoint.hosts].map((each) => knownValue(each));
        if (!others.every((each) => each === null || each?.length === 0)) continue;
        yield {
          message:
            "Istio refuses the whole policy: this endpoint is empty. To allow everything, give the policy `endpoints=[]`.",
          location: endpoint.call,
        };
      }
    }
  },
});
