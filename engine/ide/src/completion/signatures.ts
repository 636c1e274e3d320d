/** One parameter of a policy class, for signature help and keyword completion. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly about: string;
  /** What stands behind `name=`, in LSP's snippet syntax. */
  readonly snippet: string;
}

/** A class of the mesh libraries that a charm calls. */
export interface Signature {
  readonly name: string;
  readonly about: string;
  readonly parameters: readonly Parameter[];
  /** Parameters whose strings name relations of the charm. */
  readonly relations: readonly string[];
}

const RELATION: Parameter = {
  name: "relation",
  type: "str",
  about: "The relation whose other side is let in; a relation that charmcraft.yaml does not declare is a KeyError.",
  snippet: '"$1"',
};

/**
 * The classes of charms.istio_beacon_k8s.v0.service_mesh (LIBPATCH 20) and charmlibs.interfaces.service_mesh, and
 * WorkerTelemetryProxyConfig of coordinated-workers 4.1.2, as their sources define them.
 */
const SIGNATURES: readonly Signature[] = [
  {
    name: "AppPolicy",
    about: "Lets the other side of a relation reach this charm's Service. HTTP rules, enforced at the waypoint.",
    parameters: [
      RELATION,
      {
        name: "endpoints",
        type: "List[Endpoint]",
        about: "What is let through; an empty list is everything.",
        snippet: "[Endpoint(ports=[$1])]",
      },
      { name: "service", type: "Optional[str]", about: "A Service other than the application's own.", snippet: '"$1"' },
    ],
    relations: ["relation"],
  },
  {
    name: "UnitPolicy",
    about:
      "Lets the other side of a relation reach this charm's pods directly. Port rules, enforced at ztunnel; no methods or paths.",
    parameters: [
      RELATION,
      {
        name: "ports",
        type: "Optional[List[int]]",
        about: "The ports; none or an empty list is every port.",
        snippet: "[$1]",
      },
    ],
    relations: ["relation"],
  },
  {
    name: "Policy",
    about: "The older form of AppPolicy; deprecated.",
    parameters: [
      RELATION,
      {
        name: "endpoints",
        type: "List[Endpoint]",
        about: "What is let through; an empty list is everything.",
        snippet: "[Endpoint(ports=[$1])]",
      },
      { name: "service", type: "Optional[str]", about: "A Service other than the application's own.", snippet: '"$1"' },
    ],
    relations: ["relation"],
  },
  {
    name: "Endpoint",
    about: "What an AppPolicy lets through. What is left out is not restricted.",
    parameters: [
      {
        name: "ports",
        type: "Optional[List[int]]",
        about: "Ports of the Service; each must be open on it.",
        snippet: "[$1]",
      },
      {
        name: "methods",
        type: "Optional[List[Method]]",
        about: "HTTP methods; the members are lower case.",
        snippet: "[Method.$1]",
      },
      {
        name: "paths",
        type: "Optional[List[str]]",
        about: "Exact, `prefix*`, `*suffix`, or templates with `{*}` and `{**}`.",
        snippet: '["/$1"]',
      },
      {
        name: "hosts",
        type: "Optional[List[str]]",
        about: "Host headers, matched at the waypoint only.",
        snippet: '["$1"]',
      },
    ],
    relations: [],
  },
  {
    name: "ServiceMeshConsumer",
    about: "Joins the mesh and asks the beacon for this charm's policies.",
    parameters: [
      {
        name: "mesh_relation_name",
        type: "str",
        about: "The service_mesh relation; default service-mesh.",
        snippet: '"$1"',
      },
      {
        name: "cross_model_mesh_requires_name",
        type: "str",
        about: "The required cross_model_mesh relation; default require-cmr-mesh.",
        snippet: '"$1"',
      },
      {
        name: "cross_model_mesh_provides_name",
        type: "str",
        about: "The provided cross_model_mesh relation; default provide-cmr-mesh.",
        snippet: '"$1"',
      },
      { name: "policies", type: "Optional[List[AppPolicy | UnitPolicy]]", about: "Who is let in.", snippet: "[$1]" },
      {
        name: "auto_join",
        type: "bool",
        about: "Whether the labels are put on the pods; default True.",
        snippet: "$1",
      },
    ],
    relations: ["mesh_relation_name", "cross_model_mesh_requires_name", "cross_model_mesh_provides_name"],
  },
  {
    name: "WorkerTelemetryProxyConfig",
    about: "The ports at which the coordinator takes the telemetry of its workers.",
    parameters: [
      { name: "http_port", type: "int", about: "The port without TLS; must be open on the Service.", snippet: "$1" },
      { name: "https_port", type: "int", about: "The port with TLS; must be open on the Service.", snippet: "$1" },
    ],
    relations: [],
  },
];

/** The signature of a class by its last name; null for one that is not of the mesh. */
export function signatureOf(name: string): Signature | null {
  return SIGNATURES.find((each) => each.name === name) ?? null;
}
