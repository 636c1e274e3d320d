import type { TopologyRelation } from "../topology.ts";

const CARRIER = "cross_model_mesh";

/**
 * The relations with `meshData` set for those cross-model ones beside which a cross_model_mesh relation runs between the same two
 * applications. Only a databag shows whether its data is published; without one, an existing relation counts as published.
 */
export function withMeshData(relations: readonly TopologyRelation[]): readonly TopologyRelation[] {
  const carried = new Set(relations.filter((one) => one.crossModel && one.interface === CARRIER).map(betweenWhom));
  if (carried.size === 0) return relations;
  return relations.map((one) =>
    one.crossModel && !one.crossModel.meshData && one.interface !== CARRIER && carried.has(betweenWhom(one))
      ? { ...one, crossModel: { ...one.crossModel, meshData: true } }
      : one,
  );
}

function betweenWhom({ provider, requirer }: TopologyRelation): string {
  return `${provider.model}/${provider.application} ${requirer.model}/${requirer.application}`;
}
