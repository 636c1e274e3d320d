import { policySpec } from "../../../engine/mesh/src/policy/library/authorization-policy.ts";
import type { ExactMeshPolicy } from "../../../engine/mesh/src/policy/library/exact-mesh-policy.ts";
import { meshPolicyText, textHash } from "../../../engine/mesh/src/policy/library/mesh-policy-text.ts";
import type { Generation } from "../../../engine/mesh/src/policy/library/models.ts";
import { type PolicyManager, resourceName } from "../../../engine/mesh/src/policy/library/resource-name.ts";
import type { AuthorizationPolicySpec } from "../../../engine/mesh/src/policy/mesh-policy.ts";

interface Hashed {
  readonly hashInput: string;
  readonly sha256: string;
}

/** One entry of the list that `_build_policy_resources_istio` gives: a resource, or None and the reason it logs. */
export type PolicyResource = Hashed &
  (
    | { readonly name: string; readonly namespace: string; readonly spec: AuthorizationPolicySpec }
    | { readonly refused: string }
  );

/** The resource that a manager (the beacon, a coordinator, a charm) makes of a validated MeshPolicy (domain/vectors.md 2.3). */
export function policyResource(
  manager: PolicyManager,
  policy: ExactMeshPolicy,
  generation: Generation = "charm-lib",
): PolicyResource {
  const hashInput = meshPolicyText(policy);
  const sha256 = textHash(hashInput);
  const made = policySpec(policy, generation);
  if ("refused" in made) return { hashInput, sha256, refused: made.refused };
  const name = resourceName(manager, policy, sha256);
  return { hashInput, sha256, name, namespace: policy.target_namespace, spec: made.spec };
}
