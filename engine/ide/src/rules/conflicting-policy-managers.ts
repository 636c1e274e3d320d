import type { CharmModel } from "#charm";
import { charmRule } from "./rule.ts";

type Manager = CharmModel["resourceManagers"][number];

/** A manager deletes whatever carries its labels and is not in its own list. */
export const conflictingPolicyManagers = charmRule({
  name: "conflicting-policy-managers",
  summary: "Two PolicyResourceManagers have the same labels: each deletes the other's policies.",
  severities: ["error"],
  *findings({ resourceManagers }) {
    // One that only deletes, in a remove handler say, may well be made a second time.
    const active = resourceManagers.filter((each) => each.reconciles.length > 0);
    for (const [at, manager] of active.entries()) {
      const other = active.slice(0, at).find((each) => sameLabels(each, manager));
      if (!other) continue;
      yield {
        message:
          "Each manager deletes the other's policies when it reconciles: another PolicyResourceManager has the same labels. Give each its own labels.",
        location: manager.callee,
        related: [{ location: other.callee, message: "This is the other manager." }],
      };
    }
  },
});

/** Whether the text of a label determines its value: holes other than the charm's own two names may differ. */
function isRead(label: string): boolean {
  return !/[{}]/.test(label.replaceAll("{app}", "").replaceAll("{model}", ""));
}

function sameLabels(a: Manager, b: Manager): boolean {
  if (a.labels.kind === "known" && b.labels.kind === "known") {
    const [left, right] = [a.labels.value, b.labels.value];
    const same = left.size === right.size && [...left].every(([key, value]) => right.get(key) === value);
    if (left.size === 0 || !same || [...left.values()].every(isRead)) return left.size > 0 && same;
  }
  return a.labelsText !== null && a.labelsText === b.labelsText && a.call.file === b.call.file;
}
