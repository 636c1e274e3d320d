import type { ExactEndpoint, ExactMeshPolicy } from "../../../engine/mesh/src/policy/library/exact-mesh-policy.ts";
import type { MeshPolicy } from "../../../engine/mesh/src/policy/mesh-policy.ts";
import type { PyValue } from "../../../engine/mesh/src/policy/python/value.ts";

/** The policy as its `model_dump(mode="json")`, keys in declaration order. */
export function meshPolicyDump(policy: ExactMeshPolicy): PyValue {
  return new Map<PyValue, PyValue>([
    ["source_namespace", policy.source_namespace],
    ["source_app_name", policy.source_app_name],
    ["target_namespace", policy.target_namespace],
    ["target_app_name", policy.target_app_name],
    ["target_selector_labels", policy.target_selector_labels],
    ["target_service", policy.target_service],
    ["target_type", policy.target_type],
    ["endpoints", policy.endpoints.map(endpointDump)],
  ]);
}

/** The endpoint as its `model_dump(mode="json")`. */
export function endpointDump(endpoint: ExactEndpoint): PyValue {
  return new Map<PyValue, PyValue>([
    ["hosts", endpoint.hosts],
    ["ports", endpoint.ports],
    ["methods", endpoint.methods],
    ["paths", endpoint.paths],
  ]);
}

/** The exact form of a plain policy. */
export function exact(policy: MeshPolicy): ExactMeshPolicy {
  const labels = policy.target_selector_labels;
  return { ...policy, target_selector_labels: labels === null ? null : new Map(Object.entries(labels)) };
}
