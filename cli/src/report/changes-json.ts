import type { Consequence, Granted } from "#mesh";
import { policyReport, reasonReport } from "./policies-json.ts";

/** The JSON of `diff`: contract.md, plus the gained and lost access. */
export function changesReport(changes: readonly Consequence[]): object {
  return {
    version: 1,
    changes: changes.map((change) => ({
      kind: change.kind,
      source: change.source,
      target: change.target,
      via: change.via,
      before: granted(change.before),
      after: granted(change.after),
      gained: change.gained,
      lost: change.lost,
      because: change.because.map(reasonReport),
    })),
  };
}

function granted(side: Granted | null): object | null {
  return side && { grants: side.grants, policies: side.policies.map(policyReport) };
}
