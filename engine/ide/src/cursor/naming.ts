import type { CharmModel, CharmRelation, RelationUse } from "#charm";
import type { Location } from "#syntax";
import type { Target } from "./target.ts";
import { relationNamed } from "./targets-of.ts";

/** The relation that a target names or declares, or null. Both sides of the YAML–Python bridge. */
export function relationOf(
  target: Target,
): { readonly endpoint: string; readonly relation: CharmRelation | null } | null {
  switch (target.kind) {
    case "relation":
    case "interface":
      return { endpoint: target.relation.endpoint, relation: target.relation };
    case "relation-use":
    case "deployed-endpoint":
      return { endpoint: target.endpoint, relation: target.relation };
    case "endpoint-key": {
      const { value } = target.entry;
      if (value.kind !== "known" || value.value === null) return null;
      return { endpoint: value.value, relation: relationNamed(target.charm, value.value) };
    }
    default:
      return null;
  }
}

/** One place that holds the name of a relation: the name alone, without the quotes around it. */
export interface NamedPlace {
  readonly location: Location;
  readonly role: "declaration" | RelationUse["role"];
  /** Written as in an event, where hyphens are underscores. */
  readonly isEvent: boolean;
}

/** Every place of a charm that holds the name of a relation: its declaration first, then the places in Python, tests included. */
export function placesHolding(charm: CharmModel, endpoint: string): readonly NamedPlace[] {
  const places: NamedPlace[] = charm.metadata.relations
    .filter((relation) => relation.endpoint === endpoint)
    .map((relation) => ({ location: bare(relation.key), role: "declaration" as const, isEvent: false }));
  for (const { endpoint: name, location, role, isEvent } of charm.relationUses)
    if (name === endpoint) places.push({ location: bare(location), role, isEvent });
  return places;
}

/** Whether a place of this role names the relation for certain; a `shared` one names something else as well. */
export function namesRelation(role: NamedPlace["role"]): boolean {
  return role !== "unrelated" && role !== "other";
}

/** A place without the quotes, and prefix letters, around its text. */
export function bare(location: Location): Location {
  const { file, span } = location;
  const text = file.text.slice(span.start, span.end);
  const quoted = /^([rRbBuUfF]{0,2})("""|'''|"|')([\s\S]*)\2$/.exec(text);
  if (!quoted) return location;
  const start = span.start + (quoted[1]?.length ?? 0) + (quoted[2]?.length ?? 0);
  return { file, span: { start, end: start + (quoted[3]?.length ?? 0) } };
}
