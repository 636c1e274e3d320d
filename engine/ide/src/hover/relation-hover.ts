import { type CharmModel, type CharmRelation, connectsTo, interfaceKnowledge, knownValue } from "#model";
import { inferredDeployment } from "../analysis/deployment.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import { MESH_RELATIONS, MESH_ROLES } from "../rules/mesh-wiring.ts";
import { code, paragraphs, plain, prose, sentence } from "./markdown.ts";
import { effectivePolicyWords } from "./policy-words.ts";

/** A relation in words: what it is for, who calls whom, what lets them, and what the mesh does to the rest. */
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

/** The guide's step behind a mesh relation, in our words. */
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
  const knowledge = relation.interface === null ? null : interfaceKnowledge(relation.interface);
  const mesh = MESH_ROLES.some((role) => MESH_RELATIONS[role].interface === relation.interface);
  if (mesh || relation.side === "peers") return null;
  const { policies, topology } = inferredDeployment(analysis);
  const ids = new Set(
    topology.relations
      .filter((one) =>
        [one.provider, one.requirer].some(
          (end) => end.endpoint === relation.endpoint && end.application === charm.metadata.name,
        ),
      )
      .map((one) => one.id),
  );
  const mine = policies.policies.filter(
    (policy) =>
      policy.relation !== null &&
      ids.has(policy.relation) &&
      (policy.meshPolicy.target_app_name === charm.metadata.name || policy.meshPolicy.target_service !== null),
  );
  if (mine.length > 0) {
    return `Allowed by:\n${mine.map((policy) => `- ${effectivePolicyWords(policy)}`).join("\n")}\n\nWhatever else comes over this relation is denied in hardened mode.`;
  }
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
  return onMesh ? "No policy covers it: in hardened mode this traffic is denied." : null;
}
