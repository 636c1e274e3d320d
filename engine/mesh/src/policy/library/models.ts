/*
 * The pydantic models of the service mesh library as data: fields in declaration order with type and default.
 * Source: charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20 and charmlibs-interfaces-service-mesh 1.0.2 (domain/vectors.md 1.4).
 */

export type ModelName = "Endpoint" | "AppPolicy" | "Policy" | "UnitPolicy" | "CMRData" | "MeshPolicy";

export type FieldType =
  | { readonly type: "str" | "int" | "method" | "target-type" | "labels" }
  | { readonly type: "model"; readonly model: ModelName }
  | { readonly type: "list"; readonly item: FieldType };

export interface ModelField {
  readonly name: string;
  readonly type: FieldType;
  /** Whether None is taken. */
  readonly nullable: boolean;
  /** What stands there when the field is absent; "required" when it may not be. */
  readonly absent: "required" | "null" | "empty-list" | "app";
}

const STR: FieldType = { type: "str" };
const STRINGS: FieldType = { type: "list", item: STR };
const PORTS: FieldType = { type: "list", item: { type: "int" } };
const ENDPOINTS: FieldType = { type: "list", item: { type: "model", model: "Endpoint" } };

function required(name: string, type: FieldType = STR): ModelField {
  return { name, type, nullable: false, absent: "required" };
}

function optional(name: string, type: FieldType = STR): ModelField {
  return { name, type, nullable: true, absent: "null" };
}

const APP_POLICY = [required("relation"), required("endpoints", ENDPOINTS), optional("service")];

export const MODELS: Readonly<Record<ModelName, readonly ModelField[]>> = {
  Endpoint: [
    optional("hosts", STRINGS),
    optional("ports", PORTS),
    optional("methods", { type: "list", item: { type: "method" } }),
    optional("paths", STRINGS),
  ],
  AppPolicy: APP_POLICY,
  Policy: APP_POLICY,
  UnitPolicy: [required("relation"), optional("ports", PORTS)],
  CMRData: [required("app_name"), required("juju_model_name")],
  MeshPolicy: [
    required("source_namespace"),
    required("source_app_name"),
    required("target_namespace"),
    optional("target_app_name"),
    optional("target_selector_labels", { type: "labels" }),
    optional("target_service"),
    { name: "target_type", type: { type: "target-type" }, nullable: false, absent: "app" },
    { name: "endpoints", type: ENDPOINTS, nullable: false, absent: "empty-list" },
  ],
};

/** The library's Method enum by value; a member's name is its value in lower case. */
export const METHODS: readonly string[] = [
  "CONNECT",
  "DELETE",
  "GET",
  "HEAD",
  "OPTIONS",
  "PATCH",
  "POST",
  "PUT",
  "TRACE",
];

/** The two generations of the library; they word a bad `target_type` and a refused unit policy differently. */
export type Generation = "charm-lib" | "charmlibs";
