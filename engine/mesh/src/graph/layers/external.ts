import type { GraphInput } from "../graph-input.ts";
import { edgesOnly, type GraphLayer } from "../graph-part.ts";
import { type PolicyFlow, policyEdges, policyFlows } from "../policy-edges.ts";
import { isProxyScrape } from "../telemetry-routes.ts";

/** Policies for Service addresses: enforced at the waypoint, with HTTP rules. */
export const throughService: GraphLayer = {
  id: "service",
  title: "Through the Service",
  contribute: (input) => edgesOnly(policyEdges(input, flowsOf(input, "app", false), "service")),
};

/** Policies for pods: enforced at ztunnel, by port. */
export const toPods: GraphLayer = {
  id: "unit",
  title: "To the pods",
  contribute: (input) => edgesOnly(policyEdges(input, flowsOf(input, "unit", false), "unit")),
};

/** Policies of relations between models, for either address. */
export const crossModel: GraphLayer = {
  id: "cross-model",
  title: "Between models",
  contribute: (input) =>
    edgesOnly(policyEdges(input, [...flowsOf(input, "app", true), ...flowsOf(input, "unit", true)], "cross-model")),
};

function flowsOf(input: GraphInput, type: "app" | "unit", across: boolean): readonly PolicyFlow[] {
  const telemetryShown = input.options.layers?.includes("telemetry") ?? true;
  return input.effective.policies.flatMap((policy) => {
    if (policy.meshPolicy.target_type !== type) return [];
    // The telemetry layer draws this traffic hop by hop, with the policy on it.
    if (telemetryShown && isProxyScrape(policy)) return [];
    return policyFlows(input, policy).filter(({ relation }) => (relation?.crossModel != null) === across);
  });
}
