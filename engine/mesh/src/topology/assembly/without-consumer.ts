import { type CharmModel, MESH_ENDPOINT_KEYS } from "#charm";
import { dependentMemo, memo } from "#syntax";
import type { Application, Topology } from "../topology.ts";

/**
 * The topology in which applications are marked whose charm makes no ServiceMeshConsumer: an integration with a beacon does not put
 * them on the mesh. The same object where there are none, and for the same topology and charms.
 */
export function withoutConsumers(topology: Topology, models: readonly CharmModel[]): Topology {
  const names = new Set<string | null>();
  for (const model of models) if (makesNoConsumer(model)) names.add(model.metadata.name);
  const isConcerned = ({ charm }: Application): boolean => charm !== null && names.has(charm);
  const concerned = topology.applications.filter(isConcerned);
  if (concerned.length === 0) return topology;
  return marked(topology, [concerned.map((one) => one.charm).join("\n")], () => ({
    ...topology,
    applications: topology.applications.map((one) => (isConcerned(one) ? { ...one, hasConsumer: false } : one)),
  }));
}

const marked = dependentMemo<Topology, Topology>();

/**
 * Whether a charm, not one of tests, certainly makes no consumer: its coordinator's endpoint map was read whole and sets none of the mesh keys, and the
 * charm makes no consumer of its own. coordinated_workers makes one only if the keys are set (Coordinator.__init__, `_mesh`).
 */
const makesNoConsumer = memo(({ test, coordinator, consumers, policiesComplete }: CharmModel): boolean => {
  if (test || !coordinator?.endpoints.complete || consumers.length > 0 || !policiesComplete) return false;
  const { entries } = coordinator.endpoints;
  return MESH_ENDPOINT_KEYS.every((key) => {
    const last = entries.filter((entry) => entry.key === key).at(-1);
    return !last || (last.condition === null && last.value.kind === "known" && !last.value.value);
  });
});
