import type { DeclaredPolicy } from "#charm";
import { MODELS } from "#mesh";
import { knownValue } from "#python";
import { charmRule } from "./rule.ts";

/** `endpoints=[]` and a UnitPolicy without ports render `to: []`: every port, method and path. */
export const unrestrictedPolicy = charmRule({
  name: "unrestricted-policy",
  summary: "A policy without any port, method or path restriction.",
  severities: ["information"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.argumentsOpen || !grantsEverything(policy)) continue;
      const place = policy.arguments.find((each) => each.name === "ports" || each.name === "endpoints");
      yield {
        message: `Every application that is related over ${relationText(policy)} reaches every port: this ${policy.kind} restricts nothing.`,
        location: place?.keyword ? place.value : policy.callee,
      };
    }
  },
});

function grantsEverything(policy: DeclaredPolicy): boolean {
  if (policy.kind === "MeshPolicy") return false;
  // A keyword that is dropped was meant to restrict: `ignored-argument`.
  if (policy.arguments.some((each) => !MODELS[policy.kind].some((field) => field.name === each.name))) return false;
  if (policy.kind === "UnitPolicy") {
    const ports = knownValue(policy.ports);
    return ports === null || ports?.length === 0;
  }
  return policy.arguments.some((each) => each.name === "endpoints") && knownValue(policy.endpoints)?.length === 0;
}

function relationText(policy: DeclaredPolicy): string {
  const name = knownValue(policy.relation);
  return name === undefined ? "its relation" : `“${name}”`;
}
