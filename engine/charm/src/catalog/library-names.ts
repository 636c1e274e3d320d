/**
 * What a class or function of the libraries is, whatever module it is imported from. The charm room matches calls by these,
 * so that both generations of the mesh library, and every re-export, mean the same.
 */
export type LibraryConcept =
  | "Coordinator"
  | "Worker"
  | "ClusterRolesConfig"
  | "WorkerTelemetryProxyConfig"
  | "ServiceMeshConsumer"
  | "ServiceMeshProvider"
  | "PolicyResourceManager"
  | "AppPolicy"
  | "UnitPolicy"
  | "Policy"
  | "MeshPolicy"
  | "Endpoint"
  | "Method"
  | "MeshType"
  | "PolicyTargetType"
  | "AuthorizationPolicy"
  | "allow-all"
  | "Client"
  | "KubernetesServicePatch"
  | "KubernetesServicePatchComponent"
  | "ServicePort"
  | "Port"
  | "OpenedPort";

interface Generation {
  /** Module that the names can be imported from. */
  readonly module: string;
  readonly names: readonly (readonly [name: string, concept: LibraryConcept])[];
  readonly citation: string;
}

const same = (...names: LibraryConcept[]): readonly (readonly [string, LibraryConcept])[] =>
  names.map((name) => [name, name] as const);

/** The Charmhub-hosted mesh library, the packaged one that follows it, and the packages that both rest on. */
const GENERATIONS: readonly Generation[] = [
  {
    module: "charms.istio_beacon_k8s.v0.service_mesh",
    names: same(
      "ServiceMeshConsumer",
      "ServiceMeshProvider",
      "PolicyResourceManager",
      "AppPolicy",
      "UnitPolicy",
      "Policy",
      "MeshPolicy",
      "Endpoint",
      "Method",
      "MeshType",
      "PolicyTargetType",
      "AuthorizationPolicy",
      "Client",
    ),
    citation: "charms.istio_beacon_k8s.v0.service_mesh, LIBPATCH 20",
  },
  {
    module: "charmlibs.interfaces.service_mesh",
    names: same(
      "ServiceMeshConsumer",
      "ServiceMeshProvider",
      "AppPolicy",
      "UnitPolicy",
      "Policy",
      "MeshPolicy",
      "Endpoint",
      "Method",
      "MeshType",
      "PolicyTargetType",
    ),
    citation: "charmlibs-interfaces-service-mesh 1.0.2, src/charmlibs/interfaces/service_mesh/__init__.py",
  },
  {
    module: "canonical_service_mesh.k8s.resource_manager",
    names: same("PolicyResourceManager"),
    citation: "canonical-service-mesh 0.1.0, k8s/resource_manager/__init__.py",
  },
  {
    module: "canonical_service_mesh.enums",
    names: same("Method", "MeshType", "PolicyTargetType"),
    citation: "canonical-service-mesh 0.1.0, enums.py",
  },
  {
    module: "canonical_service_mesh.k8s.types.istio",
    names: same("AuthorizationPolicy"),
    citation: "canonical-service-mesh 0.1.0, k8s/types/istio/__init__.py",
  },
  {
    module: "lightkube_extensions.types",
    names: same("AuthorizationPolicy"),
    citation: "lightkube-extensions 0.3.0, types (used by service_mesh.py since LIBPATCH 16)",
  },
  {
    module: "charmed_kubeflow_chisme.service_mesh",
    names: [["generate_allow_all_authorization_policy", "allow-all"]],
    citation: "charmed-kubeflow-chisme, service_mesh/__init__.py",
  },
  {
    module: "coordinated_workers.coordinator",
    names: same("Coordinator", "ClusterRolesConfig"),
    citation: "coordinated-workers 4.1.2, coordinator.py",
  },
  { module: "coordinated_workers.worker", names: same("Worker"), citation: "coordinated-workers 4.1.2, worker.py" },
  {
    module: "coordinated_workers.worker_telemetry",
    names: same("WorkerTelemetryProxyConfig"),
    citation: "coordinated-workers 4.1.2, worker_telemetry.py",
  },
  {
    module: "cosl.coordinated_workers.coordinator",
    names: same("Coordinator", "ClusterRolesConfig"),
    citation: "cosl 0.0.57, the home of coordinated-workers before it was a package of its own; without mesh support",
  },
  {
    module: "cosl.coordinated_workers.worker",
    names: same("Worker"),
    citation: "cosl 0.0.57, the home of coordinated-workers before it was a package of its own; without mesh support",
  },
  {
    module: "charms.observability_libs.v1.kubernetes_service_patch",
    names: same("KubernetesServicePatch", "ServicePort"),
    citation: "charms.observability_libs.v1.kubernetes_service_patch",
  },
  {
    module: "charms.observability_libs.v0.kubernetes_service_patch",
    names: same("KubernetesServicePatch"),
    citation: "charms.observability_libs.v0.kubernetes_service_patch",
  },
  { module: "lightkube.models.core_v1", names: same("ServicePort"), citation: "lightkube 0.17, models/core_v1.py" },
  { module: "lightkube", names: same("Client"), citation: "lightkube 0.17, __init__.py" },
  { module: "lightkube.core.client", names: same("Client"), citation: "lightkube 0.17, core/client.py" },
  {
    module: "ops",
    names: same("Port", "OpenedPort"),
    citation: "ops 2.23, ops.Port and its older name ops.OpenedPort",
  },
  { module: "ops.model", names: same("Port", "OpenedPort"), citation: "ops 2.23, model.py" },
];

const concepts: ReadonlyMap<string, LibraryConcept> = new Map(
  GENERATIONS.flatMap((each) => each.names.map(([name, concept]) => [`${each.module}.${name}`, concept] as const)),
);

/** The meaning of a fully qualified name (`module.Name`); null for a name outside of the libraries. */
export function conceptOf(qualified: string): LibraryConcept | null {
  return concepts.get(qualified) ?? null;
}

/** Every qualified name of a concept, both generations. */
export function qualifiedNamesOf(concept: LibraryConcept): readonly string[] {
  return [...concepts].filter(([, each]) => each === concept).map(([name]) => name);
}

/**
 * Packages with "mesh" in their names that never look a relation up: an import of them does not show whether the charm uses its mesh
 * relation. (charmed-service-mesh-helpers 0.4.0: models and label helpers; charmed-kubeflow-chisme, service_mesh/__init__.py: a
 * helper that makes an AuthorizationPolicy; canonical-service-mesh 0.1.0: enums, resource types and a resource manager)
 */
const WITHOUT_RELATIONS =
  /^(?:charmed_service_mesh_helpers|charmed_kubeflow_chisme\.service_mesh|canonical_service_mesh)(?:\.|$)/;

/** Whether a module belongs to a mesh package that never looks a relation up. */
export function neverLooksUpRelations(module: string): boolean {
  return WITHOUT_RELATIONS.test(module);
}

/** Module of the Charmhub-hosted mesh library, which is fetched into the charm's `lib` folder. */
export const MESH_LIBRARY = "charms.istio_beacon_k8s.v0.service_mesh";

/** Module of the packaged mesh library (charmlibs-interfaces-service-mesh), which needs no file in the charm. */
export const PACKAGED_MESH_LIBRARY = "charmlibs.interfaces.service_mesh";
