import { withDatabagFacts } from "../databags/with-databag-facts.ts";
import type { Topology, TopologyRelation } from "../topology.ts";
import { relationId } from "./assembled.ts";
import { joinedModels } from "./joined-models.ts";

/**
 * Merges what belongs together: status outputs of one folder for different models, and show-unit outputs with the
 * topology of their folder that has their applications. Two outputs of one model are two states of it and stay apart.
 */
export function mergedTopologies(read: readonly Topology[]): readonly Topology[] {
  const byFolder = new Map<string, Topology[]>();
  for (const topology of read) {
    const folder = folderOf(topology);
    byFolder.set(folder, [...(byFolder.get(folder) ?? []), topology]);
  }
  return [...byFolder.values()].flatMap((together) => {
    const units = together.filter((one) => one.source === "show-unit");
    const others = joinedStatuses(together.filter((one) => one.source !== "show-unit"));
    return units.length === 0 ? others : withUnits(others, units);
  });
}

function folderOf(topology: Topology): string {
  const path = topology.file?.path ?? "";
  return path.slice(0, path.lastIndexOf("/") + 1);
}

function joinedStatuses(topologies: readonly Topology[]): readonly Topology[] {
  const statuses = topologies.filter((one) => one.source === "status" && one.models.length > 0);
  const own = statuses.map((one) => one.models[0]);
  if (statuses.length < 2 || new Set(own).size < own.length) return topologies;
  const joined = joinedModels(statuses);
  return topologies.flatMap((one) => (one === statuses[0] ? [joined] : statuses.includes(one) ? [] : [one]));
}

/** Each show-unit output goes to every topology of the folder that has all of its units' own applications, else stands alone. */
function withUnits(others: readonly Topology[], units: readonly Topology[]): readonly Topology[] {
  const homeless = new Set(units);
  const merged = others.map((topology) => {
    const names = new Set(topology.applications.map((one) => one.name));
    const fitting = units.filter(
      (one) => one.databags.length > 0 && one.databags.every((bag) => names.has(bag.application)),
    );
    for (const one of fitting) homeless.delete(one);
    if (fitting.length === 0) return topology;
    return withDatabagFacts({
      ...topology,
      databags: [...topology.databags, ...fitting.flatMap((one) => one.databags)],
      problems: [...topology.problems, ...fitting.flatMap((one) => one.problems)],
    });
  });
  const alone = [...homeless];
  const [first] = alone;
  return first && alone.length > 1 ? [...merged, unitsTogether(first, alone)] : [...merged, ...alone];
}

/** Several show-unit outputs of one model, as one. */
function unitsTogether(first: Topology, all: readonly Topology[]): Topology {
  const applications = new Map(all.flatMap((one) => one.applications).map((one) => [one.name, one]));
  for (const one of all)
    for (const application of one.applications) {
      const known = applications.get(application.name) ?? application;
      const unitNames = [...new Set([...known.unitNames, ...application.unitNames])].sort();
      const charm = known.charm ?? application.charm;
      applications.set(application.name, {
        ...known,
        charm,
        unitNames,
        units: unitNames.length,
        model: first.models[0] ?? known.model,
      });
    }
  const model = first.models[0] ?? "";
  const relations = new Map<string, TopologyRelation>();
  for (const one of all.flatMap((each) => each.relations)) {
    const [provider, requirer] = [
      { ...one.provider, model },
      { ...one.requirer, model },
    ];
    const id = relationId(provider, requirer);
    if (!relations.has(id)) relations.set(id, { ...one, id, provider, requirer });
  }
  return withDatabagFacts({
    ...first,
    applications: [...applications.values()],
    relations: [...relations.values()],
    databags: all.flatMap((one) => one.databags),
    problems: all.flatMap((one) => one.problems),
  });
}
