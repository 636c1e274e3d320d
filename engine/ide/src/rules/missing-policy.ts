import {
  type CharmRelation,
  connectsTo,
  type DeclaredPolicy,
  endpointKey,
  fitsEndpointKey,
  interfaceKnowledge,
  isDeclaredOnly,
  mayConnectTo,
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
      if (covered.has(relation.endpoint) || meant.has(relation.endpoint) || isManaged(relation, facts)) continue;
      const traffic = relation.side === "peers" ? betweenUnits(relation, facts) : fromOtherSide(relation, facts);
      if (!traffic) continue;
      const { address, policy } = traffic;
      yield {
        severity: traffic.severity,
        message: traffic.message,
        location: relation.key,
        related: [
          ...(address ? [{ location: address.place.location, message: "The address is published here." }] : []),
          ...(policy ? [{ location: policy.callee, message: "This policy restricts the Service." }] : []),
        ],
        fixes: relation.side === "peers" ? [] : insertion(relation, facts),
      };
    }
  },
});

/** Traffic that no policy allows, and what becomes of it. */
interface Denied {
  readonly severity: "warning" | "information";
  readonly message: string;
  readonly address: ReturnType<typeof addressOf>;
  /** The policy that closes the Service. */
  readonly policy: DeclaredPolicy | null;
}

/** What the other side of a relation meets; null where it does not come, or where that is not known. */
function fromOtherSide(relation: CharmRelation, facts: CharmFacts): Denied | null {
  const { endpoint, side } = relation;
  const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
  if (knowledge?.handledBy || side === "peers") return null;
  const published = facts.published.filter((each) => each.relation === endpoint);
  if (published.some((each) => knownValue(each.address) === "none")) return null;
  const address = addressOf(facts.published, endpoint);
  const restricting = facts.policies.find((each) => each.kind !== "UnitPolicy" && each.kind !== "MeshPolicy");
  const policy =
    restricting && knownValue(restricting.service) === null && address?.kind === "app" ? restricting : null;
  const denied = address?.kind === "unit" || policy !== null;
  const why =
    address?.kind === "unit"
      ? `this charm publishes ${withPort("its pod's address", published)} over “${endpoint}”, and only a UnitPolicy allows direct traffic to a pod`
      : `no policy allows traffic over “${endpoint}”${policy ? `, and other policies already restrict ${withPort("this Service", published)}` : ""}`;
  if (knowledge && connectsTo(knowledge, side)) {
    if (isDeclaredOnly(facts, endpoint)) return null;
    const who = /\(([A-Z][\w -]*)\)/.exec(knowledge.about)?.[1] ?? "The other side";
    return {
      severity: denied ? "warning" : "information",
      message: denied
        ? `${who} will be denied: ${why}.`
        : `${who} will be denied in hardened mode: ${why} (${knowledge.about}).`,
      address,
      policy,
    };
  }
  // An address of its own invites the other side, whatever the interface is called. That it comes is likely, not certain.
  if ((knowledge && (knowledge.sure || !mayConnectTo(knowledge, side))) || !denied) return null;
  return {
    severity: "information",
    message:
      address?.kind === "unit"
        ? `The other side will be denied if it connects: ${why}.`
        : `The other side will be denied if it connects: this charm publishes its Service's address over “${endpoint}”, no policy allows traffic over that relation, and other policies already restrict ${withPort("this Service", published)}.`,
    address,
    policy,
  };
}

/** The units of some applications call each other over a peer relation, at their pods' addresses. */
function betweenUnits(relation: CharmRelation, { policies }: CharmFacts): Denied | null {
  const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
  if (knowledge?.opens !== "both" || !policies.some((each) => each.kind === "UnitPolicy")) return null;
  const ports = knowledge.ports.length > 0 ? ` on port ${knowledge.ports.join(" and ")}` : "";
  return {
    severity: "warning",
    message: `The units of this application can't reach each other${ports}: no UnitPolicy allows traffic over “${relation.endpoint}” (${knowledge.about}), and the pods are closed.`,
    address: null,
    policy: null,
  };
}

function withPort(what: string, published: CharmFacts["published"]): string {
  const ports = new Set(published.map((each) => knownValue(each.port)));
  const [port, another] = ports;
  return port === undefined || another !== undefined || ports.size > 1 ? what : `${what} (port ${port})`;
}

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
