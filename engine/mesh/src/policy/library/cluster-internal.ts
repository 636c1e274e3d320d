import { failure, type Result } from "../python/value.ts";
import { crossFieldFailure } from "./build-mesh-policies.ts";
import type { ExactMeshPolicy } from "./exact-mesh-policy.ts";
import { truncatedLabelValue } from "./label-values.ts";
import type { ValidationFailure } from "./library-policy.ts";
import type { PolicyManager } from "./resource-name.ts";
import { meshPolicyProblem } from "./validation.ts";

/** The label that marks all pods of one coordinator's cluster. */
export const CLUSTER_LABEL = "app.kubernetes.io/part-of";

/** What the coordinator's PolicyResourceManager is made with. */
export interface ClusterResourceManager {
  readonly labels: ReadonlyMap<string, string>;
  readonly fieldManager: string;
  readonly selector: ReadonlyMap<string, string>;
}

/** The resource manager of a coordinator (domain/vectors.md 2.5); UnicodeEncodeError as for any label value. */
export function clusterResourceManager(coordinator: PolicyManager): Result<ClusterResourceManager> {
  const fieldManager = `${coordinator.app}-${coordinator.model}`;
  const instance = truncatedLabelValue(fieldManager);
  if ("error" in instance) return failure(instance.error.type, instance.error.message);
  const scope = truncatedLabelValue(`${fieldManager}-cluster-internal`);
  if ("error" in scope) return scope;
  return {
    value: {
      labels: new Map([
        ["app.kubernetes.io/instance", instance.value],
        ["kubernetes-resource-handler-scope", scope.value],
      ]),
      fieldManager,
      selector: new Map([[CLUSTER_LABEL, coordinator.app]]),
    },
  };
}

/**
 * The policies inside one coordinator's cluster (domain/vectors.md 2.5): the coordinator to every unit of the cluster, and each
 * worker application to every unit and to the coordinator's Service. Worker applications come as given, doubles once; the
 * library takes them from a set, in an order that changes from process to process. pydantic's refusal for a coordinator without a name.
 */
export function clusterInternalPolicies(
  coordinator: PolicyManager,
  workerApplications: readonly string[],
): { readonly value: readonly ExactMeshPolicy[] } | { readonly error: ValidationFailure } {
  const policies = [clusterUnits(coordinator, coordinator.app)];
  for (const worker of new Set(workerApplications)) {
    const service: ExactMeshPolicy = {
      ...clusterUnits(coordinator, worker),
      target_app_name: coordinator.app,
      target_selector_labels: null,
      target_type: "app",
    };
    const problem = meshPolicyProblem(service);
    if (problem !== null) return { error: crossFieldFailure(problem) };
    policies.push(clusterUnits(coordinator, worker), service);
  }
  return { value: policies };
}

function clusterUnits(coordinator: PolicyManager, source: string): ExactMeshPolicy {
  return {
    source_namespace: coordinator.model,
    source_app_name: source,
    target_namespace: coordinator.model,
    target_app_name: null,
    target_selector_labels: new Map([[CLUSTER_LABEL, coordinator.app]]),
    target_service: null,
    target_type: "unit",
    endpoints: [],
  };
}
