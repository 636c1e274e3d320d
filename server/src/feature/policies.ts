import { type EffectivePolicies, placeholderComment } from "#mesh";
import { alignedLines, manifestText, POLICY_COLUMNS, policyRows, policyView } from "#picture";
import { type GraphOptions, type PolicyView, policiesRequest } from "#protocol";
import { visibleText } from "#syntax";
import { type ShownDeployment, shownDeployment } from "../deployment.ts";
import type { ServerSnapshot } from "../snapshot.ts";
import type { Feature } from "./feature.ts";

/** The effective policies as a text to read: one line for each, or the manifests with their reasons. */
export const policies: Feature = (serving) =>
  serving.own(policiesRequest, (snapshot, { options, format }) => ({ text: policiesText(snapshot, options, format) }));

/** The text of one format, below a comment that says from what it was worked out. */
export function policiesText(snapshot: ServerSnapshot, options: GraphOptions, format: "yaml" | "table"): string {
  const deployment = shownDeployment(snapshot, options);
  const text = format === "yaml" ? manifests(deployment) : table(deployment.effective);
  return `${head(deployment)}${text}`;
}

function head({ effective, topology, mode }: ShownDeployment): string {
  const from = topology.file?.path ?? "worked out from the charms";
  const lines = [
    `${effective.policies.length} effective mesh policies. Topology: ${from}. The mesh is ${mode.hardened ? "" : "not "}hardened.`,
    ...(topology.note === null ? [] : [topology.note]),
    ...[...topology.problems, ...effective.problems].map(({ message }) => message),
  ];
  return lines.map(comment).join("");
}

function table(effective: EffectivePolicies): string {
  const rows = policyRows(effective);
  return rows.length === 0 ? "" : `\n${alignedLines([POLICY_COLUMNS, ...rows]).join("\n")}\n`;
}

const NO_RESOURCE = {
  istio: "# Istio computes it; the cluster stores no resource for it.\n",
  others: "# Nothing is created for it.\n",
};

function manifests({ effective, topology }: ShownDeployment): string {
  return effective.policies
    .map((policy) => {
      const body = policy.resource
        ? manifestText(policy.resource)
        : NO_RESOURCE[policy.origin === "istio" ? "istio" : "others"];
      return `\n---\n${reasons(policyView(policy))}${placeholderComment(policy, topology)}${body}`;
    })
    .join("");
}

function reasons({ origin, summary, because }: PolicyView): string {
  const places = because.map(({ text, place }) => {
    const at = place ? ` (${place.path}:${place.line + 1}:${place.character + 1})` : "";
    return comment(`  ${text}${at}`);
  });
  return `${comment(`${origin}: ${summary}`)}${places.join("")}`;
}

/** One line of YAML that means nothing, whatever line breaks the text holds: the document may be given to kubectl. */
function comment(text: string): string {
  return `# ${visibleText(text)}\n`;
}
