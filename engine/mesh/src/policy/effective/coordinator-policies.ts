import { type CoordinatorCall, interfaceKnowledge, MESH_ENDPOINT_KEYS, POLICY_CITATIONS } from "#charm";
import { citedReason, type Fact, known, knownValue, type Reason, reasonAt } from "#python";
import type { EffectivePolicy } from "../effective-policy.ts";
import { clusterInternalPolicies, clusterResourceManager } from "../library/cluster-internal.ts";
import { NGINX_EXPORTER_PORT, PARTIAL_MESH_ENDPOINTS, PROXIED_METRICS_PATH } from "../library/coordinator-defaults.ts";
import { compareCodePoints } from "../python/text.ts";
import { type ApplicationContext, type Contribution, NOTHING, problem } from "./application-context.ts";
import { endpointName } from "./coordinator-endpoints.ts";
import { meshSupport, proxyPort } from "./coordinator-facts.ts";
import { applicationKey, type OwnRelation } from "./deployed.ts";
import { effectivePolicyOf, type PolicyMaker } from "./effective-policy-of.ts";
import { knownPolicy, type ReadPolicy } from "./read-policy.ts";

/** The policies that coordinated_workers gives to a coordinator's consumer before the charm's own. */
export function coordinatorDefaults(context: ApplicationContext, call: CoordinatorCall): readonly ReadPolicy[] {
  const metrics = knownValue(endpointName(call.endpoints, "metrics"));
  if (metrics === undefined || metrics === null) return [];
  const start = meshReasons(call);
  const exporter = citedReason(
    `By default scrapers reach the nginx exporter of each unit, port ${NGINX_EXPORTER_PORT}.`,
    POLICY_CITATIONS.defaults,
  );
  const unit = knownPolicy({ kind: "UnitPolicy", relation: metrics, ports: [NGINX_EXPORTER_PORT] }, [
    ...start,
    exporter,
  ]);
  const proxy = proxyPort(context, call);
  if (proxy.best === null) return [unit];
  const ports: Fact<readonly number[] | null> =
    proxy.port.kind === "known" ? known(proxy.port.value === null ? null : [proxy.port.value]) : listOf(proxy.port);
  const endpoint = {
    hosts: null,
    ports: proxy.best ? [proxy.best] : [],
    methods: ["GET"],
    paths: [PROXIED_METRICS_PATH],
  };
  const proxied = citedReason(
    "By default scrapers reach the metrics of each worker through the coordinator's proxy.",
    POLICY_CITATIONS.defaults,
  );
  const app: ReadPolicy = {
    policy: { kind: "AppPolicy", relation: metrics, endpoints: [endpoint], service: null },
    uncertain: ports.kind === "known" ? null : [ports],
    unread: null,
    condition: null,
    refused: null,
    because: [...start, ...proxy.because, proxied],
  };
  return [unit, app];
}

/** A fact about one port as a fact about the list that holds it. */
function listOf(port: Fact<number | null>): Fact<readonly number[] | null> {
  if (port.kind === "oneOf") {
    return { ...port, options: port.options.map((one) => (one === null ? null : [one])) };
  }
  return port.kind === "unknown"
    ? port
    : { kind: "unknown", why: "the proxy's port can't be read", because: port.because };
}

function meshReasons(call: CoordinatorCall): readonly Reason[] {
  const given = call.endpoints.entries.filter((entry) => MESH_ENDPOINT_KEYS.includes(entry.key));
  const made = reasonAt(call.call, `${call.className} is made with the three mesh endpoints.`);
  return [made, ...given.slice(0, 1).map((entry) => reasonAt(entry.keyLocation, "mesh support is turned on here"))];
}

/**
 * The policies inside a coordinator's cluster, made by its own PolicyResourceManager whether or not the beacon manages
 * policies: none without a related beacon. Worker applications in the order of their code points (the library's is random).
 */
export function clusterPolicies(context: ApplicationContext, call: CoordinatorCall): Contribution {
  if (context.beacon === null) return NOTHING;
  const { application } = context;
  const coordinator = { app: application.name, model: application.model };
  const made = clusterResourceManager(coordinator);
  if ("error" in made)
    return problem(`${application.name}: ${made.error.message}`, [reasonAt(call.call, call.className)]);
  const maker: PolicyMaker = { manager: coordinator, labels: Object.fromEntries(made.value.labels) };
  const workers = workersOf(context, call);
  const because = [
    ...meshReasons(call),
    ...context.beacon.relation.because,
    citedReason("The coordinator keeps the policies inside its cluster itself.", POLICY_CITATIONS.clusterInternal),
  ];
  const internal = clusterInternalPolicies(coordinator, [...workers.keys()]);
  if ("error" in internal) return NOTHING;
  const policies: EffectivePolicy[] = internal.value.map((policy) =>
    effectivePolicyOf({
      origin: "cluster-internal",
      policy,
      read: { uncertain: null, unread: null, condition: null },
      relation: null,
      because: [...because.slice(0, 1), ...(workers.get(policy.source_app_name) ?? []), ...because.slice(1)],
      maker,
      dropped: null,
    }),
  );
  return { ...NOTHING, policies };
}

/** The worker applications with at least one unit, and the reasons of their cluster relations. */
function workersOf(context: ApplicationContext, call: CoordinatorCall): ReadonlyMap<string, readonly Reason[]> {
  const cluster = knownValue(endpointName(call.endpoints, "cluster"));
  const workers = new Map<string, readonly Reason[]>();
  for (const own of context.relations) {
    if (own.relation.peer || !isClusterRelation(own, cluster)) continue;
    const { application, model } = own.remote;
    if (context.units.get(applicationKey(model, application)) === 0 || workers.has(application)) continue;
    workers.set(application, own.relation.because);
  }
  return new Map([...workers].sort(([a], [b]) => compareCodePoints(a, b)));
}

/** By the endpoint's name; by the interface if neither the source nor the charm gives the name. */
function isClusterRelation(own: OwnRelation, cluster: string | null | undefined): boolean {
  if (cluster && own.endpoint !== null) return own.endpoint === cluster;
  const { interface: name } = own.relation;
  return own.side === "provider" && name !== null && interfaceKnowledge(name)?.handledBy === "cluster";
}

/** What is wrong with a coordinator's mesh endpoints, if anything. */
export function partialMeshProblem(context: ApplicationContext, call: CoordinatorCall): Contribution {
  if (meshSupport(context.charm, call) !== "partial") return NOTHING;
  const reason = citedReason(`ValueError: ${PARTIAL_MESH_ENDPOINTS}`, POLICY_CITATIONS.partialEndpoints);
  const place = reasonAt(call.endpoints.location ?? call.call, "endpoints of the coordinator");
  return problem(`${context.application.name} fails when it starts, so it makes no policies.`, [place, reason]);
}
