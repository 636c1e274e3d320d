import type { CharmRelation, EndpointMap } from "#charm";
import { knownValue } from "#python";
import type { DeclaredRelations } from "./declared-relations.ts";

/** The relation that a coordinator's or worker's map names under `cluster`; null where it can't be read or is not declared. */
export function clusterRelation(map: EndpointMap | undefined, declared: DeclaredRelations): CharmRelation | null {
  const entry = map?.entries.findLast((each) => each.key === "cluster");
  const name = entry && knownValue(entry.value);
  return (name && declared.byName.get(name)) || null;
}
