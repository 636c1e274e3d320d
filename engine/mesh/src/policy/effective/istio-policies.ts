import { ISTIO_KNOWLEDGE } from "#charm";
import { citedReason } from "#python";
import type { Application } from "../../topology/topology.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import type { AuthorizationPolicySpec } from "../mesh-policy.ts";
import { managerLabels } from "./beacon-maker.ts";

/**
 * The two policies of hardened mode that istio-k8s applies in its own model, which is Istio's root namespace: each allows nothing, one
 * at ztunnel for every workload, one for every waypoint.
 */
export function hardenedPolicies(istio: Application): readonly EffectivePolicy[] {
  const { hardened } = ISTIO_KNOWLEDGE;
  const prefix = `${istio.name}-${istio.model}-policy-global-allow-nothing`;
  const targetRefs = [{ kind: "GatewayClass", group: "gateway.networking.k8s.io", name: hardened.gatewayClass }];
  const one = (place: string, spec: AuthorizationPolicySpec, text: string): EffectivePolicy => ({
    id: `${prefix}-${place}`,
    origin: "istio",
    meshPolicy: { ...EVERYTHING, source_namespace: NOTHING, source_app_name: NOTHING, target_namespace: istio.model },
    resource: {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: {
        name: `${prefix}-${place}`,
        namespace: istio.model,
        labels: managerLabels(istio, hardened.scope),
      },
      spec,
    },
    uncertain: null,
    relation: null,
    because: [citedReason(text, hardened.citation)],
  });
  return [
    one("ztunnel", {}, "Hardened mode: no workload takes what no other policy allows."),
    one("waypoint", { targetRefs }, "Hardened mode: no waypoint lets through what no other policy allows."),
  ];
}

/** Stands for no source at all. */
const NOTHING = "-";

const EVERYTHING = {
  target_app_name: null,
  target_selector_labels: null,
  target_service: null,
  target_type: "unit",
  endpoints: [],
} as const;
