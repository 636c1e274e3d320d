import type { DeclaredEndpoint, DeclaredPolicy } from "#charm";
import { type EffectivePolicy, type Endpoint, policyScope } from "#mesh";
import { code, factWords, plain, portsInWords, portWords } from "./markdown.ts";

/** What a declared policy grants, in one sentence. */
export function declaredPolicyWords(policy: DeclaredPolicy): string {
  if (policy.kind === "MeshPolicy") return "Grants what its own fields say; a PolicyResourceManager applies it.";
  const who = `Whoever is related over ${factWords(policy.relation, code)}`;
  if (policy.kind === "UnitPolicy") {
    return `${who} may reach **this charm's pods** directly on ${policy.ports.kind === "known" ? portsInWords(policy.ports.value) : factWords(policy.ports, portWords)} (port rules, enforced at ztunnel).`;
  }
  const service =
    policy.service.kind === "known" && policy.service.value
      ? `the Service ${code(policy.service.value)}`
      : "**this charm's Service**";
  const what = factWords(policy.endpoints, (endpoints) =>
    endpoints.length === 0 ? "everything" : endpoints.map(declaredEndpointWords).join("; "),
  );
  return `${who} may reach ${service}: ${what} (HTTP rules, enforced at the waypoint).`;
}

function declaredEndpointWords(endpoint: DeclaredEndpoint): string {
  const list = (values: readonly string[] | null): string => (values ?? []).map(code).join(", ");
  const parts = [
    isNothing(endpoint.methods) ? "" : factWords(endpoint.methods, list),
    isNothing(endpoint.paths) ? "" : factWords(endpoint.paths, list),
    endpoint.ports.kind === "known"
      ? portsInWords(endpoint.ports.value)
      : `ports ${factWords(endpoint.ports, portWords)}`,
    isNothing(endpoint.hosts) ? "" : `host ${factWords(endpoint.hosts, list)}`,
  ];
  return parts.filter((part) => part !== "").join(" ");
}

function isNothing(fact: DeclaredEndpoint["methods"]): boolean {
  return fact.kind === "known" && (fact.value === null || fact.value.length === 0);
}

/** The source, target and permitted traffic of an effective policy, in one line. */
export function effectivePolicyWords(policy: EffectivePolicy): string {
  const { meshPolicy } = policy;
  const { senders, isForAll, others } = policyScope(policy);
  const who = isForAll
    ? "every source"
    : [...senders.map((one) => code(one.application)), ...others.map(plain)].join(", ");
  const target =
    meshPolicy.target_type === "app"
      ? `Service ${code(meshPolicy.target_service || meshPolicy.target_app_name || "")}`
      : meshPolicy.target_selector_labels
        ? `pods with ${Object.entries(meshPolicy.target_selector_labels)
            .map(([key, value]) => code(`${key}=${value}`))
            .join(", ")}`
        : `pods of ${code(meshPolicy.target_app_name ?? "")}`;
  const what = meshPolicy.endpoints.length === 0 ? "everything" : meshPolicy.endpoints.map(endpointWords).join("; ");
  return `${who} → ${target}: ${what}`;
}

function endpointWords(endpoint: Endpoint): string {
  const parts = [
    (endpoint.methods ?? []).join("|"),
    (endpoint.paths ?? []).map(code).join(" "),
    portsInWords(endpoint.ports ?? null),
    endpoint.hosts?.length ? `host ${endpoint.hosts.map(plain).join(" ")}` : "",
  ];
  return parts.filter((part) => part !== "").join(" ");
}
