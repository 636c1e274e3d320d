import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/**
 * The library labels only the Service that is named like the application (canonical_service_mesh 0.1.0, utils/istio/_labels.py,
 * reconcile_charm_labels). Istio binds a policy for another Service to nothing, and traffic to that Service goes past the waypoint.
 */
export const policyOnUnboundService = charmRule({
  name: "policy-on-unbound-service",
  summary: "An AppPolicy is for a Service that is not behind the waypoint.",
  severities: ["warning"],
  *findings({ policies, python, metadata }) {
    // A charm that labels Services, or that applies resources from files, may put this one behind the waypoint itself.
    if (python.own.some((file) => LABELS_OR_FILES.test(file.text))) return;
    for (const policy of policies) {
      const service = knownValue(policy.service);
      const place = policy.arguments.find((argument) => argument.name === "service")?.value;
      // An application is mostly deployed under its charm's name.
      if (policy.kind === "MeshPolicy" || !service || !place || service === metadata.name) continue;
      yield {
        message: `The mesh denies traffic to the Service “${service}”, because this policy does not apply to it: only the Service with the application's name is behind the waypoint. Label “${service}” with istio.io/use-waypoint, or publish the application's own Service.`,
        location: place,
      };
    }
  },
});

const LABELS_OR_FILES = /use-waypoint|\.ya?ml\b|\.j2\b|template/i;
