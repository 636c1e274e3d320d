import { memo } from "#syntax";
import type { ExactEndpoint, ExactMeshPolicy } from "./exact-mesh-policy.ts";
import type { LibraryPolicy, ValidationFailure } from "./library-policy.ts";

export interface PolicySource {
  readonly app: string;
  readonly model: string;
}

/** pydantic's failure of a MeshPolicy whose cross-field check raised this text. */
export function crossFieldFailure(problem: string): ValidationFailure {
  const error = { type: "value_error", loc: [], msg: `Value error, ${problem}`, value_error: problem };
  return { type: "ValidationError", errors: [error] };
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

const endpointsOfUnit = memo((policy: Extract<LibraryPolicy, { kind: "UnitPolicy" }>) => unitEndpoints(policy.ports));

/** A unit policy's ports as endpoints: none at all for null and [] alike, which means every port. */
export function unitEndpoints(ports: ExactEndpoint["ports"]): readonly ExactEndpoint[] {
  return ports === null || ports.length === 0 ? [] : [{ hosts: null, ports, methods: null, paths: null }];
}
