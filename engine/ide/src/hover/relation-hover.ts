import { type CharmModel, type CharmRelation, connectsTo, interfaceKnowledge } from "#charm";
import { type EffectivePolicy, meshMembership } from "#mesh";
import { knownValue } from "#python";
import {
  applicationsOf,
  type Deployment,
  deploymentOf,
  inferredDeployment,
  policiesMadeBy,
} from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../facts/mesh-wiring.ts";
import { inWords, relationsOver } from "./deployment-words.ts";
import { code, paragraphs, plain, prose, sentence } from "./markdown.ts";
import { effectivePolicyWords } from "./policy-words.ts";

/** A relation in words: its purpose, the caller and the called side, the policy that permits the calls, and the effect of the mesh on the rest. */
export function relationHover(charm: CharmModel, relation: CharmRelation, analysis: Analysis): string {
  const head = `**${plain(relation.endpoint)}** · ${relation.side}${relation.interface ? ` ${code(relation.interface)}` : ""}${relation.limit === null ? "" : ` · limit ${relation.limit}`}`;
  return paragraphs(
    head,
    meshStep(relation),
    relation.interface ? interfaceWords(relation.interface) : null,
    coverage(charm, relation, analysis),
  );
}

/** What is known about an interface, with its source. */
export function interfaceWords(name: string): string {
  const knowledge = interfaceKnowledge(name);
  if (!knowledge) return `Nothing is known about the traffic of ${code(name)}.`;
  const who = {
    requirer: "The requirer connects to the provider.",
    provider: "The provider connects to the requirer.",
    both: "Both sides connect to each other.",
    none: "No traffic flows over it, only data.",
  }[knowledge.opens];
  const ports = knowledge.ports.length > 0 ? ` Usual ports: ${knowledge.ports.join(", ")}.` : "";
  const handled = {
    ingress: " The ingress charm makes the policies for its backends itself.",
    mesh: " The mesh's own charms handle it.",
    cluster: " The coordinator handles it inside its cluster.",
  };
  return `${prose(sentence(knowledge.about))}. ${who}${ports}${knowledge.handledBy ? handled[knowledge.handledBy] : ""} _(${plain(knowledge.citation)})_`;
}

/** The guide's step behind a mesh relation, paraphrased. */
function meshStep(relation: CharmRelation): string | null {
  switch (relation.interface) {
    case "service_mesh":
      return "Puts the charm on a service mesh: the beacon sends the labels that enrol its pods, and applies the authorization policies that the charm asks for. One beacon only: `limit: 1`.";
    case "cross_model_mesh":
      return relation.side === "provides"
        ? "Learns who the applications of other models are. Without it a policy for a cross-model relation names the local alias and matches nobody."
        : "Tells charms of other models who this application is, so that their policies can name it.";
    default:
      return null;
  }
}

function coverage(charm: CharmModel, relation: CharmRelation, analysis: Analysis): string | null {
  const mesh = MESH_ROLES.some((role) => MESH_RELATIONS[role].interface === relation.interface);
  if (mesh || relation.side === "peers") return null;
  const found = deploymentOf(analysis, charm);
  const own = policiesOver(charm, relation, found);
  const nothing = whyNothing(charm, relation, found, own);
  const isTold = nothing === null && relationsOver(found, charm, relation.endpoint).known === "some";
  if (isTold || found.topology.file === null)
    return paragraphs(nothing, allowedWords(own, found) ?? uncoveredWords(charm, relation, found));
  const suggested = inferredDeployment(analysis);
  const allowed = allowedWords(policiesOver(charm, relation, suggested), suggested, inWords(suggested));
  return paragraphs(nothing, allowed ?? uncoveredWords(charm, relation, suggested));
}

/** The policies of a charm's own applications that follow from a relation of theirs. */
function policiesOver(charm: CharmModel, relation: CharmRelation, found: Deployment): readonly EffectivePolicy[] {
  const { ids } = relationsOver(found, charm, relation.endpoint);
  return policiesMadeBy(found, charm).filter((policy) => policy.relation !== null && ids.has(policy.relation));
}

/** Why a deployment has no policy for a relation although others would have; null where that is no question. */
function whyNothing(
  charm: CharmModel,
  relation: CharmRelation,
  found: Deployment,
  own: readonly EffectivePolicy[],
): string | null {
  if (found.topology.file && relationsOver(found, charm, relation.endpoint).known === "none")
    return `Nothing is related over it ${inWords(found)}.`;
  const [dropped] = own.some(({ resource }) => resource !== null) ? [] : own;
  return dropped
    ? `Its policies come to nothing ${inWords(found)}: ${prose(dropped.because.at(-1)?.text ?? "")}`
    : null;
}

/** What lets traffic over a relation in; null for nothing. A deployment that the charms suggest goes without saying. */
function allowedWords(
  own: readonly EffectivePolicy[],
  found: Deployment,
  where = found.topology.file ? inWords(found) : "",
): string | null {
  const made = own.filter(({ resource }) => resource !== null);
  if (made.length === 0) return null;
  return `Allowed by${where && `, ${where}`}:\n${made.map((policy) => `- ${effectivePolicyWords(policy)}`).join("\n")}\n\nIn hardened mode, all other traffic over this relation is denied.`;
}

/** What happens to traffic that no policy of this side lets in; null where there is none, or where others see to it. */
function uncoveredWords(charm: CharmModel, relation: CharmRelation, found: Deployment): string | null {
  const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
  const side = relation.side === "provides" ? "provides" : "requires";
  if (knowledge === null) return null;
  if (!connectsTo(knowledge, side)) {
    const goesOut = connectsTo(knowledge, side === "provides" ? "requires" : "provides");
    return goesOut && knowledge.handledBy === null ? "Whether it may is up to the policies of the other side." : null;
  }
  if (knowledge.handledBy !== null || charm.rawPolicies.length > 0 || charm.kind === "worker") return null;
  const onMesh =
    charm.consumers.length > 0 ||
    charm.coordinator?.endpoints.entries.some((entry) => entry.key === "service-mesh" && knownValue(entry.value));
  if (!onMesh) return null;
  const members = meshMembership(found.topology, found.topology.mode);
  const isDenied =
    found.topology.file === null ||
    applicationsOf(found, charm).some(({ model, name }) => members.get(`${model}/${name}`) !== false);
  return isDenied ? "No policy covers it: in hardened mode this traffic is denied." : "No policy covers it.";
}
