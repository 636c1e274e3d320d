import type { CharmModel } from "#charm";
import { type Fact, known, type Reason } from "#python";
import type { Application, TopologyRelation } from "../../topology/topology.ts";
import type {
  EffectivePolicies,
  EffectivePolicy,
  OtherService,
  ServedTls,
  UnreadPolicies,
} from "../effective-policy.ts";
import type { OwnRelation } from "./deployed.ts";

/** Everything that the policies of one application depend on. */
export interface ApplicationContext {
  readonly application: Application;
  readonly charm: CharmModel;
  readonly relations: readonly OwnRelation[];
  readonly beacon: { readonly beacon: Application; readonly relation: TopologyRelation } | null;
  /** Whether there is a beacon in the application's model at all. */
  readonly beaconNear: boolean;
  /** Whether the beacon creates policies (config manage-authorization-policies). */
  readonly managed: boolean;
  /** Whether the application has a certificate; null: not known. */
  readonly tls: boolean | null;
  /** The units of the applications that it is related to, by key; those of other models as far as the topology has them. */
  readonly units: ReadonlyMap<string, number>;
  /** The relations come from what charms declare and not from a deployment. */
  readonly inferred: boolean;
}

export type PolicyProblem = EffectivePolicies["problems"][number];

/** What one application contributes to the effective set. */
export interface Contribution {
  readonly policies: readonly EffectivePolicy[];
  readonly problems: readonly PolicyProblem[];
  readonly unread: readonly UnreadPolicies[];
  readonly tls: readonly ServedTls[];
  readonly services: readonly OtherService[];
}

export const NOTHING: Contribution = { policies: [], problems: [], unread: [], tls: [], services: [] };

/** A text with the names of the application and its model in the place of `{app}` and `{model}`. */
export function filledIn(text: string, { name, model }: Application): string {
  return text.replaceAll("{app}", name).replaceAll("{model}", model);
}

/** The same for a fact; one with other holes stays a template. */
export function filledInFact<T>(fact: Fact<T | string>, application: Application): Fact<T | string> {
  if (fact.kind !== "template") return fact;
  const text = filledIn(fact.text, application);
  return /\{[^{}]*\}/.test(text) ? { ...fact, text } : known(text, fact.because);
}

/** Several contributions as one. */
export function joinedContributions(parts: readonly Contribution[]): Contribution {
  return {
    policies: parts.flatMap((part) => part.policies),
    problems: parts.flatMap((part) => part.problems),
    unread: parts.flatMap((part) => part.unread),
    tls: parts.flatMap((part) => part.tls),
    services: parts.flatMap((part) => part.services),
  };
}

/** A contribution that is only a problem. */
export function problem(message: string, because: readonly Reason[]): Contribution {
  return { ...NOTHING, problems: [{ message, because }] };
}
