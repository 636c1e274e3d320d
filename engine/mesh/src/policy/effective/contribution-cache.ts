import type { CharmModel } from "#charm";
import { memo } from "#syntax";
import type { Application, TopologyRelation } from "../../topology/topology.ts";
import type { ApplicationContext, Contribution } from "./application-context.ts";
import { applicationKey, type OwnRelation } from "./deployed.ts";

interface Entry {
  readonly context: ApplicationContext;
  readonly contribution: Contribution;
}

/** By application. */
const entries = memo((_: CharmModel) => new Map<string, Entry>());

/**
 * What an application contributes, from memory where its charm is the same object and all else that decides is equal. So a
 * change in one charm, or in one relation, works out only the applications that it concerns, even if the topology is new.
 */
export function remembered(
  context: ApplicationContext,
  workOut: (context: ApplicationContext) => Contribution,
): Contribution {
  const { application, charm } = context;
  const key = applicationKey(application.model, application.name);
  const byApplication = entries(charm);
  const known = byApplication.get(key);
  if (known && sameContext(known.context, context)) return known.contribution;
  const contribution = workOut(context);
  byApplication.set(key, { context, contribution });
  return contribution;
}

function sameContext(a: ApplicationContext, b: ApplicationContext): boolean {
  return (
    a.managed === b.managed &&
    a.beaconNear === b.beaconNear &&
    a.tls === b.tls &&
    a.inferred === b.inferred &&
    sameApplication(a.application, b.application) &&
    sameBeacon(a, b) &&
    a.relations.length === b.relations.length &&
    a.relations.every((own, index) => sameOwn(own, b.relations[index])) &&
    a.units.size === b.units.size &&
    [...a.units].every(([key, units]) => b.units.get(key) === units)
  );
}

function sameBeacon(a: ApplicationContext, b: ApplicationContext): boolean {
  if (a.beacon === null || b.beacon === null) return a.beacon === b.beacon;
  return sameApplication(a.beacon.beacon, b.beacon.beacon) && sameRelation(a.beacon.relation, b.beacon.relation);
}

function sameApplication(a: Application, b: Application): boolean {
  return a === b || (a.name === b.name && a.model === b.model && a.charm === b.charm);
}

function sameOwn(a: OwnRelation, b: OwnRelation | undefined): boolean {
  return b !== undefined && (a === b || (a.side === b.side && sameRelation(a.relation, b.relation)));
}

/** Equal in all that a policy shows of a relation, the places of its reasons included. */
function sameRelation(a: TopologyRelation, b: TopologyRelation): boolean {
  if (a === b) return true;
  return (
    a.id === b.id &&
    a.interface === b.interface &&
    a.peer === b.peer &&
    sameFields(a.provider, b.provider) &&
    sameFields(a.requirer, b.requirer) &&
    (a.crossModel === null || b.crossModel === null
      ? a.crossModel === b.crossModel
      : sameFields(a.crossModel, b.crossModel)) &&
    sameReasons(a.because, b.because)
  );
}

function sameReasons(a: TopologyRelation["because"], b: TopologyRelation["because"]): boolean {
  return (
    a.length === b.length &&
    a.every((reason, index) => {
      const other = b[index];
      if (reason === other) return true;
      return (
        other !== undefined &&
        reason.text === other.text &&
        reason.citation === other.citation &&
        reason.location?.file === other.location?.file &&
        reason.location?.span.start === other.location?.span.start &&
        reason.location?.span.end === other.location?.span.end
      );
    })
  );
}

function sameFields<T extends object>(a: T, b: T): boolean {
  return (Object.keys(a) as (keyof T)[]).every((key) => a[key] === b[key]);
}
