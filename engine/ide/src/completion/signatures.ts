import type { CharmModel } from "#charm";

/** One parameter of a policy class, for signature help and keyword completion. */
export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly about: string;
  /** The text behind `name=`, in LSP's snippet syntax. */
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
 * Coordinator, Worker and WorkerTelemetryProxyConfig of coordinated-workers 4.1.2, as their sources define them.
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
    name: "Coordinator",
    about:
      "Runs a cluster of workers behind nginx, and puts it on the mesh where the three mesh keys of `endpoints` are set.",
    parameters: [
      { name: "charm", type: "ops.CharmBase", about: "The charm itself.", snippet: "self" },
      { name: "roles_config", type: "ClusterRolesConfig", about: "The roles that workers can take.", snippet: "$1" },
      { name: "external_url", type: "str", about: "The URL of the ingress, else the host's own name.", snippet: "$1" },
      {
        name: "worker_metrics_port",
        type: "int",
        about: "The port at which workers serve their metrics.",
        snippet: "$1",
      },
      {
        name: "endpoints",
        type: "_EndpointMapping",
        about: "The relations by the library's own keys.",
        snippet: "{$1}",
      },
      {
        name: "nginx_config",
        type: "NginxConfig",
        about: "The configuration of nginx before the workers.",
        snippet: "$1",
      },
      {
        name: "workers_config",
        type: "Callable[[Coordinator], str]",
        about: "Makes the workers' configuration.",
        snippet: "$1",
      },
      {
        name: "worker_ports",
        type: "Optional[Callable[[str], Sequence[int]]]",
        about: "The ports that a role opens.",
        snippet: "$1",
      },
      {
        name: "is_coherent",
        type: "Optional[Callable[[ClusterProvider, ClusterRolesConfig], bool]]",
        about: "Whether the roles of the workers are enough.",
        snippet: "$1",
      },
      {
        name: "resources_limit_options",
        type: "Optional[_ResourceLimitOptionsMapping]",
        about: "The config options for resource limits.",
        snippet: "$1",
      },
      {
        name: "resources_requests",
        type: "Optional[Callable[[Coordinator], Dict[str, str]]]",
        about: "The resources to request.",
        snippet: "$1",
      },
      {
        name: "container_name",
        type: "Optional[str]",
        about: "The container whose resources are limited.",
        snippet: '"$1"',
      },
      {
        name: "remote_write_endpoints",
        type: "Optional[Callable[[], List[RemoteWriteEndpoint]]]",
        about: "Where workers send metrics.",
        snippet: "$1",
      },
      {
        name: "workload_tracing_protocols",
        type: "Optional[List[ReceiverProtocol]]",
        about: "The protocols of the workload's traces.",
        snippet: '["$1"]',
      },
      { name: "catalogue_item", type: "Optional[CatalogueItem]", about: "The entry in the catalogue.", snippet: "$1" },
      {
        name: "worker_telemetry_proxy_config",
        type: "Optional[WorkerTelemetryProxyConfig]",
        about: "The ports at which the coordinator takes the telemetry of its workers; needed on the mesh.",
        snippet: "WorkerTelemetryProxyConfig(http_port=$1, https_port=$2)",
      },
      {
        name: "charm_mesh_policies",
        type: "Optional[List[AppPolicy | UnitPolicy]]",
        about: "Who is let in beside what the library lets in by itself.",
        snippet: "[$1]",
      },
      { name: "peer_relation", type: "str", about: "The peer relation; default peers.", snippet: '"$1"' },
    ],
    relations: ["peer_relation"],
  },
  {
    name: "Worker",
    about: "Runs the part of a cluster that its coordinator assigns.",
    parameters: [
      { name: "charm", type: "ops.CharmBase", about: "The charm itself.", snippet: "self" },
      { name: "name", type: "str", about: "The container in which the workload runs.", snippet: '"$1"' },
      {
        name: "pebble_layer",
        type: "Callable[[Worker], Layer]",
        about: "Makes the layer that Pebble runs.",
        snippet: "$1",
      },
      {
        name: "endpoints",
        type: "_EndpointMapping",
        about: "The relation to the coordinator, by the key `cluster`.",
        snippet: '{"cluster": "$1"}',
      },
      {
        name: "readiness_check_endpoint",
        type: "Optional[Union[str, Callable[[Worker], str]]]",
        about: "The URL that says that the workload is ready.",
        snippet: "$1",
      },
      {
        name: "resources_limit_options",
        type: "Optional[_ResourceLimitOptionsMapping]",
        about: "The config options for resource limits.",
        snippet: "$1",
      },
      {
        name: "resources_requests",
        type: "Optional[Callable[[Worker], Dict[str, str]]]",
        about: "The resources to request.",
        snippet: "$1",
      },
      {
        name: "container_name",
        type: "Optional[str]",
        about: "The container whose resources are limited.",
        snippet: '"$1"',
      },
    ],
    relations: [],
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

/**
 * The signature of a class by its last name; null for one that is not of the mesh. The charm's own subclasses of Coordinator and Worker
 * take what these take.
 */
export function signatureOf(name: string, charm: CharmModel | null): Signature | null {
  const base =
    name === charm?.coordinator?.className ? "Coordinator" : name === charm?.worker?.className ? "Worker" : name;
  return SIGNATURES.find((each) => each.name === base) ?? null;
}
