import {
  type EffectivePolicies,
  type EffectivePolicy,
  effectivePolicies,
  inferredTopology,
  type Topology,
} from "#model";
import type { Location } from "#syntax";
import type { Analysis } from "./snapshot.ts";

/** The deployment that hovers, lenses and documents speak about, with the policies that it will have. */
export interface Deployment {
  readonly topology: Topology;
  readonly policies: EffectivePolicies;
}

const cache = new WeakMap<Analysis, Deployment>();

/**
 * The deployment of a snapshot where nobody chose one: the one that the charms themselves suggest, so that each declared
 * policy and relation has an effect that can be told. Worked out when it is first asked for.
 */
export function inferredDeployment(analysis: Analysis): Deployment {
  const known = cache.get(analysis);
  if (known) return known;
  const models = analysis.charms;
  const topology = inferredTopology(models);
  const made = { topology, policies: effectivePolicies(models, topology) };
  cache.set(analysis, made);
  return made;
}

/** The effective policies that rest on a place in the sources: what a declared policy becomes. */
export function policiesFrom(policies: EffectivePolicies, place: Location): readonly EffectivePolicy[] {
  return policies.policies.filter((policy) =>
    policy.because.some(
      ({ location }) =>
        location !== null &&
        location.file === place.file &&
        location.span.start >= place.span.start &&
        location.span.end <= place.span.end,
    ),
  );
}
