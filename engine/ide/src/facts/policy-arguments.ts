import type { DeclaredEndpoint, DeclaredPolicy, GivenElement, PolicyArgument } from "#charm";

/** One argument of a policy or of one of its endpoints. */
export interface OwnedArgument {
  readonly policy: DeclaredPolicy;
  /** The enclosing endpoint; null for an argument of the policy itself. */
  readonly endpoint: DeclaredEndpoint | null;
  readonly argument: PolicyArgument;
}

/** All arguments of some name, of the policies and of the endpoints in them, in source order. */
export function* argumentsNamed(policies: readonly DeclaredPolicy[], name: string): Iterable<OwnedArgument> {
  for (const policy of policies) {
    for (const argument of policy.arguments) if (argument.name === name) yield { policy, endpoint: null, argument };
    if (policy.endpoints.kind !== "known") continue;
    for (const endpoint of policy.endpoints.value)
      for (const argument of endpoint.given) if (argument.name === name) yield { policy, endpoint, argument };
  }
}

/** The content of a list argument, element by element with its own place; the whole value where it is not a list display. */
export function elementsOf(argument: PolicyArgument): readonly GivenElement[] {
  if (argument.elements) return argument.elements;
  const { data, value } = argument;
  if (data.kind !== "known" || !Array.isArray(data.value)) return [];
  return data.value.map((each: unknown) => ({
    location: value,
    data: { kind: "known", value: each, because: data.because },
    shape: "unknown",
    condition: null,
  }));
}
