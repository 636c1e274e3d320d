import {
  crossFieldFailure,
  meshPolicyFor,
  type PolicySource,
} from "../../../engine/mesh/src/policy/library/build-mesh-policies.ts";
import type { ExactMeshPolicy } from "../../../engine/mesh/src/policy/library/exact-mesh-policy.ts";
import type { LibraryPolicy, ValidationFailure } from "../../../engine/mesh/src/policy/library/library-policy.ts";
import { meshPolicyProblem } from "../../../engine/mesh/src/policy/library/validation.ts";
import { pythonRepr } from "../../../engine/mesh/src/policy/python/repr.ts";
import { failure, type PythonError } from "../../../engine/mesh/src/policy/python/value.ts";
import type { CrossModelData } from "./cmr-data.ts";
import { jsonText } from "./json-text.ts";
import { meshPolicyDump } from "./policy-dumps.ts";

export interface BuildInput {
  readonly target: PolicySource;
  readonly policies: readonly LibraryPolicy[];
  /** Per endpoint of the charm, the remote applications by their local names; null: Juju does not know it yet. */
  readonly relations: ReadonlyMap<string, readonly (string | null)[]>;
  readonly crossModel: ReadonlyMap<string, CrossModelData>;
}

/**
 * build_mesh_policies (domain/vectors.md 2.1): one MeshPolicy per policy and relation of its endpoint, in that order, neither
 * sorted nor made unique. Errors are those that Python raises (KeyError for an endpoint the charm has not, AttributeError for
 * a relation without application, ValidationError); nothing is then produced.
 */
export function builtMeshPolicies(
  input: BuildInput,
): { readonly value: readonly ExactMeshPolicy[] } | { readonly error: PythonError | ValidationFailure } {
  const built: ExactMeshPolicy[] = [];
  for (const policy of input.policies) {
    const remotes = input.relations.get(policy.relation);
    if (remotes === undefined) return failure("KeyError", pythonRepr(policy.relation));
    for (const app of remotes) {
      if (app === null) return failure("AttributeError", "'NoneType' object has no attribute 'name'");
      const meshPolicy = meshPolicyFor(policy, policySource(app, input.target.model, input.crossModel), input.target);
      const problem = meshPolicyProblem(meshPolicy);
      if (problem !== null) return { error: crossFieldFailure(problem) };
      built.push(meshPolicy);
    }
  }
  return { value: built };
}

/** The text that a consumer writes under `policies` in its service-mesh databag. */
export function policiesDatabag(policies: readonly ExactMeshPolicy[]): string {
  return jsonText(policies.map(meshPolicyDump));
}

/** Who a relation's remote application is to the mesh: what its cross-model data says, else an application of this model. */
export function policySource(
  localName: string,
  targetModel: string,
  crossModel: ReadonlyMap<string, CrossModelData>,
): PolicySource {
  const data = crossModel.get(localName);
  return data ? { app: data.app_name, model: data.juju_model_name } : { app: localName, model: targetModel };
}
