import type { EffectivePolicies, EffectivePolicy } from "#model";
import { manifestText, policyView } from "#picture";
import { type PolicyView, policiesRequest } from "#protocol";
import { shownDeployment } from "../deployment.ts";
import type { Feature } from "./feature.ts";

/** The effective policies as a text to read: manifests with their reasons, or one line for each. */
export const policies: Feature = (serving) =>
  serving.own(policiesRequest, (moment, { options, format }) => {
    const { effective, topology } = shownDeployment(moment, options);
    const from = topology.file?.path ?? "worked out from the charms";
    const head = `# Effective mesh policies: ${effective.policies.length} (topology: ${from})\n`;
    return { text: head + (format === "yaml" ? manifests(effective) : lines(effective)) };
  });

function manifests({ policies }: EffectivePolicies): string {
  return policies.map((policy) => `\n---\n${reasons(policyView(policy))}${body(policy)}`).join("");
}

function body(policy: EffectivePolicy): string {
  return policy.resource ? manifestText(policy.resource) : "# Nothing is created for it.\n";
}

function lines({ policies }: EffectivePolicies): string {
  return policies.map((policy) => `\n${reasons(policyView(policy))}`).join("");
}

function reasons({ origin, source, target, summary, because }: PolicyView): string {
  const places = because.map(({ text, place }) => {
    const at = place ? ` (${place.path}:${place.line + 1}:${place.character + 1})` : "";
    return `#   ${text}${at}\n`;
  });
  return `# ${origin}: ${source} → ${target}: ${summary}\n${places.join("")}`;
}
