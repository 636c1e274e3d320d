import type { CharmRelation } from "#charm";
import type { Analysis } from "../analysis/snapshot.ts";
import { relationOf } from "../cursor/naming.ts";
import { targetAt } from "../cursor/target-at.ts";
import type { Definition } from "./definition.ts";

/** The side that a relation is integrated with; peers have none. */
const OPPOSITE: Readonly<Record<CharmRelation["side"], CharmRelation["side"] | null>> = {
  provides: "requires",
  requires: "provides",
  peers: null,
};

/**
 * From the relation under a cursor to the relations of the workspace's charms with the same interface and the opposite side. Null where
 * no relation is, or none of that kind is declared. Charms of tests count for charms of tests only.
 */
export function otherSides(analysis: Analysis, path: string, offset: number): Definition | null {
  const target = targetAt(analysis, path, offset);
  const relation = target && relationOf(target)?.relation;
  const side = relation ? OPPOSITE[relation.side] : null;
  if (!target || !relation || side === null || relation.interface === null) return null;
  const places = analysis.charms
    .filter(({ test }) => !test || target.charm.test)
    .flatMap(({ metadata }) => metadata.relations)
    .filter((other) => other.side === side && other.interface === relation.interface)
    .map(({ key }) => key);
  return places.length > 0 ? { origin: target.location, places } : null;
}
