import type { CharmModel } from "#charm";
import {
  type Application,
  contributedPolicies,
  defaultTopology,
  type EffectivePolicies,
  type EffectivePolicy,
  effectivePolicies,
  inferredTopology,
  type Topology,
} from "#mesh";
import { type Location, memo, once } from "#syntax";
import type { Analysis } from "./snapshot.ts";

/** A deployment that hovers, lenses, the tree and the graph speak about, with the policies that it will have. */
export interface Deployment {
  /** The charms that are looked for in it. */
  readonly models: readonly CharmModel[];
  readonly topology: Topology;
  /** All of them; computed on first use. */
  readonly policies: EffectivePolicies;
}

/**
 * The deployment that the charms themselves suggest, in which each declared policy and relation has a visible effect.
 * Computed on first use.
 */
export const inferredDeployment = memo(
  (analysis: Analysis): Deployment => deploymentIn(analysis, inferredTopology(shownCharms(analysis))),
);

/**
 * The default deployment of a snapshot: that of the file at the root of a workspace folder (mesh-topology.yaml, or
 * the only other one there), else the one that the charms suggest. Everything in an editor starts from it, so that hover, lens,
 * tree and graph agree on each policy; the command line chooses in the same way.
 */
export const defaultDeployment = memo((analysis: Analysis): Deployment => {
  const roots = analysis.workspace.roots ?? [""];
  const isAtRoot = ({ file }: Topology): boolean =>
    file !== null && roots.some((root) => file.path.startsWith(root) && !file.path.slice(root.length).includes("/"));
  const topology = defaultTopology(analysis.topologies.filter(isAtRoot));
  return topology ? deploymentIn(analysis, topology) : inferredDeployment(analysis);
});

/** The charms of a snapshot in a topology that the user chose. */
export function deploymentIn(analysis: Analysis, topology: Topology): Deployment {
  const models = shownCharms(analysis);
  const policies = once(() => effectivePolicies(models, topology));
  return {
    models,
    topology,
    get policies() {
      return policies();
    },
  };
}

/** The deployment that hovers and lenses of a charm describe: the default one, or the inferred one if the default does not contain the charm. */
export function deploymentOf(analysis: Analysis, charm: CharmModel): Deployment {
  const found = defaultDeployment(analysis);
  const isIn = found.models.includes(charm) && applicationsOf(found, charm).length > 0;
  return isIn ? found : inferredDeployment(analysis);
}

/** The applications of a charm in a deployment. Where charms themselves suggest it, the one that has the charm's name. */
export function applicationsOf({ topology }: Deployment, charm: CharmModel): readonly Application[] {
  const { name } = charm.metadata;
  if (name === null) return [];
  return topology.applications.filter(
    (one) => one.charm === name && (topology.source !== "inferred" || one.name === name),
  );
}

/** The policies that open an application of a charm: by its name, its Service's, or a label, as a cluster's selector has it. */
export function policiesOpening(found: Deployment, charm: CharmModel): readonly EffectivePolicy[] {
  const applications = applicationsOf(found, charm);
  return found.policies.policies.filter(({ meshPolicy }) =>
    applications.some(
      ({ name, model }) =>
        meshPolicy.target_namespace === model &&
        (meshPolicy.target_app_name === name ||
          meshPolicy.target_service === name ||
          Object.values(meshPolicy.target_selector_labels ?? {}).includes(name)),
    ),
  );
}

/**
 * The policies that a charm makes for its applications, without those of other charms: the editor computes the effects of a
 * charm's own lines and relations after each keystroke, however many charms there are.
 */
export function policiesMadeBy(found: Deployment, charm: CharmModel): readonly EffectivePolicy[] {
  return policiesByCharm(found)(charm);
}

const policiesByCharm = memo((found: Deployment) =>
  memo((charm: CharmModel) => contributedPolicies(found.models, found.topology, applicationsOf(found, charm))),
);

/** Those among them that rest on a place in the charm's sources: what a declared policy becomes. */
export function policiesFrom(found: Deployment, charm: CharmModel, place: Location): readonly EffectivePolicy[] {
  return policiesMadeBy(found, charm).filter((policy) =>
    policy.because.some(
      ({ location }) =>
        location !== null &&
        location.file === place.file &&
        location.span.start >= place.span.start &&
        location.span.end <= place.span.end,
    ),
  );
}

/** Charms of tests are looked at only where there are no others, as in an inferred topology. */
function shownCharms({ charms }: Analysis): readonly CharmModel[] {
  const own = charms.filter(({ test }) => !test);
  return own.length > 0 ? own : charms;
}
