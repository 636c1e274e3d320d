import { exactEndpoints, exactPorts } from "../../../engine/mesh/src/policy/library/exact-mesh-policy.ts";
import type { LibraryPolicy, ValidationFailure } from "../../../engine/mesh/src/policy/library/library-policy.ts";
import type { ModelName } from "../../../engine/mesh/src/policy/library/models.ts";
import { validatedModel } from "../../../engine/mesh/src/policy/library/validation.ts";
import { isDict, type PyValue } from "../../../engine/mesh/src/policy/python/value.ts";
import { endpointDump } from "./policy-dumps.ts";

/** The policy that `kind(**fields)` gives, or pydantic's refusal. `kind` other than the three is refused as no model. */
export function libraryPolicy(
  kind: LibraryPolicy["kind"],
  fields: PyValue,
): { readonly value: LibraryPolicy } | { readonly error: ValidationFailure } {
  const model: ModelName = kind;
  const validation = validatedModel(model, fields);
  if ("errors" in validation) return { error: { type: "ValidationError", errors: validation.errors } };
  const field = (name: string) => validation.instance.fields.get(name) ?? null;
  const relation = String(field("relation"));
  if (kind === "UnitPolicy") return { value: { kind, relation, ports: exactPorts(field("ports")) } };
  const service = field("service");
  return {
    value: {
      kind,
      relation,
      endpoints: exactEndpoints(field("endpoints")),
      service: typeof service === "string" ? service : null,
    },
  };
}

/** Several policies in order; the first failure is the result. Each entry is a dict with `kind` beside the fields. */
export function libraryPolicies(
  entries: readonly PyValue[],
): { readonly value: readonly LibraryPolicy[] } | { readonly error: ValidationFailure } {
  const policies: LibraryPolicy[] = [];
  for (const entry of entries) {
    const kind = isDict(entry) ? entry.get("kind") : undefined;
    const known = kind === "UnitPolicy" || kind === "Policy" ? kind : "AppPolicy";
    const policy = libraryPolicy(known, entry);
    if ("error" in policy) return policy;
    policies.push(policy.value);
  }
  return { value: policies };
}

/** The policy's `model_dump(mode="json")` with its kind in front. */
export function libraryPolicyDump(policy: LibraryPolicy): PyValue {
  if (policy.kind === "UnitPolicy") {
    return new Map<PyValue, PyValue>([
      ["kind", policy.kind],
      ["relation", policy.relation],
      ["ports", policy.ports],
    ]);
  }
  return new Map<PyValue, PyValue>([
    ["kind", policy.kind],
    ["relation", policy.relation],
    ["endpoints", policy.endpoints.map(endpointDump)],
    ["service", policy.service],
  ]);
}
