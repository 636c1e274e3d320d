import { MESH_ENDPOINT_KEYS } from "../../../engine/charm/src/catalog/endpoint-keys.ts";
import {
  PARTIAL_MESH_ENDPOINTS,
  PROXIED_METRICS_PATH,
} from "../../../engine/mesh/src/policy/library/coordinator-defaults.ts";
import type { LibraryPolicy, ValidationFailure } from "../../../engine/mesh/src/policy/library/library-policy.ts";
import {
  failure,
  isDict,
  isTruthy,
  type PythonError,
  type PyValue,
} from "../../../engine/mesh/src/policy/python/value.ts";
import { libraryPolicy } from "./library-policies.ts";

/** The keyword arguments that a coordinator gives to its ServiceMeshConsumer; the names as they stand in `endpoints`. */
export interface CoordinatorConsumer {
  readonly mesh_relation_name: PyValue;
  readonly cross_model_mesh_provides_name: PyValue;
  readonly cross_model_mesh_requires_name: PyValue;
  readonly policies: readonly LibraryPolicy[];
}

type Outcome<T> = { readonly value: T } | { readonly error: PythonError | ValidationFailure };

/**
 * The policies that the package puts before a coordinator's own (domain/vectors.md 2.4); the second only with a proxy port.
 * pydantic's refusal where `metrics` is no string.
 */
export function coordinatorDefaultPolicies(
  metrics: PyValue,
  exporterPort: PyValue,
  proxyPort: PyValue,
): Outcome<readonly LibraryPolicy[]> {
  const unit = libraryPolicy(
    "UnitPolicy",
    new Map<PyValue, PyValue>([
      ["relation", metrics],
      ["ports", [exporterPort]],
    ]),
  );
  if ("error" in unit) return unit;
  if (!isTruthy(proxyPort)) return { value: [unit.value] };
  const endpoint = new Map<PyValue, PyValue>([
    ["ports", [proxyPort]],
    ["methods", ["GET"]],
    ["paths", [PROXIED_METRICS_PATH]],
  ]);
  const app = libraryPolicy(
    "AppPolicy",
    new Map<PyValue, PyValue>([
      ["relation", metrics],
      ["endpoints", [endpoint]],
    ]),
  );
  return "error" in app ? app : { value: [unit.value, app.value] };
}

/**
 * coordinated_workers.service_mesh.initialize: null without mesh endpoints, ValueError with some but not all of them,
 * KeyError where `metrics` is absent. Absent, null and "" all count as not given.
 */
export function coordinatorConsumer(
  endpoints: PyValue,
  exporterPort: PyValue,
  proxyPort: PyValue,
  charmPolicies: readonly LibraryPolicy[],
): Outcome<CoordinatorConsumer | null> {
  const names = MESH_ENDPOINT_KEYS.map((key) => dictEntry(endpoints, key) ?? null);
  if (!names.some(isTruthy)) return { value: null };
  if (!names.every(isTruthy)) return failure("ValueError", PARTIAL_MESH_ENDPOINTS);
  const metrics = dictEntry(endpoints, "metrics");
  if (metrics === undefined) return failure("KeyError", "'metrics'");
  const defaults = coordinatorDefaultPolicies(metrics, exporterPort, proxyPort);
  if ("error" in defaults) return defaults;
  const [mesh = null, provide = null, require = null] = names;
  return {
    value: {
      mesh_relation_name: mesh,
      cross_model_mesh_provides_name: provide,
      cross_model_mesh_requires_name: require,
      policies: [...defaults.value, ...charmPolicies],
    },
  };
}

/** The members of a dict by string key; null for anything that is not a dict. */
function dictEntry(value: PyValue, key: string): PyValue | undefined {
  return isDict(value) ? value.get(key) : undefined;
}
