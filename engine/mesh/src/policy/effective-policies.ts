import type { CharmModel } from "#charm";
import { INGRESS_KNOWLEDGE, ISTIO_KNOWLEDGE } from "#charm";
import { beaconMode, type MeshMode } from "../topology/mesh-mode.ts";
import type { Application, Topology } from "../topology/topology.ts";
import {
  type ApplicationContext,
  type Contribution,
  joinedContributions,
  NOTHING,
} from "./effective/application-context.ts";
import { applicationPolicies } from "./effective/application-policies.ts";
import { beaconPolicies } from "./effective/beacon-policies.ts";
import { remembered } from "./effective/contribution-cache.ts";
import { applicationKey, type Deployed, deployedOf, relationsOf } from "./effective/deployed.ts";
import { ingressPolicies } from "./effective/ingress-policies.ts";
import { hardenedPolicies } from "./effective/istio-policies.ts";
import { inStableOrder } from "./effective/stable-order.ts";
import { waypointPolicy } from "./effective/waypoint-policy.ts";
import type { EffectivePolicies, EffectivePolicy, UnreadPolicies } from "./effective-policy.ts";

/** What decides about policies and stands neither in the charms nor in the topology. */
export interface EffectiveOptions {
  /** Default: the topology's own mode. Of it, `managed` and `modelOnMesh` decide which policies there are. */
  readonly mode?: MeshMode;
  /** Whether an application (`<model>/<app>`) has a certificate; one boolean speaks for all; absent: not known. */
  readonly tls?: boolean | ReadonlyMap<string, boolean>;
}

/**
 * All policies that a deployment will have, each with its origin and the reasons it rests on, in a stable order, duplicates
 * kept as the libraries keep them. `models` are the charms that were read; an application whose charm is not among them
 * contributes none and is listed in `unread`. Time is linear in relations; what one application contributes is remembered
 * for its charm model and its relations.
 */
export function effectivePolicies(
  models: readonly CharmModel[],
  topology: Topology,
  options: EffectiveOptions = {},
): EffectivePolicies {
  const contribution = contributions(models, topology, options);
  const { policies, ...rest } = joinedContributions(topology.applications.map(contribution));
  return { policies: inStableOrder(policies), ...rest };
}

/**
 * Of the same policies those that some applications of the topology contribute, in the same order; nothing is worked out for the
 * others. Ids that occur more than once are numbered among these alone.
 */
export function contributedPolicies(
  models: readonly CharmModel[],
  topology: Topology,
  applications: readonly Application[],
): readonly EffectivePolicy[] {
  return inStableOrder(joinedContributions(applications.map(contributions(models, topology, {}))).policies);
}

function contributions(
  models: readonly CharmModel[],
  topology: Topology,
  options: EffectiveOptions,
): (application: Application) => Contribution {
  const mode = options.mode ?? topology.mode;
  const deployed = deployedOf(topology);
  const charms = charmsByName(models);
  const beacons = new Set(deployed.beacons);
  const charmOf = (model: string, name: string) => {
    const related = deployed.applications.get(applicationKey(model, name));
    return related?.charm == null ? null : (charms.get(related.charm) ?? null);
  };
  return (application) => {
    const charm = application.charm === null ? undefined : charms.get(application.charm);
    if (beacons.has(application)) return beaconContribution(application, charm ?? null, deployed, mode);
    if (application.charm === INGRESS_KNOWLEDGE.charm) {
      const relations = relationsOf(deployed, application);
      return {
        ...NOTHING,
        policies: ingressPolicies({ ingress: application, relations, charmOf }),
      };
    }
    if (application.charm === ISTIO_KNOWLEDGE.charm && mode.hardened)
      return { ...NOTHING, policies: hardenedPolicies(application) };
    if (!charm) return application.kind === "deployed" ? charmUnread(application) : NOTHING;
    const context = contextOf(application, charm, deployed, mode, tlsOf(application, options), topology);
    return remembered(context, applicationPolicies);
  };
}

/** The charms by name. A charm that is only part of another's tests stands back behind one of the same name that is not. */
function charmsByName(models: readonly CharmModel[]): ReadonlyMap<string, CharmModel> {
  const byName = new Map<string, CharmModel>();
  for (const model of models) {
    const { name } = model.metadata;
    if (name === null) continue;
    const known = byName.get(name);
    if (!known || (known.test && !model.test)) byName.set(name, model);
  }
  return byName;
}

function tlsOf(application: Application, { tls }: EffectiveOptions): boolean | null {
  if (tls === undefined || typeof tls === "boolean") return tls ?? null;
  return tls.get(applicationKey(application.model, application.name)) ?? null;
}

function contextOf(
  application: Application,
  charm: CharmModel,
  deployed: Deployed,
  mode: MeshMode,
  tls: boolean | null,
  topology: Topology,
): ApplicationContext {
  const relations = relationsOf(deployed, application);
  const units = new Map<string, number>();
  for (const { remote } of relations) {
    const key = applicationKey(remote.model, remote.application);
    const other = deployed.applications.get(key);
    if (other) units.set(key, other.units);
  }
  const beacon = deployed.beaconOf.get(applicationKey(application.model, application.name)) ?? null;
  return {
    application,
    charm,
    relations,
    beacon,
    beaconNear: deployed.beacons.some((beacon) => beacon.model === application.model),
    managed: beacon === null || beaconMode(mode, beacon.beacon).managed,
    tls,
    units,
    inferred: topology.source === "inferred",
  };
}

function beaconContribution(
  beacon: Application,
  charm: CharmModel | null,
  deployed: Deployed,
  mode: MeshMode,
): Contribution {
  const policies = beaconPolicies(beacon, charm, relationsOf(deployed, beacon), beaconMode(mode, beacon));
  const own = mode.autoAllowWaypoint && beacon.kind === "deployed" ? waypointPolicy(beacon) : null;
  return { ...NOTHING, policies: own === null ? policies : [...policies, own] };
}

function charmUnread(application: Application): Contribution {
  const { name, model, because } = application;
  const entry: UnreadPolicies = { model, application: name, what: "charm", because };
  return { ...NOTHING, unread: [entry] };
}
