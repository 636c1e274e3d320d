import { allowsNothing, type EffectivePolicy, policyScope } from "#mesh";

/** A policy in one sentence: `loki may reach GET /ready on port 3100 of tempo's Service`. It says which ports are not exactly known. */
export function policySummary(policy: EffectivePolicy): string {
  const { meshPolicy, uncertain } = policy;
  const { target_namespace: to } = meshPolicy;
  const { action, conditions, senders, isForAll, others, services } = policyScope(policy);
  const target = services.length > 1 ? `the Services ${services.join(", ")}` : targetText(meshPolicy);
  if (allowsNothing(policy)) return `no source may reach ${target}`;
  const named = senders.map(({ application, model }) =>
    model === to ? application : `${application} (model ${model})`,
  );
  const who = isForAll ? "every source" : [...named, ...others].join(", ");
  const grants = meshPolicy.endpoints.map((endpoint, index) => {
    const fact = uncertain?.[index];
    const certain = !fact || fact.kind === "known";
    const methods = endpoint.methods?.length ? endpoint.methods.join(", ") : null;
    const paths = endpoint.paths?.length ? endpoint.paths.join(", ") : null;
    const hosts = endpoint.hosts?.length ? `host ${endpoint.hosts.join(", ")}` : null;
    const ports = certain ? portText(endpoint.ports) : `${portText(endpoint.ports)} (not exactly known)`;
    const what = [methods, paths].filter((part) => part !== null).join(" ");
    return [what === "" ? ports : `${what} on ${ports}`, hosts].filter((part) => part !== null).join(", ");
  });
  const what = grants.length === 0 ? "every port" : grants.join("; or ");
  const asked = conditions.length === 0 ? "" : ` if ${conditions.join(" and ")}`;
  if (action === "DENY" && isForAll) return `no source may reach ${what} of ${target}${asked}`;
  return `${who} ${VERBS[action]} ${what} of ${target}${asked}`;
}

const VERBS = {
  ALLOW: "may reach",
  DENY: "may not reach",
  CUSTOM: "may reach, if an external authorizer agrees,",
  AUDIT: "is recorded when it reaches",
} as const;

function portText(ports: readonly number[] | null): string {
  if (ports === null || ports.length === 0) return "every port";
  return ports.length === 1 ? `port ${ports[0]}` : `ports ${ports.join(", ")}`;
}

function targetText(meshPolicy: EffectivePolicy["meshPolicy"]): string {
  const labels = Object.entries(meshPolicy.target_selector_labels ?? {});
  if (labels.length > 0) return `all pods with ${labels.map(([key, value]) => `${key}=${value}`).join(", ")}`;
  const name = meshPolicy.target_service || meshPolicy.target_app_name;
  if (!name) return `all pods in ${meshPolicy.target_namespace}`;
  return meshPolicy.target_type === "app" ? `${name}'s Service` : `${name}'s pods`;
}
