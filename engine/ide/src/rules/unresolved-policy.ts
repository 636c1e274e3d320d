import type { DeclaredPolicy, GivenShape, PolicyArgument } from "#charm";
import type { Fact } from "#python";
import { charmRule } from "./rule.ts";

/** One finding at the unreadable place; no other rule draws conclusions from it. */
export const unresolvedPolicy = charmRule({
  name: "unresolved-policy",
  summary: "A policy's relation or ports are not checked, because the source does not say which they are.",
  severities: ["hint"],
  *findings({ policies }) {
    for (const policy of policies) {
      if (policy.kind === "MeshPolicy") continue;
      const relation = unreadable(policy.relation);
      if (relation !== null && policy.relationLocation && !isRead(policy, "relation"))
        yield {
          message: `The relation of this ${policy.kind} is not checked, because the source does not say which it is: ${relation}.`,
          location: policy.relationLocation,
        };
      const place = policy.arguments.find((each) => each.name === "ports" || each.name === "endpoints");
      const own = unreadable<unknown>(policy.kind === "UnitPolicy" ? policy.ports : policy.endpoints);
      // What is known and of another kind is `invalid-policy-argument`'s, and so is an element that is.
      const spelt = place && (place.elements?.every(isKnownOrRefused) ?? isRead(policy, place.name));
      if (own !== null && place && !spelt)
        yield {
          message: `The ports of this ${policy.kind} are not checked, because the source does not say which they are: ${own}.`,
          location: place.value,
        };
      if (policy.endpoints.kind !== "known") continue;
      for (const endpoint of policy.endpoints.value) {
        const ports = unreadable(endpoint.ports);
        const at = endpoint.arguments.get("ports");
        const given = endpoint.given.find((each) => each.name === "ports");
        const known = given?.elements?.every(isKnownOrRefused) ?? (given && isKnownOrRefused(given));
        if (ports !== null && at && !known)
          yield {
            message: `The ports of this endpoint are not checked, because the source does not say which they are: ${ports}.`,
            location: at,
          };
      }
    }
  },
});

function isRead(policy: DeclaredPolicy, name: string): boolean {
  return policy.arguments.some((each) => each.name === name && isKnownOrRefused(each));
}

/** Whether it is known what is given, or at least that it is nothing that is taken there. */
function isKnownOrRefused({ data, shape }: Pick<PolicyArgument, "data" | "shape">): boolean {
  return data.kind === "known" || REFUSED.has(shape);
}

const REFUSED: ReadonlySet<GivenShape> = new Set(["mapping", "endpoint", "another-model", "complex"]);

function unreadable<T>(fact: Fact<T>): string | null {
  if (fact.kind === "unknown") return fact.why;
  return fact.kind === "template" ? `it depends on ${fact.text}` : null;
}
