import { BEACON_KNOWLEDGE } from "#charm";
import { memo } from "#syntax";
import { remoteName } from "../../topology/remote-name.ts";
import type { Application, RelationEnd, Topology, TopologyRelation } from "../../topology/topology.ts";

/** A relation as one of its two applications sees it. */
export interface OwnRelation {
  readonly relation: TopologyRelation;
  readonly side: "provider" | "requirer";
  /** The own endpoint; null if it is unknown. */
  readonly endpoint: string | null;
  /** What Juju calls the other application here: across models an alias. */
  readonly localName: string;
  /** Who the other application really is. */
  readonly remote: { readonly application: string; readonly model: string };
}

/** What a topology says, by application (`applicationKey`). */
export interface Deployed {
  readonly applications: ReadonlyMap<string, Application>;
  readonly relations: ReadonlyMap<string, readonly OwnRelation[]>;
  /** The beacon to which an application is related. */
  readonly beaconOf: ReadonlyMap<string, { readonly beacon: Application; readonly relation: TopologyRelation }>;
  /** The beacons, in the topology's order. */
  readonly beacons: readonly Application[];
}

const NO_RELATIONS: readonly OwnRelation[] = [];

/** The key of an application in all maps of this room: names alone may repeat between models. */
export function applicationKey(model: string, application: string): string {
  return `${model}/${application}`;
}

/** The topology by application; worked out once per topology, in time linear in its relations. */
export const deployedOf = memo((topology: Topology): Deployed => {
  const applications = new Map(topology.applications.map((one) => [applicationKey(one.model, one.name), one]));
  const relations = new Map<string, OwnRelation[]>();
  const beaconOf = new Map<string, { beacon: Application; relation: TopologyRelation }>();
  const beacons = new Set(topology.applications.filter((one) => one.charm === BEACON_KNOWLEDGE.charm));
  for (const relation of topology.relations) {
    for (const { own, key } of sidesOf(relation)) {
      const list = relations.get(key);
      if (list) list.push(own);
      else relations.set(key, [own]);
    }
    const joining = meshEnds(relation, applications);
    if (!joining) continue;
    beacons.add(joining.beacon);
    const key = applicationKey(joining.member.model, joining.member.application);
    if (!beaconOf.has(key)) beaconOf.set(key, { beacon: joining.beacon, relation });
  }
  return { applications, relations, beaconOf, beacons: [...beacons] };
});

/** The beacon and the other end of a service-mesh relation, by its interface or, if that is unknown, by the beacon's charm. */
function meshEnds(
  relation: TopologyRelation,
  applications: ReadonlyMap<string, Application>,
): { readonly beacon: Application; readonly member: RelationEnd } | null {
  if (relation.peer || (relation.interface !== null && relation.interface !== BEACON_KNOWLEDGE.interface)) return null;
  for (const [end, member] of [
    [relation.provider, relation.requirer],
    [relation.requirer, relation.provider],
  ] as const) {
    const application = applications.get(applicationKey(end.model, end.application));
    if (!application) continue;
    if (relation.interface !== null) return { beacon: application, member };
    if (application.charm === BEACON_KNOWLEDGE.charm && end.endpoint === BEACON_KNOWLEDGE.endpoint) {
      return { beacon: application, member };
    }
  }
  return null;
}

/** The relations of one application, in the topology's order. */
export function relationsOf(deployed: Deployed, application: Application): readonly OwnRelation[] {
  return deployed.relations.get(applicationKey(application.model, application.name)) ?? NO_RELATIONS;
}

/** One side of a relation, with the key of the application that stands there. */
interface Side {
  readonly own: OwnRelation;
  readonly key: string;
}

/** The same objects for the same relation, which stands in many topologies: an edit makes a new one of few new relations. */
const sidesOf = memo((relation: TopologyRelation): readonly Side[] => {
  return (relation.peer ? (["provider"] as const) : (["provider", "requirer"] as const)).map((side) => ({
    own: ownRelation(relation, side),
    key: applicationKey(relation[side].model, relation[side].application),
  }));
});

function ownRelation(relation: TopologyRelation, side: "provider" | "requirer"): OwnRelation {
  const other = side === "provider" ? relation.requirer : relation.provider;
  return {
    relation,
    side,
    endpoint: relation[side].endpoint,
    localName: remoteName(relation, side),
    remote: { application: other.application, model: other.model },
  };
}
