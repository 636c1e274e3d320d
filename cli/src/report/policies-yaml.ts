import {
  type EffectivePolicies,
  type EffectivePolicy,
  istioRefusal,
  placeholderComment,
  type Topology,
  UNKNOWN_HASH,
} from "#mesh";
import { conditionText } from "#python";
import { LOG_COMMAND, visibleText, yamlText } from "#syntax";

/**
 * The policies as `kubectl apply -f -` takes them: one document for each resource that Istio does not refuse. A policy that is not fully known becomes a comment
 * with the reason; `includeUncertain` writes its manifest after that comment, with all that it may grant. Comments at the top list
 * what could not be read.
 */
export function policiesYaml(topology: Topology, effective: EffectivePolicies, includeUncertain: boolean): string {
  const problems = [...topology.problems, ...effective.problems].map(({ message }) => comment(message));
  const documents = new Map<string, string>();
  for (const policy of effective.policies) {
    const { resource } = policy;
    if (resource === null) continue;
    const refusal = policy.uncertain === null ? istioRefusal(resource.spec) : null;
    if (refusal !== null) {
      const { name, namespace } = resource.metadata;
      documents.set(
        `${namespace}/${policy.id}`,
        comment(`left out because Istio refuses it: ${namespace}/${name}: ${refusal}`),
      );
      continue;
    }
    const why = doubtAbout(policy);
    const manifest = `---\n${placeholderComment(policy, topology)}${yamlText(resource)}`;
    const { name, namespace } = resource.metadata;
    const written =
      why === null
        ? manifest
        : includeUncertain
          ? comment(`not certain: ${why}`) + manifest
          : comment(`left out because it is not certain (--include-uncertain writes it): ${namespace}/${name}: ${why}`);
    // Several that are not certain can have one name, as the hash in it is not known.
    documents.set(`${namespace}/${why === null ? name : policy.id}`, written);
  }
  return [...problems, ...documents.values()].join("");
}

/** Why a policy may be another one, or not be there; null where all of it is known. */
function doubtAbout({ resource, uncertain, unread, condition }: EffectivePolicy): string | null {
  if (resource?.metadata.name === UNKNOWN_HASH) return "its name can't be read";
  if (condition !== undefined) return `it is made only if ${conditionText(condition)}`;
  const fact = uncertain?.find((one) => one.kind !== "known");
  if (fact?.kind === "unknown") return fact.why;
  if (fact !== undefined) return "which of its ports it opens is decided when the charm runs";
  if (unread?.some((attributes) => attributes.length > 0)) return "not all of its paths, methods and hosts can be read";
  return uncertain === null ? null : "not all of it can be read";
}

/** One line that YAML passes over, whatever the text holds. */
function comment(text: string): string {
  return `# ${visibleText(text).replaceAll(LOG_COMMAND, "##\\[")}\n`;
}
