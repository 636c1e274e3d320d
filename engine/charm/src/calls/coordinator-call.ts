import {
  argumentValue,
  asInt,
  asIntList,
  asString,
  asStringList,
  type CallSite,
  callWith,
  type Fact,
  known,
  oneOf,
  optionsOfValue,
  orNone,
  type Program,
  type PyValue,
  unknown,
} from "#python";
import { constructorOf } from "../catalog/constructors.ts";
import { COORDINATOR_DEFAULTS } from "../catalog/library-defaults.ts";
import type { CoordinatorCall, TelemetryProxy, TelemetryProxyCall, WorkerCall } from "../library-call.ts";
import { type Damage, hiddenArguments } from "../source/damage.ts";
import { endpointMap } from "./endpoint-map.ts";
import {
  argumentFact,
  argumentPlaces,
  callsOf,
  defaultFact,
  givenFact,
  isMadeBy,
  type LibraryArguments,
  libraryArguments,
  placeOfArgument,
} from "./library-calls.ts";
import { nginxServerPorts } from "./nginx-server-ports.ts";
import { type PolicyList, policyList } from "./policy-lists.ts";

/** The charm's Coordinator, or null. Of several the first one in `src/charm.py`, else the first one found. */
export function coordinatorCall(program: Program, damage: Damage): CoordinatorCall | null {
  const site = mainSite(callsOf(program, "Coordinator"));
  if (!site) return null;
  const args = siteArguments("Coordinator", site, damage);
  return {
    className: site.name,
    earlier: site.matched.startsWith("cosl."),
    callee: site.callee,
    call: site.call,
    endpoints: endpointMap(program, args.byName.get("endpoints"), damage),
    workerMetricsPort: argumentFact(program, args, "worker_metrics_port", asInt, notGiven("worker_metrics_port")),
    telemetryProxy: telemetryProxy(program, args),
    workloadTracingProtocols: argumentFact(program, args, "workload_tracing_protocols", listOrEmpty, () => known([])),
    workloadTracingLocation: placeOfArgument(args, "workload_tracing_protocols"),
    peerRelation: argumentFact(program, args, "peer_relation", asString, () =>
      defaultFact("peer_relation", COORDINATOR_DEFAULTS.peerRelation),
    ),
    peerRelationLocation: placeOfArgument(args, "peer_relation"),
    containerName: argumentFact(program, args, "container_name", orNone(asString), () => known(null)),
    containerNameLocation: placeOfArgument(args, "container_name"),
    resourcesRequests: givenFact(program, args, "resources_requests"),
    workerPorts: workerPorts(program, args),
    remoteWrite: givenFact(program, args, "remote_write_endpoints"),
    nginxServerPorts: argumentFact<readonly number[]>(
      program,
      args,
      "nginx_config",
      (value) => nginxServerPorts(program, value),
      () => known([]),
    ),
    roles: roleList(program, args, "roles"),
    minimalDeployment: roleList(program, args, "minimal_deployment"),
    metaRoles: metaRoles(program, args),
    arguments: argumentPlaces(args),
    argumentsOpen: args.open !== null,
    because: site.because,
  };
}

/** The policies that the charm hands to its Coordinator; complete and empty where it has none. */
export function coordinatorPolicies(program: Program, damage: Damage): PolicyList {
  const site = mainSite(callsOf(program, "Coordinator"));
  if (!site) return { entries: [], complete: true };
  return policyList(program, siteArguments("Coordinator", site, damage), "charm_mesh_policies", "coordinator");
}

/** The charm's Worker, or null. */
export function workerCall(program: Program, damage: Damage): WorkerCall | null {
  const site = mainSite(callsOf(program, "Worker"));
  if (!site) return null;
  const args = siteArguments("Worker", site, damage);
  return {
    className: site.name,
    callee: site.callee,
    call: site.call,
    endpoints: endpointMap(program, args.byName.get("endpoints"), damage),
    because: site.because,
  };
}

function siteArguments(concept: "Coordinator" | "Worker", site: CallSite, damage: Damage): LibraryArguments {
  return libraryArguments(concept, site.arguments, hiddenArguments(damage, site.call, site.arguments));
}

function mainSite(sites: readonly CallSite[]): CallSite | undefined {
  return sites.find((site) => site.module.path === "src/charm.py") ?? sites[0];
}

function notGiven(name: string): () => Fact<never> {
  return () => unknown(`\`${name}\` is not given`);
}

function listOrEmpty(value: PyValue): Fact<readonly string[]> {
  return value.kind === "none" ? known([], value.because) : asStringList(value);
}

function telemetryProxy(program: Program, args: LibraryArguments): Fact<TelemetryProxy | null> {
  return argumentFact<TelemetryProxy | null>(
    program,
    args,
    "worker_telemetry_proxy_config",
    (value) => {
      const options = optionsOfValue(value).map((each) => proxyOption(program, each));
      const [only] = options;
      if (options.length === 1 && only) return only;
      const readable = options.flatMap((each) => (each.kind === "known" ? [each.value] : []));
      return readable.length === options.length
        ? oneOf(readable, value.because)
        : unknown("one of several values, not all of them readable", value.because);
    },
    () => known(null),
  );
}

