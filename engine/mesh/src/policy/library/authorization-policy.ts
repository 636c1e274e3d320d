import { memo } from "#syntax";
import type { AuthorizationPolicyOperation, AuthorizationPolicySpec } from "../mesh-policy.ts";
import type { ExactEndpoint, ExactMeshPolicy } from "./exact-mesh-policy.ts";
import type { Generation } from "./models.ts";

/** The label by which Juju marks the pods of an application. */
export const APPLICATION_LABEL = "app.kubernetes.io/name";

/** What the library makes of a MeshPolicy: the spec of an AuthorizationPolicy, or the reason why it makes none. */
export type PolicySpec = { readonly spec: AuthorizationPolicySpec } | { readonly refused: string };

/** The mesh identity of a Juju application: its service account in its model's namespace. */
export function principalOf(namespace: string, application: string): string {
  return `cluster.local/ns/${namespace}/sa/${application}`;
}

/**
 * The Istio spec of a validated MeshPolicy (domain/vectors.md 2.3). Unit policies whose endpoints name methods, paths or
 * hosts are refused; the reason's wording differs between the generations by one space.
 */
export function policySpec(policy: ExactMeshPolicy, generation: Generation = "charm-lib"): PolicySpec {
  const unit = policy.target_type === "unit";
  if (unit && policy.endpoints.some(hasHttpAttribute)) return { refused: refusal(policy, generation) };
  const from = [{ source: { principals: [principalOf(policy.source_namespace, policy.source_app_name)] } }];
  const rules = [{ from, to: operationsOf(policy.endpoints, unit) }];
  if (!unit) {
    const name = policy.target_service || policy.target_app_name || "";
    return { spec: { targetRefs: [{ kind: "Service", group: "", name }], rules } };
  }
  const matchLabels = selectorOf(policy);
  return { spec: matchLabels === null ? { rules } : { selector: { matchLabels }, rules } };
}

type Operations = readonly { readonly operation: AuthorizationPolicyOperation }[];

/** The policies of all relations share their endpoints, so the operations are computed once. */
const unitOperations = memo(
  (endpoints: readonly ExactEndpoint[]): Operations =>
    endpoints.map((endpoint) => ({ operation: { ports: portTexts(endpoint) } })),
);

const appOperations = memo(
  (endpoints: readonly ExactEndpoint[]): Operations =>
    endpoints.map((endpoint) => ({ operation: appOperation(endpoint) })),
);

function operationsOf(endpoints: readonly ExactEndpoint[], unit: boolean): Operations {
  return unit ? unitOperations(endpoints) : appOperations(endpoints);
}

/** The labels by which a unit policy selects its pods; null: all pods of the target's namespace. */
export function selectorOf(policy: ExactMeshPolicy): Readonly<Record<string, string>> | null {
  if (policy.target_selector_labels !== null && policy.target_selector_labels.size > 0) {
    return Object.fromEntries(policy.target_selector_labels);
  }
  return policy.target_app_name ? { [APPLICATION_LABEL]: policy.target_app_name } : null;
}

function appOperation(endpoint: ExactEndpoint): AuthorizationPolicyOperation {
  return {
    ports: portTexts(endpoint),
    ...(endpoint.hosts === null ? {} : { hosts: endpoint.hosts }),
    ...(endpoint.methods === null ? {} : { methods: endpoint.methods }),
    ...(endpoint.paths === null ? {} : { paths: endpoint.paths }),
  };
}

function portTexts(endpoint: ExactEndpoint): readonly string[] {
  return endpoint.ports?.map(String) ?? [];
}

function hasHttpAttribute(endpoint: ExactEndpoint): boolean {
  return [endpoint.methods, endpoint.paths, endpoint.hosts].some((list) => list !== null && list.length > 0);
}

function refusal(policy: ExactMeshPolicy, generation: Generation): string {
  const gap = generation === "charmlibs" ? " " : "";
  return (
    `UnitPolicy requested between ${policy.source_app_name} and ${policy.target_app_name ?? "None"} is not created as it ` +
    `contains some disallowed policy attributes.${gap}UnitPolicy for Istio service mesh cannot contain paths, methods or hosts`
  );
}
