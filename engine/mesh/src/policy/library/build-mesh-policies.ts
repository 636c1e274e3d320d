import { jsonText } from "../python/json-text.ts";
import { pythonRepr } from "../python/repr.ts";
import { failure, type PythonError } from "../python/value.ts";
import type { CrossModelData } from "./cmr-data.ts";
import { type ExactEndpoint, type ExactMeshPolicy, meshPolicyDump } from "./exact-mesh-policy.ts";
import type { LibraryPolicy, ValidationFailure } from "./library-policy.ts";
import { meshPolicyProblem } from "./validation.ts";

export interface PolicySource {
  readonly app: string;
  readonly model: string;
}

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

/** pydantic's failure of a MeshPolicy whose cross-field check raised this text. */
export function crossFieldFailure(problem: string): ValidationFailure {
  const error = { type: "value_error", loc: [], msg: `Value error, ${problem}`, value_error: problem };
  return { type: "ValidationError", errors: [error] };
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

/** The MeshPolicy that lets `source` reach `target` as the policy says. */
export function meshPolicyFor(policy: LibraryPolicy, source: PolicySource, target: PolicySource): ExactMeshPolicy {
  const unit = policy.kind === "UnitPolicy";
  return {
    source_namespace: source.model,
    source_app_name: source.app,
    target_namespace: target.model,
    target_app_name: target.app,
    target_selector_labels: null,
    target_service: unit ? null : policy.service,
    target_type: unit ? "unit" : "app",
    endpoints: unit ? endpointsOfUnit(policy) : policy.endpoints,
  };
}

const endpointsOfUnits = new WeakMap<LibraryPolicy, readonly ExactEndpoint[]>();

function endpointsOfUnit(policy: Extract<LibraryPolicy, { kind: "UnitPolicy" }>): readonly ExactEndpoint[] {
  const endpoints = endpointsOfUnits.get(policy) ?? unitEndpoints(policy.ports);
  endpointsOfUnits.set(policy, endpoints);
  return endpoints;
}

/** A unit policy's ports as endpoints: none at all for null and [] alike, which means every port. */
export function unitEndpoints(ports: ExactEndpoint["ports"]): readonly ExactEndpoint[] {
  return ports === null || ports.length === 0 ? [] : [{ hosts: null, ports, methods: null, paths: null }];
}

/** The text that a consumer writes under `policies` in its service-mesh databag. */
export function policiesDatabag(policies: readonly ExactMeshPolicy[]): string {
  return jsonText(policies.map(meshPolicyDump));
}
