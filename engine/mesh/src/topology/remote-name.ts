import type { TopologyRelation } from "./topology.ts";

/**
 * The name under which the application at one end of a relation sees the application at the other end: what Juju calls
 * `relation.app.name` there. Across models that is the consumer's alias on the offering side and the SaaS name on the consuming side.
 */
export function remoteName(relation: TopologyRelation, at: "provider" | "requirer"): string {
  const other = at === "provider" ? relation.requirer : relation.provider;
  const { crossModel } = relation;
  if (crossModel === null) return other.application;
  return at === crossModel.offering ? crossModel.alias : (crossModel.saas ?? other.application);
}
