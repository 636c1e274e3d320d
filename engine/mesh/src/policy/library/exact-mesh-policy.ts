import { memo } from "#syntax";
import type { Endpoint, MeshPolicy, Method } from "../mesh-policy.ts";
import { isDict, type PyInt, type PyModelInstance, type PyValue, tagged } from "../python/value.ts";

/*
 * MeshPolicy and Endpoint as the library holds them. They differ from the plain ones of mesh-policy.ts in what a plain
 * JavaScript object or number would lose and the hash needs: the labels' order whatever the keys, and integers of any size.
 */

export interface ExactEndpoint {
  readonly hosts: readonly string[] | null;
  readonly ports: readonly PyInt[] | null;
  readonly methods: readonly string[] | null;
  readonly paths: readonly string[] | null;
}

export interface ExactMeshPolicy {
  readonly source_namespace: string;
  readonly source_app_name: string;
  readonly target_namespace: string;
  readonly target_app_name: string | null;
  readonly target_selector_labels: ReadonlyMap<string, string> | null;
  readonly target_service: string | null;
  readonly target_type: "app" | "unit";
  readonly endpoints: readonly ExactEndpoint[];
}

/** The policy of a validated `MeshPolicy` instance. */
export function exactMeshPolicy(instance: PyModelInstance): ExactMeshPolicy {
  const field = (name: string) => instance.fields.get(name) ?? null;
  const labels = field("target_selector_labels");
  return {
    source_namespace: text(field("source_namespace")) ?? "",
    source_app_name: text(field("source_app_name")) ?? "",
    target_namespace: text(field("target_namespace")) ?? "",
    target_app_name: text(field("target_app_name")),
    target_selector_labels: isDict(labels)
      ? new Map([...labels].map(([key, value]) => [text(key) ?? "", text(value) ?? ""]))
      : null,
    target_service: text(field("target_service")),
    target_type: field("target_type") === "unit" ? "unit" : "app",
    endpoints: exactEndpoints(field("endpoints")),
  };
}

/** The endpoints of a validated policy's `endpoints` field. */
export function exactEndpoints(value: PyValue): readonly ExactEndpoint[] {
  if (!Array.isArray(value)) return [];
  return value.map((item: PyValue) => {
    const instance = tagged(item);
    const fields = instance?.kind === "model" ? instance.fields : new Map<string, PyValue>();
    return {
      hosts: texts(fields.get("hosts")),
      ports: exactPorts(fields.get("ports")),
      methods: texts(fields.get("methods")),
      paths: texts(fields.get("paths")),
    };
  });
}

/** The ports of a validated `ports` field. */
export function exactPorts(value: PyValue | undefined): readonly PyInt[] | null {
  if (!Array.isArray(value)) return null;
  return value.filter((item): item is PyInt => typeof item === "number" || typeof item === "bigint");
}

function text(value: PyValue): string | null {
  return typeof value === "string" ? value : null;
}

function texts(value: PyValue | undefined): readonly string[] | null {
  return Array.isArray(value) ? value.filter((item): item is string => typeof item === "string") : null;
}

/** The plain form: ports beyond JavaScript's exact integers are rounded, labels with number-like keys move to the front. */
export function plain(policy: ExactMeshPolicy): MeshPolicy {
  const labels = policy.target_selector_labels;
  const endpoints = plainEndpoints(policy.endpoints);
  return { ...policy, target_selector_labels: labels === null ? null : Object.fromEntries(labels), endpoints };
}

const plainEndpoints = memo((endpoints: readonly ExactEndpoint[]): readonly Endpoint[] => endpoints.map(plainEndpoint));

function plainEndpoint(endpoint: ExactEndpoint): Endpoint {
  return {
    hosts: endpoint.hosts,
    ports: endpoint.ports?.map(Number) ?? null,
    methods: (endpoint.methods as readonly Method[] | null) ?? null,
    paths: endpoint.paths,
  };
}
