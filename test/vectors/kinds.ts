import type { PyValue } from "#mesh";
import type { Shape } from "./json-shape.ts";
import { clusterInternal, coordinatorDefaults } from "./kinds/coordinator.ts";
import { kubernetesLabelValues, labels } from "./kinds/labels.ts";
import { authorizationPolicies, crossModelRelationData, meshPolicies } from "./kinds/mesh-policies.ts";
import { meshPolicyValidation, pydanticInputs } from "./kinds/pydantic.ts";
import { pydanticPythonInputs } from "./kinds/python-inputs.ts";
import { telemetry } from "./kinds/telemetry.ts";

/** The engine's answer to one case's input, per kind of vector file (shared/domain/vectors.md, section 2). */
export const KINDS: Readonly<Record<string, (input: PyValue) => Shape>> = {
  mesh_policies: meshPolicies,
  cmr_relation_data: crossModelRelationData,
  authorization_policies: authorizationPolicies,
  coordinator_defaults: coordinatorDefaults,
  cluster_internal: clusterInternal,
  telemetry,
  mesh_policy_validation: meshPolicyValidation,
  pydantic_inputs: pydanticInputs,
  pydantic_python_inputs: pydanticPythonInputs,
  labels,
  kubernetes_label_values: kubernetesLabelValues,
};
