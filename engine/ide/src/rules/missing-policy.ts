import {
  type CharmRelation,
  connectsTo,
  endpointKey,
  fitsEndpointKey,
  interfaceKnowledge,
  isDeclaredOnly,
} from "#charm";
import { knownValue, optionsOf } from "#python";
import type { Fix } from "../diagnostic.ts";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { admits } from "../facts/package-versions.ts";
import { addressOf } from "../facts/published-address.ts";
import { addedPolicyFixes } from "../fixes/added-policy.ts";
import { closestName } from "../fixes/closest-name.ts";
import { charmRule } from "./rule.ts";

/** On the mesh the other side of a relation gets in only where a policy says so; where exactly it is denied depends on the address. */
export const missingPolicy = charmRule({
  name: "missing-policy",
  summary: "The other side of a relation connects to this charm, and no policy lets it in.",
  severities: ["warning", "information"],
  *findings(facts) {
    const { wiring, policies, metadata } = facts;
    const joined = wiring.coordinator === "all" || facts.consumers.length > 0;
    if (!joined || facts.damaged || !facts.policiesComplete) return;
    // A consumer in the place of the coordinator's keys is `consumer-beside-coordinator`'s.
    const takesKeys = admits(facts.dependencies, "coordinated-workers", ">=2.1.0");
    if (takesKeys && facts.coordinator && wiring.coordinator !== "all") return;
    if (facts.rawPolicies.length > 0 || facts.resourceManagers.length > 0) return;
    const covered = new Set<string | null>(
      policies.flatMap((each): readonly (string | null)[] => optionsOf(each.relation) ?? [null]),
    );
    if (covered.has(null)) return;
    const meant = misspelt(facts);
    for (const relation of metadata.relations) {
      if (relation.side === "peers" || covered.has(relation.endpoint) || isManaged(relation, facts)) continue;
      if (meant.has(relation.endpoint)) continue;
      const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
      if (!knowledge || knowledge.handledBy !== null || !connectsTo(knowledge, relation.side)) continue;
      const address = addressOf(facts.published, relation.endpoint);
      const appPolicy = policies.find((each) => each.kind !== "UnitPolicy" && each.kind !== "MeshPolicy");
      const servicePolicy = appPolicy && knownValue(appPolicy.service) === null ? appPolicy : null;
      if (facts.published.some((each) => each.relation === relation.endpoint && knownValue(each.address) === "none"))
        continue;
      if (isDeclaredOnly(facts, relation.endpoint)) continue;
      const denied = address?.kind === "unit" || (address?.kind === "app" && servicePolicy !== null);
      yield {
        severity: denied ? "warning" : "information",
        message: `No policy covers “${relation.endpoint}” (${knowledge.about}): ${
          address?.kind === "unit"
            ? "this charm tells the address of its pod there, and direct traffic to a pod is denied unless a UnitPolicy allows it"
            : denied
              ? "other policies target the Service already, so whatever none of them allows is denied"
              : "in hardened mode that traffic is denied"
        }.`,
        location: relation.key,
        related: [
          ...(address ? [{ location: address.place.location, message: "The address is told here." }] : []),
          ...(denied && address?.kind === "app" && servicePolicy
            ? [{ location: servicePolicy.callee, message: "This policy targets the Service." }]
            : []),
        ],
        fixes: insertion(relation, facts),
      };
    }
  },
});

/** Relations that a policy means and misspells: it covers them once `undeclared-policy-relation` is mended. */
function misspelt({ policies, metadata }: CharmFacts): ReadonlySet<string | null> {
  const endpoints = metadata.relations.map((each) => each.endpoint);
  const names = policies.flatMap((each) => optionsOf(each.relation) ?? []);
  return new Set(names.filter((name) => !endpoints.includes(name)).map((name) => closestName(name, endpoints)));
}

/**
 * What the coordinator grants by itself: its metrics relation and its cluster. Where the map does not tell which relation that is
 * (unread, absent, None, not declared), it may be any that would fit.
 */
function isManaged(relation: CharmRelation, { coordinator, wiring, metadata }: CharmFacts): boolean {
  if (!coordinator || wiring.coordinator !== "all") return false;
  return ["metrics", "cluster"].some((name) => {
    const key = endpointKey(name);
    const entry = coordinator.endpoints.entries.findLast((each) => each.key === name);
    const named = entry && optionsOf(entry.value);
    if (named?.some((each) => metadata.relations.some(({ endpoint }) => endpoint === each)))
      return named.includes(relation.endpoint);
    return key !== null && relation.side === key.side && fitsEndpointKey(key, relation.interface ?? "");
  });
}

/** Only where address and port are known: a policy with a gap in it would be no fix. */
function insertion(relation: CharmRelation, facts: CharmFacts): Fix[] {
  const address = addressOf(facts.published, relation.endpoint);
  const ports = new Set(
    facts.published.filter((each) => each.relation === relation.endpoint).map((each) => knownValue(each.port)),
  );
  const [port, another] = ports;
  if (!address || port === undefined || another !== undefined || ports.size > 1) return [];
  if (address.kind === "app" && !optionsOf(facts.openedPorts)?.flat().includes(port)) return [];
  return addedPolicyFixes({ relation: relation.endpoint, kind: address.kind, port }, facts);
}
