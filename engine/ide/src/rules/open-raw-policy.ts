import type { RawNode } from "#charm";
import { charmRule } from "./rule.ts";

/**
 * Istio combines the rules of a policy with “or”: a rule without `from` lets every sender in, and a rule without `to` allows every request,
 * whatever the other rules say (istio.io, reference, AuthorizationPolicy, `rules`).
 */
export const openRawPolicy = charmRule({
  name: "open-raw-policy",
  summary: "The rules of an AuthorizationPolicy together allow more than each of them says.",
  severities: ["warning"],
  *findings({ rawPolicies }) {
    for (const { callee, resource } of rawPolicies) {
      if (resource === null || !isAllow(fieldOf(resource.spec, "action"))) continue;
      const rules = fieldOf(resource.spec, "rules");
      if (rules?.kind !== "list") continue;
      const anySender = rules.items.some((rule) => isLeftOut(rule, "from") && isGiven(rule, "to"));
      const anyRequest = rules.items.some((rule) => isLeftOut(rule, "to") && isGiven(rule, "from"));
      if (!anySender || !anyRequest) continue;
      yield {
        message:
          "This policy probably allows more than you mean: Istio combines rules with “or”, so the rule without `from` lets every sender send those requests, and the rule without `to` lets those senders send every request. Put `from` and `to` into one rule.",
        location: callee,
      };
    }
  },
});

function fieldOf(node: RawNode, field: string): RawNode | undefined {
  return node.kind === "object" ? node.fields.get(field) : undefined;
}

/** ALLOW is the default. */
function isAllow(action: RawNode | undefined): boolean {
  return action === undefined || (action.kind === "value" && (action.value === null || action.value === "ALLOW"));
}

/** Whether a rule surely lacks a part. A condition restricts the rule in a way of its own, so such a rule counts as restricted. */
function isLeftOut(rule: RawNode, part: string): boolean {
  if (rule.kind !== "object" || !isEmpty(rule.fields.get("when"))) return false;
  return isEmpty(rule.fields.get(part));
}

function isEmpty(node: RawNode | undefined): boolean {
  if (node === undefined) return true;
  return node.kind === "list" ? node.items.length === 0 : node.kind === "value" && node.value === null;
}

function isGiven(rule: RawNode, part: string): boolean {
  const node = rule.kind === "object" ? rule.fields.get(part) : undefined;
  return node?.kind === "list" && node.items.length > 0;
}
