import { POLICY_CITATIONS } from "#charm";
import { citedReason, type Reason } from "#python";
import type { EffectivePolicy, PolicyOrigin } from "../effective-policy.ts";
import { policySpec } from "../library/authorization-policy.ts";
import { type ExactMeshPolicy, plain } from "../library/exact-mesh-policy.ts";
import { meshPolicyText, textHash } from "../library/mesh-policy-text.ts";
import { type PolicyManager, resourceName } from "../library/resource-name.ts";
import type { AuthorizationPolicy } from "../mesh-policy.ts";
import type { ReadPolicy } from "./read-policy.ts";

/** Stands in a name for the hash where something that is hashed could not be read; it is no hexadecimal, so no hash equals it. */
export const UNKNOWN_HASH = "unknown";

export interface PolicyMaker {
  readonly manager: PolicyManager;
  /** The labels that the manager puts on its resources. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface EffectiveParts {
  readonly origin: PolicyOrigin;
  readonly policy: ExactMeshPolicy;
  readonly read: Pick<ReadPolicy, "uncertain" | "unread" | "condition">;
  readonly relation: string | null;
  readonly because: readonly Reason[];
  /** null: nothing makes a resource of it, for the reason that `dropped` gives. */
  readonly maker: PolicyMaker | null;
  readonly dropped: Reason | null;
}

/** The effective policy of one MeshPolicy; its id is not yet unique. */
export function effectivePolicyOf(parts: EffectiveParts): EffectivePolicy {
  const { origin, policy, read } = parts;
  const { resource, reasons } = resourceOf(parts);
  const made: EffectivePolicy = {
    id: resource?.metadata.name ?? describedId(origin, policy),
    origin,
    meshPolicy: plain(policy),
    resource,
    uncertain: read.uncertain,
    relation: parts.relation,
    because: parts.because.concat(reasons),
  };
  if (read.unread === null && read.condition === null) return made;
  return {
    ...made,
    ...(read.unread === null ? {} : { unread: read.unread }),
    ...(read.condition === null ? {} : { condition: read.condition }),
  };
}

const MADE: readonly Reason[] = [
  citedReason("An AuthorizationPolicy is made of the mesh policy.", POLICY_CITATIONS.resource),
];
const MADE_WITHOUT_HASH: readonly Reason[] = [
  citedReason(
    `The name ends in a hash of the whole policy, which is not known here: “${UNKNOWN_HASH}” stands in its place.`,
    POLICY_CITATIONS.resource,
  ),
  ...MADE,
];

function resourceOf(parts: EffectiveParts): {
  readonly resource: AuthorizationPolicy | null;
  readonly reasons: readonly Reason[];
} {
  const { policy, maker, dropped } = parts;
  if (maker === null || dropped !== null) return { resource: null, reasons: dropped === null ? [] : [dropped] };
  const made = policySpec(policy);
  if ("refused" in made) return { resource: null, reasons: [citedReason(made.refused, POLICY_CITATIONS.resource)] };
  const uncertain = parts.read.uncertain !== null;
  const hash = uncertain ? UNKNOWN_HASH : textHash(meshPolicyText(policy));
  const name = resourceName(maker.manager, policy, hash);
  return {
    resource: {
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name, namespace: policy.target_namespace, labels: maker.labels },
      spec: made.spec,
    },
    reasons: uncertain ? MADE_WITHOUT_HASH : MADE,
  };
}

/** An id for a policy without a resource. */
export function describedId(origin: PolicyOrigin, policy: ExactMeshPolicy): string {
  const labels = [...(policy.target_selector_labels ?? [])].map(([key, value]) => `${key}=${value}`).join(",");
  const target = policy.target_app_name || policy.target_service || labels || "*";
  const source = `${policy.source_namespace}/${policy.source_app_name}`;
  return `${origin}:${source}->${policy.target_namespace}/${target}:${policy.target_type}`;
}
