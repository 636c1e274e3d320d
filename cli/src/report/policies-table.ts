import type { EffectivePolicies, EffectivePolicy, Endpoint, Topology } from "#model";
import type { Paint } from "../terminal.ts";
import { placeText } from "./diagnostics-text.ts";
import { counted } from "./plural.ts";
import { tableText } from "./table.ts";

const ORIGIN = {
  "cluster-internal": "cluster-internal",
  "coordinator-default": "default",
  charm: "charm",
  "resource-manager": "resource manager",
  beacon: "beacon",
} as const;

/** The effective policies for people: from whom, to whom, what, and because of which line. */
export function policiesTable(topology: Topology, effective: EffectivePolicies, paint: Paint): string {
  const rows = effective.policies.map((policy) => [
    ORIGIN[policy.origin],
    `${policy.meshPolicy.source_app_name}@${policy.meshPolicy.source_namespace}`,
    targetText(policy),
    grantText(policy),
    originText(policy),
  ]);
  const head = paint("gray", `${topology.note ?? `topology: ${topology.file?.path ?? topology.source}`}\n`);
  const table =
    rows.length > 0 ? tableText(["ORIGIN", "FROM", "TO", "WHAT", "BECAUSE"], rows, (text) => paint("bold", text)) : "";
  const problems = [...topology.problems, ...effective.problems].map((problem) =>
    paint("yellow", `${problem.message}\n`),
  );
  return `${head}${table}${problems.join("")}${counted(effective.policies.length, "policy", "policies")}.\n`;
}

/** The target in words: the Service, the pods of an application, or the pods that labels select. */
export function targetText({ meshPolicy }: EffectivePolicy): string {
  const where = `@${meshPolicy.target_namespace}`;
  if (meshPolicy.target_type === "app")
    return `Service ${meshPolicy.target_service || meshPolicy.target_app_name}${where}`;
  const labels = Object.entries(meshPolicy.target_selector_labels ?? {});
  if (labels.length > 0) return `pods ${labels.map(([key, value]) => `${key}=${value}`).join(",")}${where}`;
  return meshPolicy.target_app_name ? `pods of ${meshPolicy.target_app_name}${where}` : `all pods${where}`;
}

/** What the policy lets through, in words. Ports that could not be fully read are told as such. */
export function grantText(policy: EffectivePolicy): string {
  if (policy.resource === null) return "nothing is created";
  const { endpoints } = policy.meshPolicy;
  if (endpoints.length === 0) return "everything";
  const uncertain = policy.uncertain ? " (as far as could be read)" : "";
  return endpoints.map(endpointText).join("; ") + uncertain;
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

function originText(policy: EffectivePolicy): string {
  const place = policy.because.find((reason) => reason.location !== null);
  return place?.location ? placeText(place.location) : (policy.because[0]?.citation ?? policy.because[0]?.text ?? "");
}
