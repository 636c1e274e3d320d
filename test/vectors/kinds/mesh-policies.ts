import { type PyValue, validatedModel } from "#mesh";
import { type ExactMeshPolicy, exactMeshPolicy } from "../../../engine/mesh/src/policy/library/exact-mesh-policy.ts";
import type { ValidationFailure } from "../../../engine/mesh/src/policy/library/library-policy.ts";
import type { FieldError } from "../../../engine/mesh/src/policy/library/validation.ts";
import { isDict, isList, type PythonError } from "../../../engine/mesh/src/policy/python/value.ts";
import { dict, list, member, type Shape, text, texts } from "../json-shape.ts";
import { type BuildInput, builtMeshPolicies, policiesDatabag } from "../library/built-mesh-policies.ts";
import type { CrossModelData } from "../library/cmr-data.ts";
import { crossModelData, crossModelDataByApp } from "../library/cmr-data.ts";
import { libraryPolicies } from "../library/library-policies.ts";
import { meshPolicyDump } from "../library/policy-dumps.ts";
import { policyResource } from "../library/policy-resource.ts";

/** An exception as the vectors write it: pydantic's by its first error. */
export function errorShape(error: PythonError | ValidationFailure): Shape {
  if ("errors" in error) return { error: { type: error.type, first: firstError(error.errors) } };
  return { error: { type: error.type, message: error.message } };
}

export function firstError(errors: readonly FieldError[]): Shape {
  const first = errors[0];
  if (!first) return null;
  const { type, loc, msg, value_error } = first;
  return { type, loc, msg, ...(value_error === undefined ? {} : { value_error }) };
}

export function meshPolicies(input: PyValue): Shape {
  const policies = libraryPolicies(list(input, "policies"));
  if ("error" in policies) return errorShape(policies.error);
  const relations = new Map<string, readonly (string | null)[]>();
  for (const [endpoint, related] of dict(input, "relations")) {
    if (!isList(related)) throw new Error("relations must be lists");
    const apps = related.map((relation) => member(relation, "app"));
    relations.set(
      String(endpoint),
      apps.map((app) => (typeof app === "string" ? app : null)),
    );
  }
  const build: BuildInput = {
    target: { app: text(input, "target_app"), model: text(input, "target_model") },
    policies: policies.value,
    relations,
    crossModel: crossModelOf(member(input, "cmr")),
  };
  const built = builtMeshPolicies(build);
  if ("error" in built) return errorShape(built.error);
  return { mesh_policies: built.value.map(meshPolicyDump), databag: policiesDatabag(built.value) };
}

function crossModelOf(given: PyValue): ReadonlyMap<string, CrossModelData> {
  const byApp = new Map<string, CrossModelData>();
  if (!isDict(given)) return byApp;
  for (const [app, published] of given) {
    const data = published === null ? null : crossModelData(published);
    if (data !== null) byApp.set(String(app), data);
  }
  return byApp;
}

export function crossModelRelationData(input: PyValue): Shape {
  const relations = list(input, "relations").map((relation) => ({
    app: text(relation, "app"),
    databag: texts(dict(relation, "databag")),
  }));
  const data = crossModelDataByApp(relations);
  if ("error" in data) return errorShape(data.error);
  return {
    cmr: new Map(
      [...data.value].map(([app, { app_name, juju_model_name }]) => [app, { app_name, juju_model_name }]),
    ) as never,
  };
}

export function authorizationPolicies(input: PyValue): Shape {
  const policies: ExactMeshPolicy[] = [];
  for (const data of list(input, "mesh_policies")) {
    const validation = validatedModel("MeshPolicy", data);
    if ("errors" in validation) return errorShape({ type: "ValidationError", errors: validation.errors });
    policies.push(exactMeshPolicy(validation.instance));
  }
  const manager = { app: text(input, "manager_app"), model: text(input, "manager_model") };
  return {
    resources: policies.map((policy) =>
      resourceShape(policyResource(manager, policy), policyResource(manager, policy, "charmlibs")),
    ),
  };
}

/** One entry of `resources`; `canonical` is what the other generation makes of the same policy. */
export function resourceShape(
  resource: ReturnType<typeof policyResource>,
  canonical: ReturnType<typeof policyResource>,
): Shape {
  const { hashInput: hash_input, sha256 } = resource;
  if ("refused" in resource) {
    const reason_canonical = "refused" in canonical ? canonical.refused : "created";
    return { created: false, hash_input, sha256, reason: resource.refused, reason_canonical };
  }
  return {
    created: true,
    hash_input,
    sha256,
    name: resource.name,
    namespace: resource.namespace,
    spec: resource.spec as unknown as Shape,
  };
}
