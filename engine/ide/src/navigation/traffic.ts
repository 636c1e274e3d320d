import type { CharmModel, CharmRelation } from "#charm";
import type { EffectivePolicy, RelationEnd, TopologyRelation } from "#mesh";
import type { Location } from "#syntax";
import { applicationsOf, type Deployment, deploymentOf } from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import { relationOf } from "../cursor/naming.ts";
import { targetAt } from "../cursor/target-at.ts";
import { relationNamed } from "../cursor/targets-of.ts";

/** One end of traffic: an application with the relation over which it talks. */
export interface TrafficEnd {
  readonly name: string;
  readonly detail: string;
  readonly whole: Location;
  readonly selection: Location;
}

/** The other end of traffic that a policy allows, and the places that allow it, in the file of the end that calls. */
export interface TrafficFlow {
  readonly end: TrafficEnd;
  readonly places: readonly Location[];
}

/** The relation's end under a cursor; null where the cursor is not on a charm's relation. */
export function trafficEndAt(analysis: Analysis, path: string, offset: number): TrafficEnd | null {
  const found = relationAt(analysis, path, offset);
  return found && declaredEnd(found.charm, found.relation, found.charm.metadata.name ?? found.relation.endpoint);
}

/** Who may reach the charm's applications over the relation at a place, by the policies that follow from it. */
export function trafficTo(analysis: Analysis, path: string, offset: number): readonly TrafficFlow[] {
  return flows(analysis, path, offset, "to");
}

/** Whom the charm's applications may reach over the relation at a place, by the policies of the other sides. */
export function trafficFrom(analysis: Analysis, path: string, offset: number): readonly TrafficFlow[] {
  return flows(analysis, path, offset, "from");
}

interface Found {
  readonly charm: CharmModel;
  readonly relation: CharmRelation;
}

function relationAt(analysis: Analysis, path: string, offset: number): Found | null {
  const target = targetAt(analysis, path, offset);
  const relation = target && relationOf(target)?.relation;
  return target && relation ? { charm: target.charm, relation } : null;
}

function flows(analysis: Analysis, path: string, offset: number, way: "to" | "from"): readonly TrafficFlow[] {
  const found = relationAt(analysis, path, offset);
  if (!found) return [];
  const deployment = deploymentOf(analysis, found.charm);
  const own = applicationsOf(deployment, found.charm);
  const isOwn = (end: RelationEnd): boolean =>
    end.endpoint === found.relation.endpoint &&
    own.some(({ name, model }) => name === end.application && model === end.model);
  const ends = new Map<string, TrafficFlow>();
  for (const relation of deployment.topology.relations) {
    const [near, far] = isOwn(relation.provider)
      ? [relation.provider, relation.requirer]
      : isOwn(relation.requirer)
        ? [relation.requirer, relation.provider]
        : [null, null];
    if (!near || !far) continue;
    const opening = way === "to" ? near : far;
    const policies = deployment.policies.policies.filter(
      (policy) => policy.relation === relation.id && policy.resource !== null && opens(policy, opening),
    );
    if (policies.length === 0) continue;
    const end = farEnd(analysis, deployment, found, far, relation);
    // The ranges of a call lie in the file of the end that calls.
    const places = way === "to" ? [end.selection] : [found.relation.key];
    ends.set(`${far.model}/${far.application}/${far.endpoint}`, { end, places });
  }
  return [...ends.values()];
}

/** Whether a policy opens an application: by its name, its Service's, or a label of its pods. */
function opens({ meshPolicy }: EffectivePolicy, { application, model }: RelationEnd): boolean {
  return (
    meshPolicy.target_namespace === model &&
    (meshPolicy.target_app_name === application ||
      meshPolicy.target_service === application ||
      Object.values(meshPolicy.target_selector_labels ?? {}).includes(application))
  );
}

/** An application whose charm is in the workspace appears at its own relation; another one at the relation that connects to it. */
function farEnd(
  analysis: Analysis,
  { topology }: Deployment,
  near: Found,
  far: RelationEnd,
  { interface: name }: TopologyRelation,
): TrafficEnd {
  const application = topology.applications.find((one) => one.name === far.application && one.model === far.model);
  const charm = analysis.charms.find(
    ({ metadata, test }) => !test && metadata.name !== null && metadata.name === application?.charm,
  );
  const relation = charm && far.endpoint !== null ? relationNamed(charm, far.endpoint) : null;
  if (charm && relation) return declaredEnd(charm, relation, far.application);
  return {
    name: far.application,
    detail: `${name ?? near.relation.interface ?? ""}, not in this workspace`,
    whole: near.relation.key,
    selection: near.relation.key,
  };
}

function declaredEnd({ metadata }: CharmModel, relation: CharmRelation, application: string): TrafficEnd {
  return {
    name: `${application}:${relation.endpoint}`,
    detail:
      `${relation.side} ${relation.interface ?? ""}${metadata.name === application ? "" : ` (${metadata.name ?? ""})`}`.trim(),
    whole: relation.block,
    selection: relation.key,
  };
}
