import { POLICY_CITATIONS } from "#charm";
import { citedReason, type Reason } from "#python";
import type { Application } from "../../topology/topology.ts";
import type { EffectivePolicy, PolicyOrigin } from "../effective-policy.ts";
import { meshPolicyFor, type PolicySource } from "../library/build-mesh-policies.ts";
import { meshPolicyProblem } from "../library/validation.ts";
import type { OwnRelation } from "./deployed.ts";
import { effectivePolicyOf, type PolicyMaker } from "./effective-policy-of.ts";
import type { ReadPolicy } from "./read-policy.ts";

export interface RelatedInput {
  readonly application: Application;
  readonly relations: readonly OwnRelation[];
  readonly maker: PolicyMaker | null;
  /** Why nothing is made of any of these policies; null: it is. */
  readonly dropped: Reason | null;
}

const BUILD = citedReason("One mesh policy for each relation of the policy's endpoint.", POLICY_CITATIONS.build);
const CROSS_MODEL = citedReason(
  "The cross-model data tells who the application really is.",
  POLICY_CITATIONS.crossModel,
);

/** What build_mesh_policies makes of a list of policies over an application's relations, each as an effective policy. */
export function relatedPolicies(
  input: RelatedInput,
  policies: readonly { readonly origin: PolicyOrigin; readonly read: ReadPolicy }[],
): readonly EffectivePolicy[] {
  const byEndpoint = new Map<string | null, OwnRelation[]>();
  for (const own of input.relations) {
    const list = byEndpoint.get(own.endpoint);
    if (list) list.push(own);
    else byEndpoint.set(own.endpoint, [own]);
  }
  const target: PolicySource = { app: input.application.name, model: input.application.model };
  return policies.flatMap(({ origin, read }) => {
    const related = byEndpoint.get(read.policy.relation) ?? [];
    return related.map((own) => {
      const { source, reason } = sourceOf(own, target.model);
      const policy = meshPolicyFor(read.policy, source, target);
      const refused = read.refused ?? meshPolicyProblem(policy);
      return effectivePolicyOf({
        origin,
        policy,
        read,
        relation: own.relation.id,
        because: [...read.because, ...own.relation.because, ...(reason === null ? [] : [reason]), BUILD],
        maker: input.maker,
        dropped:
          input.dropped ??
          (refused === null ? null : citedReason(`pydantic refuses it: ${refused}`, POLICY_CITATIONS.validation)),
      });
    });
  });
}

function sourceOf(own: OwnRelation, model: string): { readonly source: PolicySource; readonly reason: Reason | null } {
  const { crossModel } = own.relation;
  if (crossModel === null) return { source: { app: own.localName, model }, reason: null };
  if (crossModel.meshData) {
    return { source: { app: own.remote.application, model: own.remote.model }, reason: CROSS_MODEL };
  }
  const text =
    `No cross_model_mesh data is published for ${own.localName}, so its local name in ${model} stands as the source: ` +
    `an identity that ${own.remote.application} in ${own.remote.model} does not have.`;
  return { source: { app: own.localName, model }, reason: citedReason(text, POLICY_CITATIONS.crossModel) };
}
