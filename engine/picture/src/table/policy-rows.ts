import {
  allowsNothing,
  type EffectivePolicies,
  type EffectivePolicy,
  type Endpoint,
  istioRefusal,
  policyScope,
} from "#mesh";
import { positionAt } from "#syntax";

/** The label of all pods of a cluster (coordinated-workers). */
const CLUSTER_LABEL = "app.kubernetes.io/part-of";

/** The head of `policyRows`. The grammar of the policies' documents (syntaxes/charm-mesh-policies.yaml) knows these words. */
export const POLICY_COLUMNS = ["ORIGIN", "FROM", "TO", "WHAT", "BECAUSE"] as const;

const ORIGIN = {
  "cluster-internal": "cluster-internal",
  "coordinator-default": "default",
  charm: "charm",
  "resource-manager": "resource manager",
  beacon: "beacon",
  ingress: "ingress",
  istio: "Istio",
} as const;

/** The effective policies for people, a row for each: from whom, to whom, what, and because of which line. */
export function policyRows({ policies }: EffectivePolicies): string[][] {
  return policies.map((policy) => [
    ORIGIN[policy.origin],
    sendersText(policy),
    targetText(policy),
    grantText(policy),
    originText(policy),
  ]);
}

/** The head of `shortPolicyRows`. */
export const SHORT_POLICY_COLUMNS = ["FROM", "TO", "WHAT"] as const;

/** The same rows for a narrow terminal: from whom, to whom and what, without the model where there is only one. */
export function shortPolicyRows({ policies }: EffectivePolicies): string[][] {
  const models = new Set(
    policies.flatMap((policy) => [
      policy.meshPolicy.target_namespace,
      ...policyScope(policy).senders.map(({ model }) => model),
    ]),
  );
  const [only] = models.size === 1 ? models : [];
  const short = (text: string): string => (only === undefined ? text : text.replaceAll(`@${only}`, ""));
  return policies.map((policy) => [short(sendersText(policy)), short(targetText(policy)), grantText(policy)]);
}

/** Who the policy is about; `*@*` is every sender. */
function sendersText(policy: EffectivePolicy): string {
  const { senders, isForAll, others } = policyScope(policy);
  if (allowsNothing(policy)) return "nobody";
  if (isForAll) return "*@*";
  return [...senders.map(({ application, model }) => `${application}@${model}`), ...others].join(", ");
}

/** The target in words: the Service, the pods of an application, or the pods that labels select. */
function targetText(policy: EffectivePolicy): string {
  const { meshPolicy } = policy;
  const where = `@${meshPolicy.target_namespace}`;
  const { services } = policyScope(policy);
  if (services.length > 0) return `${services.length > 1 ? "Services" : "Service"} ${services.join(", ")}${where}`;
  if (meshPolicy.target_type === "app") return `gateway or waypoint${where}`;
  const labels = Object.entries(meshPolicy.target_selector_labels ?? {});
  const [[key, cluster] = []] = labels;
  if (labels.length === 1 && key === CLUSTER_LABEL) return `pods of cluster ${cluster}${where}`;
  if (labels.length > 0) return `pods ${labels.map(([key, value]) => `${key}=${value}`).join(",")}${where}`;
  return meshPolicy.target_app_name ? `pods of ${meshPolicy.target_app_name}${where}` : `all pods${where}`;
}

/** What the policy lets through, in words. It says which ports could not be fully read. */
function grantText(policy: EffectivePolicy): string {
  if (policy.resource === null && policy.origin !== "istio") return "nothing is created";
  if (allowsNothing(policy)) return "nothing";
  if (policy.resource && policy.uncertain === null && istioRefusal(policy.resource.spec) !== null)
    return "nothing: Istio refuses it";
  const { endpoints } = policy.meshPolicy;
  const { action, conditions } = policyScope(policy);
  const verb = action === "ALLOW" ? "" : `${action} `;
  const what = endpoints.length === 0 ? "everything" : endpoints.map(endpointText).join("; ");
  const asked = conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
  return `${verb}${what}${asked}${policy.uncertain ? " (as far as could be read)" : ""}`;
}

function endpointText(endpoint: Endpoint): string {
  const parts = [
    endpoint.methods?.join("|") ?? "",
    endpoint.paths?.join(" ") ?? "",
    endpoint.ports?.length ? `port ${endpoint.ports.join(", ")}` : "every port",
    endpoint.hosts ? `host ${endpoint.hosts.join(" ")}` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}

/** Lines and columns count from 1 here, as terminals and editors show them. */
function originText({ because }: EffectivePolicy): string {
  const location = because.find((reason) => reason.location !== null)?.location;
  if (!location) return because[0]?.citation ?? because[0]?.text ?? "";
  const { line, character } = positionAt(location.file, location.span.start);
  return `${location.file.path}:${line + 1}:${character + 1}`;
}
