import type { EffectivePolicy, PolicyOrigin } from "../effective-policy.ts";

const ORIGINS: readonly PolicyOrigin[] = [
  "cluster-internal",
  "coordinator-default",
  "charm",
  "resource-manager",
  "beacon",
];

/**
 * The policies by target model, target, origin, source model, source and relation, by UTF-16 units; among equals in the order in
 * which the library makes them. Ids that occur more than once get `#2`, `#3` … in that order.
 */
export function inStableOrder(policies: readonly EffectivePolicy[]): readonly EffectivePolicy[] {
  const keyed = policies.map((policy, index) => ({ policy, index, key: sortKey(policy) }));
  keyed.sort((a, b) => (a.key < b.key ? -1 : a.key > b.key ? 1 : a.index - b.index));
  const seen = new Map<string, number>();
  return keyed.map(({ policy }) => {
    const count = (seen.get(policy.id) ?? 0) + 1;
    seen.set(policy.id, count);
    return count === 1 ? policy : { ...policy, id: `${policy.id}#${count}` };
  });
}

/** Separated by a character that sorts before all others, so that a name sorts before its own extensions. */
function sortKey({ meshPolicy, origin, relation }: EffectivePolicy): string {
  return [
    meshPolicy.target_namespace,
    targetName(meshPolicy),
    ORIGINS.indexOf(origin),
    meshPolicy.source_namespace,
    meshPolicy.source_app_name,
    relation ?? "",
  ].join("\u0000");
}

function targetName({
  target_app_name,
  target_service,
  target_selector_labels,
}: EffectivePolicy["meshPolicy"]): string {
  return target_app_name || target_service || Object.values(target_selector_labels ?? {}).join(",");
}
