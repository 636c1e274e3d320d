import { type CharmRelation, connectsTo, interfaceKnowledge, mayConnectTo } from "#charm";
import { knownValue, optionsOf } from "#python";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { addressOf } from "../facts/published-address.ts";

/** A relation whose other side connects to this charm, and what is known of the way that it takes. */
export interface NeededPolicy {
  readonly relation: CharmRelation;
  /** Who connects, and why, for the comment above the policy. */
  readonly about: string;
  /** null: neither the pods nor the Service for certain; then the policy can't be written, only its gap marked. */
  readonly kind: "unit" | "app" | null;
  readonly port: number | null;
}

type Facts = Pick<CharmFacts, "metadata" | "published" | "coordinator">;

/**
 * One entry for each relation with incoming connections to this charm, in the order of the metadata. Omitted: peers, what
 * a coordinator grants by itself (metrics, its cluster), what the ingress or mesh grants, and interfaces without traffic this
 * way. A provided relation of an unknown interface has an entry without a kind.
 */
export function neededPolicies(facts: Facts): readonly NeededPolicy[] {
  return facts.metadata.relations.flatMap((relation) => {
    if (relation.side === "peers" || relation.interface === null || isManaged(relation, facts)) return [];
    const knowledge = interfaceKnowledge(relation.interface);
    if (!knowledge) {
      if (relation.side !== "provides") return [];
      return [
        { relation, about: `the interface ${relation.interface} is not known to Charm Mesh`, kind: null, port: null },
      ];
    }
    if (knowledge.handledBy !== null || !mayConnectTo(knowledge, relation.side)) return [];
    const address = addressOf(facts.published, relation.endpoint);
    const kind = connectsTo(knowledge, relation.side) ? (address?.kind ?? null) : null;
    return [{ relation, about: knowledge.about, kind, port: kind === null ? null : publishedPort(relation, facts) }];
  });
}

function publishedPort({ endpoint }: CharmRelation, { published }: Facts): number | null {
  const ports = new Set(published.filter((each) => each.relation === endpoint).map((each) => knownValue(each.port)));
  const [port, another] = ports;
  return port !== undefined && another === undefined && ports.size === 1 ? port : null;
}

/** The mesh's own relations, and those for which Coordinator makes policies itself. */
function isManaged(relation: CharmRelation, { coordinator }: Facts): boolean {
  return (
    coordinator?.endpoints.entries.some(
      (each) =>
        (each.key === "metrics" || each.key === "cluster") && optionsOf(each.value)?.includes(relation.endpoint),
    ) ?? false
  );
}
