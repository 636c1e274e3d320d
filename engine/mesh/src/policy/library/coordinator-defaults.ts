import { dictEntry, failure, isTruthy, type PythonError, type PyValue } from "../python/value.ts";
import { type LibraryPolicy, libraryPolicy, type ValidationFailure } from "./library-policy.ts";

/** The keyword arguments that a coordinator gives to its ServiceMeshConsumer; the names as they stand in `endpoints`. */
export interface CoordinatorConsumer {
  readonly mesh_relation_name: PyValue;
  readonly cross_model_mesh_provides_name: PyValue;
  readonly cross_model_mesh_requires_name: PyValue;
  readonly policies: readonly LibraryPolicy[];
}

/** The path under which each worker unit's metrics stand behind the coordinator's proxy, as a policy names it. */
export const PROXIED_METRICS_PATH = "/proxy/worker/{*}/metrics";

/** The port of the coordinator's nginx exporter: `Coordinator._nginx_exporter_port`. */
export const NGINX_EXPORTER_PORT = 9113;

const MESH_KEYS = ["service-mesh", "service-mesh-provide-cmr-mesh", "service-mesh-require-cmr-mesh"] as const;

/** The keys of a coordinator's `endpoints` that turn mesh support on, all three together. */
export const MESH_ENDPOINT_KEYS: readonly string[] = MESH_KEYS;

export const PARTIAL_MESH_ENDPOINTS =
  "If any of 'service-mesh', 'service-mesh-provide-cmr-mesh' or 'service-mesh-require-cmr-mesh' endpoints are provided, " +
  "all of them must be.";

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
  const names = MESH_KEYS.map((key) => dictEntry(endpoints, key) ?? null);
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
