import { codePointLength, firstCodePoints } from "../python/text.ts";
import type { ExactMeshPolicy } from "./exact-mesh-policy.ts";

/** Kubernetes' own limit for the name of a resource. */
const LONGEST = 253;
const CUT = 30;

/** The charm that creates the resource: the beacon, or a coordinator for its own cluster. */
export interface PolicyManager {
  readonly app: string;
  readonly model: string;
}

/**
 * The name that the library gives to a policy's resource (domain/vectors.md 1.3); `hash` is the policy's full hash.
 * Only source and target are ever cut, so that a long manager leaves a name beyond the limit, as in the library.
 */
export function resourceName(manager: PolicyManager, policy: ExactMeshPolicy, hash: string): string {
  const target = policy.target_app_name || policy.target_service || "custom-selector";
  const name = joined(manager, policy.source_app_name, policy.source_namespace, target, hash);
  // No text has more code points than UTF-16 units.
  if (name.length <= LONGEST || codePointLength(name) <= LONGEST) return name;
  return joined(
    manager,
    firstCodePoints(policy.source_app_name, CUT),
    firstCodePoints(policy.source_namespace, CUT),
    firstCodePoints(target, CUT),
    hash,
  );
}

function joined(manager: PolicyManager, source: string, namespace: string, target: string, hash: string): string {
  return [manager.app, manager.model, "policy", source, namespace, target, hash.slice(0, 8)].join("-");
}
