import type { CharmModel } from "#charm";
import { meshMembership, type Topology } from "#mesh";
import { memo } from "#syntax";
import { charmFacts } from "../facts/charm-facts.ts";
import type { DeploymentFacts } from "../facts/deployment-facts.ts";

/** The charms of a workspace by their names, those of tests left out; of several with one name all, in their order. */
export function charmsByName(models: readonly CharmModel[]): ReadonlyMap<string, readonly CharmModel[]> {
  const named = new Map<string, CharmModel[]>();
  for (const model of models) {
    const { name } = model.metadata;
    if (model.test || name === null) continue;
    const list = named.get(name);
    if (list) list.push(model);
    else named.set(name, [model]);
  }
  return named;
}

const charmNamesOf = memo((topology: Topology): readonly string[] => [
  ...new Set(topology.applications.flatMap((each) => each.charm ?? [])),
]);

/** The charms of the workspace that a topology names, and the facts about the deployment, made when a rule has to run. */
export function deploymentFactsOf(
  topology: Topology,
  models: ReadonlyMap<string, readonly CharmModel[]>,
): { readonly named: readonly CharmModel[]; readonly facts: () => DeploymentFacts } {
  const named: CharmModel[] = [];
  for (const name of charmNamesOf(topology)) for (const model of models.get(name) ?? []) named.push(model);
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
