import type { CharmModel, CharmRelation, CoordinatorCall, RelationSide } from "#charm";
import { known, unknown } from "#python";
import { type Location, sourceFile } from "#syntax";

/** A place in a file that is nothing but this place. */
export function placeIn(path: string, line = 0): Location {
  const file = sourceFile(path, `${"\n".repeat(line)}here`);
  return { file, span: { start: line, end: line + 4 } };
}

/** Relations from `side endpoint=interface`, one per line. */
export function relationsOf(charm: string, list: string): readonly CharmRelation[] {
  return list
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line, index) => {
      const [, side = "", endpoint = "", name = ""] = /^(\S+) ([^=\s]+)=(\S+)$/.exec(line) ?? [];
      const key = placeIn(`${charm}/charmcraft.yaml`, index);
      return {
        endpoint,
        side: side as RelationSide,
        interface: name,
        limit: null,
        optional: null,
        scope: null,
        description: null,
        key,
        block: key,
        fields: new Map(),
      };
    });
}

/** A CharmModel with relations and nothing else; what a test needs beyond it, it gives. */
export function modelOf(name: string, relations: string, more: Partial<CharmModel> = {}): CharmModel {
  const nameLocation = placeIn(`${name}/charmcraft.yaml`);
  return {
    charm: { root: name, files: new Map(), unreadable: new Map() },
    kind: "standalone",
    test: false,
    metadata: {
      name,
      nameLocation,
      file: nameLocation.file,
      relations: relationsOf(name, relations),
      containers: [],
      config: new Map(),
      charmLibs: [],
      partPlugins: new Map(),
      problems: [],
      sections: new Map(),
    },
    coordinator: null,
    worker: null,
    consumers: [],
    policies: [],
    policiesComplete: true,
    resourceManagers: [],
    rawPolicies: [],
    openedPorts: known([]),
    openedPortPlaces: [],
    writtenPorts: [],
    ingressedPorts: [],
    published: [],
    libraries: [],
    dependencies: { packages: new Map(), files: [], hasLock: false },
    imports: [],
    relationUses: [],
    damaged: false,
    problems: [],
    ...more,
  } as CharmModel;
}

const MESH_ENDPOINTS = {
  "service-mesh": "service-mesh",
  "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",
  "service-mesh-require-cmr-mesh": "require-cmr-mesh",
};

/** An `endpoints={…}` map. */
export function endpointMap(charm: string, entries: Readonly<Record<string, string | null>>) {
  const at = placeIn(`${charm}/src/charm.py`);
  return {
    complete: true,
    location: at,
    entries: Object.entries(entries).map(([key, value]) => ({
      key,
      keyLocation: at,
      value: known(value),
      valueLocation: at,
      condition: null,
    })),
  };
}

/** A Coordinator call; `proxy` null switches telemetry proxying off. */
export function coordinatorCall(
  charm: string,
  endpoints: Readonly<Record<string, string | null>>,
  more: Partial<CoordinatorCall> & { readonly proxy?: number | null } = {},
): CoordinatorCall {
  const at = placeIn(`${charm}/src/charm.py`, 10);
  const { proxy = 3300, ...rest } = more;
  return {
    className: "Coordinator",
    callee: at,
    call: at,
    endpoints: endpointMap(charm, endpoints),
    workerMetricsPort: known(3200),
    telemetryProxy: known(proxy === null ? null : { httpPort: known(proxy), httpsPort: known(proxy), location: at }),
    workloadTracingProtocols: known([]),
    workloadTracingLocation: null,
    peerRelation: known("peers"),
    peerRelationLocation: null,
    containerName: known(null),
    containerNameLocation: null,
    resourcesRequests: known("absent"),
    workerPorts: unknown("not given"),
    remoteWrite: known("absent"),
    roles: unknown("not read"),
    arguments: new Map(),
    argumentsOpen: false,
    because: [{ text: "Coordinator(…)", location: at, citation: null }],
    ...rest,
  } as CoordinatorCall;
}

/** A coordinator charm on the mesh with its cluster relation and the usual telemetry. */
export function coordinatorModel(
  name: string,
  more: Partial<CoordinatorCall> & { readonly proxy?: number | null } = {},
) {
  return modelOf(
    name,
    `
    provides ${name}-cluster=${name}_cluster
    provides metrics-endpoint=prometheus_scrape
    provides provide-cmr-mesh=cross_model_mesh
    provides api=${name}_api
    requires s3=s3
    requires logging=loki_push_api
    requires self-charm-tracing=tracing
    requires self-workload-tracing=tracing
    requires send-remote-write=prometheus_remote_write
    requires certificates=tls-certificates
    requires ingress=ingress
    requires service-mesh=service_mesh
    requires require-cmr-mesh=cross_model_mesh
    peers peers=${name}_peers
    `,
    {
      kind: "coordinator",
      coordinator: coordinatorCall(
        name,
        {
          cluster: `${name}-cluster`,
          metrics: "metrics-endpoint",
          logging: "logging",
          s3: "s3",
          certificates: "certificates",
          "charm-tracing": "self-charm-tracing",
          "workload-tracing": "self-workload-tracing",
          ...MESH_ENDPOINTS,
        },
        more,
      ),
    },
  );
}

/** The worker charm of such a coordinator. */
export function workerModel(name: string, cluster: string, relations = "") {
  const at = placeIn(`${name}/src/charm.py`);
  return modelOf(name, `requires cluster=${cluster}_cluster\n${relations}`, {
    kind: "worker",
    worker: {
      className: "Worker",
      callee: at,
      call: at,
      endpoints: endpointMap(name, { cluster: "cluster" }),
      because: [],
    },
  });
}
