import { BEACON_KNOWLEDGE, INGRESS_KNOWLEDGE } from "#charm";
import { deployedOf } from "../policy/effective/deployed.ts";
import { charmKubernetesLabel } from "../policy/library/label-values.ts";
import { ASSUMED_MODEL } from "../topology/assembly/topology-parts.ts";
import type { Application, Topology } from "../topology/topology.ts";
import type { Peer } from "./access-line.ts";

/** One end of a refused connection, as far as the deployment knows it. */
export interface Party {
  /** `<model>/<application>`; where the deployment has no such application, what the log line says (`10.1.2.3`, `pod cos/web-0`). */
  readonly label: string;
  /** The application as the deployment names it; null if it is unknown. */
  readonly application: { readonly model: string; readonly name: string } | null;
  /** The Kubernetes namespace that the log names; null where it names none. */
  readonly namespace: string | null;
  /** A waypoint calls pods for everybody who passed it. */
  readonly waypoint: boolean;
}

/** Finds the applications of a deployment behind the names in a log. */
export interface Directory {
  party(peer: Peer): Party;
}

/**
 * The directory of one deployment. A name counts as an application's in this order: the SPIFFE identity (Juju gives each application its
 * service account), the pod's name (`<application>-<n>`), the Service's name, the address as `juju status` has it. A deployment that does
 * not name its model (a bundle, an inferred one) takes the first namespace in which the log names one of its applications.
 */
export function directoryOf(topology: Topology, serviceOwners: ReadonlyMap<string, string>): Directory {
  const applications = new Map(topology.applications.map((one) => [`${one.model}/${one.name}`, one]));
  const addresses = addressBook(topology.applications);
  const gateways = gatewayNames(topology);
  const assumes = topology.models.every((model) => model === ASSUMED_MODEL) && topology.source !== "status";
  let namespaceOfAssumed: string | null = null;

  const modelOf = (namespace: string, name: string): string => {
    if (!assumes || !applications.has(`${ASSUMED_MODEL}/${name}`)) return namespace;
    namespaceOfAssumed ??= namespace;
    return namespace === namespaceOfAssumed ? ASSUMED_MODEL : namespace;
  };
  const named = (namespace: string, name: string): Party => {
    const model = modelOf(namespace, name);
    return { label: `${model}/${name}`, application: { model, name }, namespace, waypoint: false };
  };
  const known = (namespace: string, name: string): Party | null => {
    const party = named(namespace, name);
    return applications.has(party.label) ? party : null;
  };

  const byIdentity = ({ identity }: Peer): Party | null => {
    if (identity === null) return null;
    const { namespace, account } = identity;
    const gateway = gateways.get(`${namespace}/${account}`);
    if (gateway === undefined) return named(namespace, account);
    const { model, name } = gateway.application;
    return { ...named(model, name), namespace, waypoint: gateway.waypoint, label: gateway.label };
  };
  const byPod = ({ pod }: Peer): Party | null => {
    const [, name] = pod === null ? [] : (/^(.+)-\d{1,5}$/.exec(pod.name) ?? []);
    return pod === null || name === undefined ? null : known(pod.namespace, name);
  };
  const byService = ({ service }: Peer): Party | null => {
    if (service === null) return null;
    const { namespace, name } = service;
    const owner = serviceOwners.get(`${modelOf(namespace, name)}/${name}`);
    return known(namespace, name) ?? (owner === undefined ? null : known(namespace, owner));
  };
  const byAddress = ({ address }: Peer): Party | null => {
    const found = address === null ? undefined : addresses.get(address);
    return found ? { ...named(found.model, found.name), namespace: found.model } : null;
  };

  return {
    party: (peer) => byIdentity(peer) ?? byPod(peer) ?? byService(peer) ?? byAddress(peer) ?? unknownParty(peer),
  };
}

function unknownParty({ pod, service, address }: Peer): Party {
  const label =
    pod !== null
      ? `pod ${pod.namespace}/${pod.name}`
      : service !== null
        ? `Service ${service.namespace}/${service.name}`
        : (address ?? "an unnamed peer");
  return { label, application: null, namespace: (pod ?? service)?.namespace ?? null, waypoint: false };
}

/** IP address → application; an address that two applications share (host networking, two states) is not in it. */
function addressBook(applications: readonly Application[]): ReadonlyMap<string, Application> {
  const found = new Map<string, Application | null>();
  for (const application of applications)
    for (const { ip } of application.addresses ?? []) {
      const before = found.get(ip);
      found.set(ip, before === undefined || before === application ? application : null);
    }
  return new Map([...found].flatMap(([ip, application]) => (application ? [[ip, application] as const] : [])));
}

interface GatewayName {
  readonly application: Application;
  readonly label: string;
  readonly waypoint: boolean;
}

/** The service accounts of the proxies that beacons and ingresses start, by `<namespace>/<account>`. */
function gatewayNames(topology: Topology): ReadonlyMap<string, GatewayName> {
  const found = new Map<string, GatewayName>();
  for (const beacon of deployedOf(topology).beacons) {
    const parts = { suffix: BEACON_KNOWLEDGE.waypointSuffix.value, separator: "-" } as const;
    const label = charmKubernetesLabel({ ...parts, model: beacon.model, app: beacon.name });
    if (!("value" in label)) continue;
    const shown = `${beacon.model}/${beacon.name} (waypoint)`;
    found.set(`${beacon.model}/${label.value}`, { application: beacon, label: shown, waypoint: true });
  }
  for (const one of topology.applications)
    if (one.charm === INGRESS_KNOWLEDGE.charm) {
      const label = `${one.model}/${one.name} (gateway)`;
      found.set(`${one.model}/${one.name}${INGRESS_KNOWLEDGE.gatewaySuffix}`, {
        application: one,
        label,
        waypoint: false,
      });
    }
  return found;
}
