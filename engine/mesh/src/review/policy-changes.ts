import type { Reason } from "#python";
import type { EffectivePolicies, EffectivePolicy } from "../policy/effective-policy.ts";
import { type Grant, grantsOf, grantText, isEffective, isGranted } from "./grant.ts";

export type ChangeKind = "added" | "removed" | "widened" | "narrowed" | "changed";

/** What one side of a comparison grants between two. */
export interface Granted {
  /** In words, one per combination; sorted. */
  readonly grants: readonly string[];
  readonly policies: readonly EffectivePolicy[];
}

/** A flow whose permission is not the same in the two states. */
export interface PolicyChange {
  readonly kind: ChangeKind;
  /** `<model>/<app>`; `*` where every source is meant. */
  readonly source: string;
  /** `<model>/<app>`, `<model>/<service>`, or `<model>/` and the labels that select pods. */
  readonly target: string;
  readonly via: "service" | "unit";
  readonly before: Granted | null;
  readonly after: Granted | null;
  /** What is granted now and was not, and the other way round. */
  readonly gained: readonly string[];
  readonly lost: readonly string[];
  /** Of the newer state, or of the older one where nothing is left. */
  readonly because: readonly Reason[];
}

/** A reviewer's first question is what opens. */
const ORDER: readonly ChangeKind[] = ["widened", "added", "changed", "narrowed", "removed"];

/**
 * The difference of two effective sets by meaning: what each source may reach at each target, not which policies say so. Policies that
 * merely have other names, are split, joined, doubled or moved make no difference. `widened` allows all that it did and more, `narrowed`
 * less, `changed` both. Policies that are not made (no resource) grant nothing. Ordered by kind, widened first, then target and source.
 */
export function policyChanges(before: EffectivePolicies, after: EffectivePolicies): readonly PolicyChange[] {
  const [old, now] = [byFlow(before), byFlow(after)];
  const keys = new Set([...old.keys(), ...now.keys()]);
  return [...keys]
    .flatMap((key) => flowChange(key, old.get(key) ?? [], now.get(key) ?? []))
    .sort(
      (a, b) =>
        ORDER.indexOf(a.kind) - ORDER.indexOf(b.kind) ||
        compare(a.target, b.target) ||
        compare(a.source, b.source) ||
        compare(a.via, b.via),
    );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

interface FlowKey {
  readonly source: string;
  readonly target: string;
  readonly via: "service" | "unit";
}

function byFlow({ policies }: EffectivePolicies): ReadonlyMap<string, readonly EffectivePolicy[]> {
  const found = new Map<string, EffectivePolicy[]>();
  for (const policy of policies) {
    if (!isEffective(policy)) continue;
    const { source, target, via } = flowKey(policy);
    const key = JSON.stringify([source, target, via]);
    const list = found.get(key);
    if (list) list.push(policy);
    else found.set(key, [policy]);
  }
  return found;
}

/** Who may reach whom by which address: the identity of a flow in both states. */
export function flowKey({ meshPolicy }: EffectivePolicy): FlowKey {
  const { source_namespace, source_app_name, target_namespace, target_selector_labels } = meshPolicy;
  const labels = Object.entries(target_selector_labels ?? {})
    .map(([key, value]) => `${key}=${value}`)
    .sort()
    .join(",");
  const target = meshPolicy.target_service || meshPolicy.target_app_name || labels || "*";
  return {
    source: source_app_name === "*" ? "*" : `${source_namespace}/${source_app_name}`,
    target: `${target_namespace}/${target}`,
    via: meshPolicy.target_type === "app" ? "service" : "unit",
  };
}

function flowChange(
  key: string,
  before: readonly EffectivePolicy[],
  after: readonly EffectivePolicy[],
): readonly PolicyChange[] {
  const compared = grantChange(before, after);
  if (compared === null) return [];
  const [source, target, via] = JSON.parse(key) as [string, string, "service" | "unit"];
  const side = (policies: readonly EffectivePolicy[]): Granted | null =>
    policies.length === 0 ? null : { grants: texts(grantsOf(policies)), policies };
  const because = (after.length > 0 ? after : before).flatMap((policy) => policy.because);
  return [{ ...compared, source, target, via, before: side(before), after: side(after), because }];
}

/** How what some policies grant differs from what others did; null where it is the same. */
export function grantChange(
  before: readonly EffectivePolicy[],
  after: readonly EffectivePolicy[],
): Pick<PolicyChange, "kind" | "gained" | "lost"> | null {
  const [old, now] = [grantsOf(before), grantsOf(after)];
  const gained = texts(now.filter((grant) => !isGranted(grant, old)));
  const lost = texts(old.filter((grant) => !isGranted(grant, now)));
  if (gained.length === 0 && lost.length === 0) return null;
  return { kind: kindOf(old, now, gained, lost), gained, lost };
}

function kindOf(
  old: readonly Grant[],
  now: readonly Grant[],
  gained: readonly string[],
  lost: readonly string[],
): ChangeKind {
  if (old.length === 0) return "added";
  if (now.length === 0) return "removed";
  if (lost.length === 0) return "widened";
  return gained.length === 0 ? "narrowed" : "changed";
}

function texts(grants: readonly Grant[]): readonly string[] {
  return [...new Set(grants.map(grantText))].sort(compare);
}
