import type { Clause } from "#python";

/** Whether a clause asks only if the unit is the leader: `self.unit.is_leader()`. */
export function isLeaderClause(clause: Clause): boolean {
  return clause.kind === "test" && /^(?:[\w.]+\.)?is_leader\(\)$/.test(clause.source);
}
