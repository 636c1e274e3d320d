import { BEACON_KNOWLEDGE, type CharmModel, POLICY_CITATIONS } from "#charm";
import { citedReason } from "#python";
import type { BeaconMode } from "../../topology/mesh-mode.ts";
import type { Application } from "../../topology/topology.ts";
import type { EffectivePolicy } from "../effective-policy.ts";
import type { ExactMeshPolicy } from "../library/exact-mesh-policy.ts";
import { beaconMaker, managerLabels } from "./beacon-maker.ts";
import type { OwnRelation } from "./deployed.ts";
import { effectivePolicyOf } from "./effective-policy-of.ts";
import { knownPolicy, type ReadPolicy, readPolicies } from "./read-policy.ts";
import { relatedPolicies } from "./related-policies.ts";

/**
 * The policies that a beacon makes for itself: scrapers reach its metrics, and, with the model on the mesh, the
 * controller reaches the model operator. The beacon's own sources, where they are among those read, go before what is known
 * of the published charm.
 */
export function beaconPolicies(
  beacon: Application,
  charm: CharmModel | null,
  relations: readonly OwnRelation[],
  mode: BeaconMode,
): readonly EffectivePolicy[] {
  const dropped = mode.managed
    ? null
    : citedReason(
        `${beacon.name} does not manage authorization policies (manage-authorization-policies is off).`,
        POLICY_CITATIONS.managed,
      );
  const own = ownPolicies(charm).map((read) => ({ origin: "beacon" as const, read }));
  const input = { application: beacon, relations, maker: beaconMaker(beacon), dropped };
  const policies = relatedPolicies(input, own);
  return mode.managed && mode.modelOnMesh ? [...policies, modelOperatorPolicy(beacon)] : policies;
}

function ownPolicies(charm: CharmModel | null): readonly ReadPolicy[] {
  const declared = charm?.policies.filter((policy) => policy.kind !== "MeshPolicy").flatMap(readPolicies) ?? [];
  if (declared.length > 0) return declared;
  const { relation, port, citation } = BEACON_KNOWLEDGE.metrics;
  const reason = citedReason(`The beacon lets scrapers reach its metrics, port ${port}.`, citation);
  return [knownPolicy({ kind: "UnitPolicy", relation, ports: [port] }, [reason])];
}

/** Every source may reach the model operator; the beacon writes this resource itself, so its name holds no hash. */
function modelOperatorPolicy(beacon: Application): EffectivePolicy {
  const { scope, labels, citation } = BEACON_KNOWLEDGE.modelOperator;
  const name = `${beacon.name}-${beacon.model}-policy-all-sources-modeloperator`;
  const policy: ExactMeshPolicy = {
    source_namespace: "*",
    source_app_name: "*",
    target_namespace: beacon.model,
    target_app_name: null,
    target_selector_labels: new Map(Object.entries(labels)),
    target_service: null,
    target_type: "unit",
    endpoints: [],
  };
  const made = effectivePolicyOf({
    origin: "beacon",
    policy,
    read: { uncertain: null, unread: null, condition: null },
    relation: null,
    because: [citedReason("The model is on the mesh, so the controller must reach its model operator.", citation)],
    maker: null,
    dropped: null,
  });
  const metadata = { name, namespace: beacon.model, labels: managerLabels(beacon, scope) };
  const spec = { selector: { matchLabels: labels }, rules: [{}] };
  return {
    ...made,
    id: name,
    resource: { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy", metadata, spec },
  };
}
