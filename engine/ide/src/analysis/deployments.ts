import type { CharmModel } from "#charm";
import { meshMembership, type Topology } from "#mesh";
import { charmFacts } from "../facts/charm-facts.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";

/** The charms of the workspace that a topology names, and the facts about the deployment, made when a rule has to run. */
export function deploymentFactsOf(
  topology: Topology,
  models: readonly CharmModel[],
): { readonly named: readonly CharmModel[]; readonly facts: () => DeploymentFacts } {
  const names = new Set(topology.applications.map((each) => each.charm));
  const named = models.filter((each) => !each.test && each.metadata.name !== null && names.has(each.metadata.name));
  return {
    named,
    facts: () => {
      const byName = new Map(named.map((each) => [each.metadata.name, each]));
      const charmNamed = (name: string | null) => {
        const model = byName.get(name);
        return model ? charmFacts(model) : null;
      };
      return {
        topology,
        charmNamed,
        onMesh: meshMembership(topology, topology.mode),
      };
    },
  };
}
