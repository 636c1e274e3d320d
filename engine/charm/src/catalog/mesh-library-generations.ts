/*
 * What the Charmhub-hosted mesh library (charms.istio_beacon_k8s.v0.service_mesh) had and needed at each LIBPATCH. Read off its
 * history in canonical/istio-beacon-k8s-operator (since July 2026 canonical/service-mesh, charms/istio-beacon-k8s), lib/charms/istio_beacon_k8s/v0/service_mesh.py.
 */

const CITATION = "canonical/istio-beacon-k8s-operator, history of lib/charms/istio_beacon_k8s/v0/service_mesh.py";

const SINCE: ReadonlyMap<string, number> = new Map([
  ["build_mesh_policies", 3],
  ["reconcile_charm_labels", 5],
  ["AppPolicy", 7],
  ["UnitPolicy", 7],
  ["PolicyTargetType", 7],
  ["MeshType", 10],
  ["PolicyResourceManager", 10],
  ["ServiceMeshProviderAppData", 11],
  ["get_data_from_cmr_relation", 17],
]);

/** The LIBPATCH since which the library has a name; null for one that it always had or that is not known. */
export function meshLibrarySince(name: string): { readonly patch: number; readonly citation: string } | null {
  const patch = SINCE.get(name);
  return patch === undefined ? null : { patch, citation: CITATION };
}

/** A package that the library imports at some LIBPATCH. */
export interface MeshLibraryNeed {
  readonly package: string;
  /** PEP 440 range that has what is imported. */
  readonly range: string;
  readonly sincePatch: number;
  readonly citation: string;
}

/** Packages that are no usual dependency of a charm, from the LIBPATCH on that imports them. */
export const MESH_LIBRARY_NEEDS: readonly MeshLibraryNeed[] = [
  {
    package: "charmed-service-mesh-helpers",
    range: ">=0.2.0",
    sincePatch: 10,
    citation: `${CITATION}; the guide, "Add required dependencies"`,
  },
  {
    package: "lightkube-extensions",
    range: "",
    sincePatch: 10,
    citation: `${CITATION}; the guide, "Add required dependencies"`,
  },
  {
    package: "lightkube-extensions",
    range: ">=0.3.0",
    sincePatch: 16,
    citation: `${CITATION} (LIBPATCH 16 imports AuthorizationPolicy from lightkube_extensions.types)`,
  },
];

/** What both libraries use of pydantic (`model_dump`, `model_validate`) came with its version 2. */
export const PYDANTIC_NEED = {
  package: "pydantic",
  range: ">=2",
  citation: `${CITATION}; charmlibs-interfaces-service-mesh, changelog of 1.0.1: "pins pydantic to >=2,<3"`,
} as const;

/** Packages that bring the library's needs along: their published metadata name them. */
export const MESH_LIBRARY_BRINGERS: readonly {
  readonly package: string;
  readonly range: string;
  readonly brings: readonly string[];
}[] = [
  {
    package: "coordinated-workers",
    range: ">=2.1.0",
    brings: ["charmed-service-mesh-helpers", "lightkube-extensions"],
  },
  { package: "lightkube-extensions", range: ">=1.0.0", brings: ["charmed-service-mesh-helpers"] },
];

/** Where the packaged generation has a name; null where it has none of that name. */
export function packagedModuleOf(name: string): string | null {
  if (IN_INTERFACE.has(name)) return "charmlibs.interfaces.service_mesh";
  if (name === "PolicyResourceManager") return "canonical_service_mesh.k8s.resource_manager";
  if (name === "reconcile_charm_labels") return "canonical_service_mesh.utils.istio";
  return null;
}

const IN_INTERFACE: ReadonlySet<string> = new Set([
  "AppPolicy",
  "build_mesh_policies",
  "CMRData",
  "Endpoint",
  "get_data_from_cmr_relation",
  "MeshPolicy",
  "MeshType",
  "Method",
  "Policy",
  "PolicyTargetType",
  "ServiceMeshConsumer",
  "ServiceMeshProvider",
  "UnitPolicy",
]);
