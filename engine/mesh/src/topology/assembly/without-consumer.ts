import { type CharmModel, MESH_ENDPOINT_KEYS } from "#charm";
import { dependentMemo } from "#syntax";
import type { Topology } from "../topology.ts";

/**
 * The topology in which applications are marked whose charm makes no ServiceMeshConsumer: an integration with a beacon does not put
 * them on the mesh. The same object where there are none, and for the same topology and charms.
 */
export function withoutConsumers(topology: Topology, models: readonly CharmModel[]): Topology {
  const names = models.filter((model) => !model.test && makesNoConsumer(model)).map((model) => model.metadata.name);
  const concerned = topology.applications.filter((one) => one.charm !== null && names.includes(one.charm));
  if (concerned.length === 0) return topology;
  return marked(topology, [concerned.map((one) => one.charm).join("\n")], () => ({
    ...topology,
    applications: topology.applications.map((one) => (concerned.includes(one) ? { ...one, hasConsumer: false } : one)),
  }));
}

const marked = dependentMemo<Topology, Topology>();

/**
 * Whether a charm certainly makes no consumer: its coordinator's endpoint map was read whole and sets none of the mesh keys, and the
 * charm makes no consumer of its own. coordinated_workers makes one only if the keys are set (Coordinator.__init__, `_mesh`).
 */
function makesNoConsumer({ coordinator, consumers, policiesComplete }: CharmModel): boolean {
  if (!coordinator?.endpoints.complete || consumers.length > 0 || !policiesComplete) return false;
  const { entries } = coordinator.endpoints;
  return MESH_ENDPOINT_KEYS.every((key) => {
    const last = entries.filter((entry) => entry.key === key).at(-1);
    return !last || (last.condition === null && last.value.kind === "known" && !last.value.value);
  });
}
