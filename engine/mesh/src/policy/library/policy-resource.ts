import type { AuthorizationPolicySpec } from "../mesh-policy.ts";
import { policySpec } from "./authorization-policy.ts";
import type { ExactMeshPolicy } from "./exact-mesh-policy.ts";
import { meshPolicyText, textHash } from "./mesh-policy-text.ts";
import type { Generation } from "./models.ts";
import { type PolicyManager, resourceName } from "./resource-name.ts";

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
