import type { EffectivePolicy, PolicyOrigin } from "../effective-policy.ts";

const ORIGINS: readonly PolicyOrigin[] = [
  "cluster-internal",
  "coordinator-default",
  "charm",
  "resource-manager",
  "beacon",
  "ingress",
  "istio",
];

/**
 * The policies by target model, target, origin, source model, source and relation, by UTF-16 units; among equals in the order in
 * which the library makes them. Ids that occur more than once get `#2`, `#3` … in that order.
 */
export function inStableOrder(policies: readonly EffectivePolicy[]): readonly EffectivePolicy[] {
  const byTarget = new Map<string, EffectivePolicy[]>();
  for (const policy of policies) {
    // Separated by a character that sorts before all others, so that a name sorts before its own extensions.
    const target = `${policy.meshPolicy.target_namespace}\u0000${targetName(policy.meshPolicy)}`;
    const list = byTarget.get(target);
    if (list) list.push(policy);
    else byTarget.set(target, [policy]);
  }
  const seen = new Map<string, number>();
  const ordered: EffectivePolicy[] = [];
  for (const target of [...byTarget.keys()].sort()) {
    for (const policy of byTarget.get(target)?.sort(bySource) ?? []) {
      const count = (seen.get(policy.id) ?? 0) + 1;
      seen.set(policy.id, count);
      ordered.push(count === 1 ? policy : { ...policy, id: `${policy.id}#${count}` });
    }
  }
  return ordered;
}

function bySource(a: EffectivePolicy, b: EffectivePolicy): number {
  return (
    ORIGINS.indexOf(a.origin) - ORIGINS.indexOf(b.origin) ||
    compared(a.meshPolicy.source_namespace, b.meshPolicy.source_namespace) ||
    compared(a.meshPolicy.source_app_name, b.meshPolicy.source_app_name) ||
    compared(a.relation ?? "", b.relation ?? "")
  );
}

function compared(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function targetName({
  target_app_name,
  target_service,
  target_selector_labels,
}: EffectivePolicy["meshPolicy"]): string {
  return target_app_name || target_service || Object.values(target_selector_labels ?? {}).join(",");
}
