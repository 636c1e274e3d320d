import { ISTIO_KNOWLEDGE } from "#charm";
import { citedReason } from "#python";
import { memo } from "#syntax";
import type { Application } from "../../topology/topology.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import { waypointNameOf } from "../library/waypoint-name.ts";

/**
 * Istio's own ALLOW for the waypoint of a beacon (auto-allow-waypoint-policy), which lets the waypoint reach every workload whose Service is
 * behind it, and so restricts all other senders there. Istio computes it and stores no resource, so `resource` is null and no dump of a cluster
 * contains it. null where Juju's names are too long for a waypoint.
 */
export const waypointPolicy = memo((beacon: Application): EffectivePolicy | null => {
  const waypoint = waypointNameOf(beacon);
  if (waypoint === null) return null;
  const { name, text, citation } = ISTIO_KNOWLEDGE.waypointAllow;
  return {
    id: `${name}${beacon.model}_${waypoint}`,
    origin: "istio",
    meshPolicy: {
      source_namespace: beacon.model,
      source_app_name: waypoint,
      target_namespace: beacon.model,
      target_app_name: null,
      target_selector_labels: null,
      target_service: null,
      target_type: "unit",
      endpoints: [],
    },
    resource: null,
    uncertain: null,
    relation: null,
    because: [citedReason(text, citation)],
  };
});
