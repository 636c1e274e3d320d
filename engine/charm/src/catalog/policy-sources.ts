/*
 * Where the policies that no charm writes itself come from, with what is fixed about them.
 */

const WORKERS = "coordinated-workers 4.1.2, service_mesh.py";
const BEACON = "istio-beacon-k8s, src/charm.py (canonical/service-mesh ba7356f)";

/** First version of coordinated-workers with service mesh support. */
export const FIRST_MESH_VERSION = {
  value: [2, 1] as const,
  citation: "how-to “Add Service Mesh Support to Coordinated-Worker Charms”: from v2.1.0 on",
};

/** What each step of a policy's way rests on. */
export const POLICY_CITATIONS = {
  clusterInternal: `${WORKERS}, reconcile_cluster_internal_mesh_policies`,
  clusterManager: `${WORKERS}, _get_policy_resource_manager`,
  defaults: `${WORKERS}, initialize`,
  partialEndpoints: `${WORKERS}, initialize`,
  certificates: "coordinated-workers 4.1.2, coordinator.py, tls_available",
  proxyPort: "coordinated-workers 4.1.2, coordinator.py, Coordinator.__init__",
  build: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, build_mesh_policies",
  crossModel: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, get_data_from_cmr_relation",
  resource: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, _build_policy_resources_istio",
  update: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, ServiceMeshConsumer.update_service_mesh",
  validation: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, MeshPolicy",
  reconcile: "charms.istio_beacon_k8s.v0.service_mesh LIBPATCH 20, PolicyResourceManager.reconcile",
  managed: `${BEACON}, _sync_authorization_policies (config manage-authorization-policies)`,
  istioValidation: "istio 86c9f01, pkg/config/validation/validation.go, ValidateAuthorizationPolicy",
} as const;

/** The beacon: the charm that makes policies for every application that is related to it. */
export const BEACON_KNOWLEDGE = {
  charm: "istio-beacon-k8s",
  interface: "service_mesh",
  endpoint: "service-mesh",
  /** Its own UnitPolicy: every scraper of its metrics reaches the metrics proxy. */
  metrics: { relation: "metrics-endpoint", port: 15090, citation: `${BEACON}, _service_mesh_policies` },
  /** Scope labels of its resource managers; the instance label is made by `create_charm_default_labels`. */
  policyScope: { value: "istio-authorization-policy", citation: `${BEACON}, AUTHORIZATION_POLICY_LABEL` },
  modelOperator: {
    scope: "modeloperator-authorization-policy",
    labels: { "juju-modeloperator": "modeloperator" },
    citation: `${BEACON}, _sync_authorization_policies (config model-on-mesh)`,
  },
  /** Suffix of the waypoint's name, which is also its service account's. */
  waypointSuffix: { value: "-waypoint", citation: `${BEACON}, _waypoint_name` },
} as const;

/** The AuthorizationPolicy of `generate_allow_all_authorization_policy(app_name, namespace)`. */
export const ALLOW_ALL_HELPER = {
  nameSuffix: "-allow-all",
  citation: "charmed-kubeflow-chisme, service_mesh/policies.py, generate_allow_all_authorization_policy",
} as const;

/**
 * How charms build AuthorizationPolicy resources themselves. `models`: classes whose keyword arguments are the fields (`from_` for
 * `from`); `dumps`: their methods that give a dict; `dictMethods`: methods that take a resource as a dict.
 */
export const RAW_POLICY_SOURCES = {
  resourceClass: "AuthorizationPolicy",
  genericResource: {
    names: ["lightkube.generic_resource.create_namespaced_resource"],
    parameters: ["group", "version", "kind", "plural", "verbs"],
  },
  models: [
    "ObjectMeta",
    "AuthorizationPolicySpec",
    "WorkloadSelector",
    "PolicyTargetReference",
    "Rule",
    "From",
    "To",
    "Source",
    "Operation",
    "Condition",
    "Provider",
  ] as readonly string[],
  dumps: ["model_dump", "dict", "to_dict"] as readonly string[],
  dictMethods: ["from_dict", "apply", "create", "replace"] as readonly string[],
  /** The members of the models' enums, whose values are their names in capitals. */
  members: /(?:^|\.)(?:Action|Method)\.([a-z]+)$/i,
  allowAll: "generate_allow_all_authorization_policy",
  citation:
    "lightkube 0.17, generic_resource.py; charmed-service-mesh-helpers 0.4.0, models.py; canonical-service-mesh 0.1.0, models/istio",
} as const;

const INGRESS = "istio-ingress-k8s, src/charm.py (canonical/service-mesh ba7356f)";

/** The ingress of the charmed Istio: it applies policies of its own, for its gateway and on what the gateway leads to. */
export const INGRESS_KNOWLEDGE = {
  charm: "istio-ingress-k8s",
  /** The gateway's name, which is also its service account's, is the application's with this at its end (`managed_name`). */
  gatewaySuffix: "-istio",
  citation: `${INGRESS}, _construct_auth_policies and the other _construct_…_policy methods`,
  l4Scope: "istio-ingress-authorization-policy",
  external: { scope: "external-traffic-authorization-policy", blocks: ["0.0.0.0/0"] },
  authorizer: {
    scope: "external-authorizer-authorization-policy",
    relation: "forward-auth",
    config: "istio-ingress-config",
  },
  tokens: { scope: "deny-without-jwt-authorization-policy", relation: "istio-request-auth" },
} as const;

/** The control plane of the charmed Istio. */
export const ISTIO_KNOWLEDGE = {
  charm: "istio-k8s",
  /** Istio's ALLOW for a waypoint, which it computes for each workload behind that waypoint. */
  waypointAllow: {
    name: "istio_allow_waypoint_",
    text: "Istio adds this ALLOW for the waypoint itself, at each workload whose Service is behind the waypoint. It is no Kubernetes resource.",
    citation: "istio 86c9f01, ambient/policies.go, implicitWaypointPolicy",
  },
  hardened: {
    scope: "istio-authorization-policy",
    gatewayClass: "istio-waypoint",
    citation:
      "istio-k8s, src/charm.py (canonical/service-mesh ba7356f), _build_authorization_policies_for_hardened_mode",
  },
} as const;
