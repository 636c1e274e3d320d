import { BEACON_KNOWLEDGE, POLICY_CITATIONS } from "#charm";
import { citedReason, type Reason } from "#python";
import { memo } from "#syntax";
import type { Application } from "../../topology/topology.ts";
import { charmKubernetesLabel } from "../library/label-values.ts";
import type { ApplicationContext } from "./application-context.ts";
import type { PolicyMaker } from "./effective-policy-of.ts";

/** The beacon as the maker of policies, with the labels that its resource manager puts on them. */
export const beaconMaker = memo(
  (beacon: Application): PolicyMaker => ({
    manager: { app: beacon.name, model: beacon.model },
    labels: managerLabels(beacon, BEACON_KNOWLEDGE.policyScope.value),
  }),
);

/** `create_charm_default_labels` of canonical_service_mesh: instance is `model-app`, cut like any label; the scope is not. */
export function managerLabels(beacon: Application, scope: string): Readonly<Record<string, string>> {
  const instance = charmKubernetesLabel({ model: beacon.model, app: beacon.name, separator: "-" });
  if ("error" in instance) return {};
  return { "app.kubernetes.io/instance": instance.value, "kubernetes-resource-handler-scope": scope };
}

/** Why the policies that an application would publish come to nothing; null: the beacon makes them. */
export function droppedByBeacon(context: ApplicationContext): Reason | null {
  const { application, beacon, managed } = context;
  if (beacon === null) {
    const text = `${application.name} is not related to a beacon in this topology, so it publishes no policies.`;
    return citedReason(text, POLICY_CITATIONS.update);
  }
  if (managed) return null;
  const text = `${beacon.beacon.name} does not manage authorization policies (manage-authorization-policies is off).`;
  return citedReason(text, POLICY_CITATIONS.managed);
}
