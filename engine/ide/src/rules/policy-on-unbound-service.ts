import type { DeclaredPolicy, ManifestService } from "#charm";
import { knownValue } from "#python";
import type { Finding } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { charmRule } from "./rule.ts";

/**
 * The library labels only the Service that is named like the application (canonical_service_mesh 0.1.0, utils/istio/_labels.py,
 * reconcile_charm_labels). Istio binds a policy for another Service to nothing, and traffic to that Service goes past the waypoint.
 */
export const policyOnUnboundService = charmRule({
  name: "policy-on-unbound-service",
  summary: "An AppPolicy is for traffic to a Service that is not behind the waypoint.",
  severities: ["warning"],
  *findings(facts) {
    const { policies, python, manifestServices } = facts;
    // A charm that labels Services may put this one behind the waypoint itself; one that makes policies of its own may let the traffic in.
    if (python.own.some((file) => file.text.includes("use-waypoint"))) return;
    if (manifestServices.some((each) => each.throughWaypoint)) return;
    if (facts.rawPolicies.length > 0 || facts.resourceManagers.length > 0) return;
    const fromFiles = python.own.some((file) => FILES.test(file.text));
    for (const policy of policies) {
      if (policy.kind === "MeshPolicy" || policy.kind === "UnitPolicy" || hasUnitPolicy(policy, policies)) continue;
      const service = knownValue(policy.service);
      const place = policy.arguments.find((argument) => argument.name === "service")?.value;
      // An application is mostly deployed under its charm's name.
      if (service && place && service !== facts.metadata.name) {
        // What is applied from a file that is not read may carry the label.
        const known = ownService(service, facts);
        if (fromFiles && !known) continue;
        yield {
          message: `The mesh denies traffic to the Service “${service}”, because this policy does not apply to it: only the Service with the application's name is behind the waypoint. Label “${service}” with istio.io/use-waypoint, or publish the application's own Service.`,
          location: place,
          related: known ? [{ location: known.location, message: "This is the Service." }] : [],
        };
      } else if (service === null) yield* publishedElsewhere(policy, facts);
    }
  },
});

/** The policy is for the application's Service, and the charm publishes another one. */
function* publishedElsewhere(policy: DeclaredPolicy, facts: CharmFacts): Iterable<Finding> {
  const relation = knownValue(policy.relation);
  const published = facts.published.filter((each) => each.relation === relation);
  const [first] = published;
  const service = first?.service;
  if (!first || !service || service === facts.metadata.name) return;
  if (published.some((each) => each.service !== service)) return;
  const known = ownService(service, facts);
  if (!known) return;
  yield {
    message: `Traffic over “${relation}” will be denied: this charm publishes the address of the Service “${service}” there, which is not behind the waypoint, and this policy only applies to the application's own Service. Publish the application's own Service, or label “${service}” with istio.io/use-waypoint and set \`service\`.`,
    location: policy.callee,
    related: [
      { location: first.location, message: "The address is published here." },
      { location: known.location, message: "This is the Service." },
    ],
  };
}

/** A Service in the charm's manifests that leads to its own pods. */
function ownService(name: string, { manifestServices, metadata }: CharmFacts): ManifestService | undefined {
  return manifestServices.find(
    (each) =>
      each.name === name && (each.selects === "{app}" || (each.selects !== null && each.selects === metadata.name)),
  );
}

/** A UnitPolicy for the same relation lets the direct traffic in. */
function hasUnitPolicy({ relation }: DeclaredPolicy, policies: readonly DeclaredPolicy[]): boolean {
  return policies.some((each) => each.kind === "UnitPolicy" && knownValue(each.relation) === knownValue(relation));
}

const FILES = /\.ya?ml\b|\.j2\b|template/i;
