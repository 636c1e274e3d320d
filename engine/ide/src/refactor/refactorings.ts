import type { Analysis } from "../analysis/snapshot.ts";
import { answered, type ByKind } from "../cursor/target.ts";
import { targetAt } from "../cursor/target-at.ts";
import type { Fix } from "../diagnostic.ts";
import { charmFacts } from "../facts/charm-facts.ts";
import { convertedPolicyFixes } from "../fixes/policy-kind-edits.ts";

const NONE = (): readonly Fix[] => [];

/** What can be written in another way, without anything being wrong with it. */
const OFFERS: ByKind<[Analysis], readonly Fix[]> = {
  // From the Service to the pods and back: what a charm needs that publishes its address anew.
  policy: ({ policy, charm }) => convertedPolicyFixes(policy, charmFacts(charm)),
  relation: NONE,
  interface: NONE,
  "relation-use": NONE,
  "endpoint-key": NONE,
  ports: NONE,
  method: NONE,
  coordinator: NONE,
  worker: NONE,
  consumer: NONE,
  "proxy-port": NONE,
  "charm-lib": NONE,
  "deployed-endpoint": NONE,
};

/** The refactorings for the target under a cursor; an empty list where there are none, or where one would lose something. */
export function refactorings(analysis: Analysis, path: string, offset: number): readonly Fix[] {
  const target = targetAt(analysis, path, offset);
  return target ? answered(OFFERS, target, analysis) : [];
}
