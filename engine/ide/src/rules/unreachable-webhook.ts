import { knownValue } from "#python";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { charmRule } from "./rule.ts";

/** The API server has no identity of the mesh, so no policy for a relation lets it in; only a raw policy can. */
export const unreachableWebhook = charmRule({
  name: "unreachable-webhook",
  summary: "The API server can't reach an admission webhook of a charm on the mesh.",
  severities: ["information"],
  *findings(facts) {
    const joining = facts.consumers.find((each) => knownValue(each.autoJoin) !== false);
    const joins = joining?.callee ?? (facts.wiring.coordinator === "all" ? facts.coordinator?.callee : undefined);
    if (!joins || facts.damaged || mayLetIn(facts)) return;
    for (const { name, service, location } of facts.webhooks) {
      // Other Services may lead to pods that are not on the mesh.
      if (service !== "{app}" && service !== facts.metadata.name) continue;
      yield {
        message: `The API server's calls to ${name === null ? "this webhook" : `the webhook “${name}”`} will be denied: it calls from outside the mesh, and no policy of this charm allows that. Give a PolicyResourceManager an allow-all policy for the pods (\`raw_policies\`).`,
        location,
        related: [{ location: joins, message: "The charm joins the mesh here." }],
      };
    }
  },
});

/** Whether something else than a policy for a relation may let the API server in, or keep the pods out of the mesh. */
function mayLetIn({ policies, policiesComplete, rawPolicies, resourceManagers, python }: CharmFacts): boolean {
  return (
    !policiesComplete ||
    rawPolicies.length > 0 ||
    resourceManagers.length > 0 ||
    policies.some((each) => each.kind === "MeshPolicy") ||
    python.own.some((file) => file.text.includes("istio.io/dataplane-mode"))
  );
}