function proxyOption(program: Program, value: PyValue): Fact<TelemetryProxy | null> {
  if (value.kind === "none") return known(null, value.because);
  if (value.kind === "unknown") return unknown(value.why, value.because);
  if (!isMadeBy(value, "WorkerTelemetryProxyConfig") || !value.call) {
    return unknown("not a WorkerTelemetryProxyConfig that can be followed to its call", value.because);
  }
  const args = libraryArguments("WorkerTelemetryProxyConfig", value.arguments);
  const [http, https] = [portKeyword(args, "http"), portKeyword(args, "https")];
  const proxy: TelemetryProxy = {
    httpPort: argumentFact(program, args, http, asInt, notGiven("http_port")),
    httpsPort: argumentFact(program, args, https, asInt, notGiven("https_port")),
    httpPortLocation: placeOfArgument(args, http),
    httpsPortLocation: placeOfArgument(args, https),
    location: value.call,
  };
  return known(proxy, value.because);
}

/**
 * The keyword that gives a port: the field's name, else the name that a charm gave it (`http`). The latter is a TypeError, but it
 * still shows which port its author intends.
 */
function portKeyword(args: LibraryArguments, scheme: "http" | "https"): string {
  const names = [`${scheme}_port`, scheme, `port_${scheme}`, `${scheme}port`];
  return names.find((each) => args.byName.has(each)) ?? `${scheme}_port`;
}

/** The arguments of every `WorkerTelemetryProxyConfig(...)` in the charm, held against the dataclass's two fields. */
export function telemetryProxyCalls(program: Program, damage: Damage): readonly TelemetryProxyCall[] {
  const fields = constructorOf("WorkerTelemetryProxyConfig")?.parameters ?? [];
  return callsOf(program, "WorkerTelemetryProxyConfig").flatMap((site) => {
    // A subclass of the charm's own may have other fields.
    if (site.class) return [];
    const given = site.arguments;
    const hidden = given.open ?? hiddenArguments(damage, site.call, given);
    const names = new Set([...fields.slice(0, given.positional.length), ...given.keywords.keys()]);
    return [
      {
        call: site.call,
        callee: site.callee,
        unknown: [...given.keywords].flatMap(([name, { keyword }]) =>
          keyword && !fields.includes(name) ? [{ name, keyword }] : [],
        ),
        missing: hidden === null ? fields.filter((each) => !names.has(each)) : [],
        surplus: given.positional.slice(fields.length).map((each) => each.at),
      },
    ];
  });
}

/**
 * Ports that the workers open: `worker_ports` is called by the library with the role of each worker, so it is called here
 * with a role that is not known. Absent, the library publishes none.
 */
function workerPorts(program: Program, args: LibraryArguments): Fact<readonly number[]> {
  const given = args.byName.get("worker_ports");
  return argumentFact<readonly number[]>(
    program,
    args,
    "worker_ports",
    (value) => {
      if (value.kind === "none") return known([], value.because);
      if (!given || value.kind === "unknown") return asIntList(value);
      const role: PyValue = { kind: "unknown", why: "the role of a worker", because: [], configurable: [] };
      return asIntList(callWith(program, value, [role], given.at));
    },
    () => known([]),
  );
}

function roleList(program: Program, args: LibraryArguments, name: string): Fact<readonly string[]> {
  return rolesArgument(program, args, name, asStringList);
}

/** The roles that a meta role (`all` and the like) includes. */
function metaRoles(program: Program, args: LibraryArguments): Fact<ReadonlyMap<string, readonly string[]>> {
  return rolesArgument(program, args, "meta_roles", (value) => {
    if (value.kind !== "dict" || value.open !== null)
      return unknown("not a dictionary that can be read", value.because);
    const found = new Map<string, readonly string[]>();
    for (const entry of value.entries) {
      const role = asString(entry.key);
      const members = asStringList(entry.value);
      if (role.kind !== "known" || members.kind !== "known") {
        return unknown("a dictionary whose entries are not all known", value.because);
      }
      found.set(role.value, members.value);
    }
    return known(found, value.because);
  });
}

function rolesArgument<T>(
  program: Program,
  args: LibraryArguments,
  name: string,
  read: (value: PyValue) => Fact<T>,
): Fact<T> {
  return argumentFact<T>(
    program,
    args,
    "roles_config",
    (value) => {
      if (!isMadeBy(value, "ClusterRolesConfig")) {
        return unknown(
          value.kind === "unknown" ? value.why : "not a ClusterRolesConfig that can be read",
          value.because,
        );
      }
      const inner = libraryArguments("ClusterRolesConfig", value.arguments);
      const given = inner.byName.get(name);
      return given ? read(argumentValue(program, given)) : unknown(`\`${name}\` is not given`, value.because);
    },
    notGiven("roles_config"),
  );
}
