import { memo } from "#syntax";
import type { EffectivePolicy } from "./effective-policy.ts";
import type { AuthorizationPolicyRule, AuthorizationPolicySource, Endpoint, Method } from "./mesh-policy.ts";

interface Account {
  readonly model: string;
  readonly application: string;
}

/** A sender that a policy names by its service account. */
export interface PolicySender extends Account {
  /** What the rules that name it are about; empty: everything. */
  readonly endpoints: readonly Endpoint[];
}

/** What a policy is about, where an AuthorizationPolicy says more than the libraries' MeshPolicy can. */
export interface PolicyScope {
  readonly action: "ALLOW" | "DENY" | "CUSTOM" | "AUDIT";
  readonly senders: readonly PolicySender[];
  /** Whether some rule is about every sender. */
  readonly isForAll: boolean;
  /** Senders that no service account names, in words (`namespaces a`, `all but x`). */
  readonly others: readonly string[];
  /** The Services that it targets; empty for one about pods. */
  readonly services: readonly string[];
  /** What its rules ask for beside sender and operation, in words (`request.headers[x] is y`). */
  readonly conditions: readonly string[];
}

/**
 * The scope of a policy. A policy that a library makes for one sender, or that is not applied, is about that sender; of any other the rules tell.
 * Source of the fields: https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */
export const policyScope = memo((policy: EffectivePolicy): PolicyScope => {
  const { resource, meshPolicy, origin } = policy;
  const { source_app_name: application, source_namespace: model, endpoints } = meshPolicy;
  const services = servicesOf(policy);
  const isNamed = application !== "*";
  if (resource === null || (isNamed && origin !== "resource-manager")) {
    const senders = isNamed ? [{ model, application, endpoints }] : [];
    const action = resource?.spec.action ?? "ALLOW";
    return { action, senders, isForAll: !isNamed, others: [], services, conditions: [] };
  }
  const rules = resource.spec.rules ?? [];
  const sources = rules.flatMap((rule) =>
    (rule.from?.length ? rule.from : [{ source: {} }]).map(({ source }) => ({ rule, source })),
  );
  const named = new Map<string, { readonly rules: AuthorizationPolicyRule[]; readonly account: Account }>();
  const others = new Set<string>();
  for (const { rule, source } of sources) {
    for (const principal of source.principals ?? []) {
      const account = accountOf(principal);
      if (account === null) others.add(principalWords(principal));
      else {
        const key = JSON.stringify(account);
        const known = named.get(key);
        if (known) known.rules.push(rule);
        else named.set(key, { rules: [rule], account });
      }
    }
    const words = sourceWords(source);
    if (words !== "") others.add(words);
  }
  return {
    action: resource.spec.action ?? "ALLOW",
    senders: [...named.values()].map(({ account, rules: own }) => ({ ...account, endpoints: endpointsOf(own) })),
    isForAll: sources.some(({ source }) => isAnyone(source)),
    others: [...others],
    services,
    conditions: [...new Set(rules.flatMap(conditionsOf))],
  };
});

function servicesOf({ resource, meshPolicy }: EffectivePolicy): readonly string[] {
  const targets = resource?.spec.targetRefs;
  if (targets) return targets.filter(({ kind }) => kind === "Service").map(({ name }) => name);
  return meshPolicy.target_type === "app" ? [meshPolicy.target_service || meshPolicy.target_app_name || ""] : [];
}

function accountOf(principal: string): Account | null {
  const [, model, application] = /^[^/*]+\/ns\/([^/*]+)\/sa\/([^/*]+)$/.exec(principal) ?? [];
  return model === undefined || application === undefined ? null : { model, application };
}

function principalWords(pattern: string): string {
  const [, model] = /^[^/*]+\/ns\/([^/*]+)\/sa\/\*$/.exec(pattern) ?? [];
  if (model !== undefined) return applicationsOf(model);
  return pattern === "*" ? "every application on the mesh" : `principals ${pattern}`;
}

function applicationsOf(model: string): string {
  return `every application of ${model}`;
}

function isAnyone(source: AuthorizationPolicySource): boolean {
  return Object.entries(source).every(
    ([field, list]) => !list?.length || (field === "ipBlocks" && list.includes("0.0.0.0/0")),
  );
}

const SOURCE_WORDS = {
  serviceAccounts: "service accounts",
  remoteIpBlocks: "client addresses",
  requestPrincipals: "requests with a token of",
  trustDomains: "trust domains",
  notPrincipals: "all but",
  notNamespaces: "all but models",
  notServiceAccounts: "all but service accounts",
  notIpBlocks: "all but addresses",
  notRemoteIpBlocks: "all but client addresses",
  notRequestPrincipals: "requests without a token of",
  notTrustDomains: "all but trust domains",
} as const;

function sourceWords(source: AuthorizationPolicySource): string {
  const addresses = source.ipBlocks?.filter((block) => block !== "0.0.0.0/0") ?? [];
  const parts = addresses.length > 0 ? [`addresses ${addresses.join(" ")}`] : [];
  parts.push(...(source.namespaces ?? []).map(applicationsOf));
  for (const [field, words] of Object.entries(SOURCE_WORDS)) {
    const list = source[field as keyof typeof SOURCE_WORDS];
    if (list?.length) parts.push(`${words} ${list.map((one) => (one === "*" ? "any issuer" : one)).join(" ")}`);
  }
  return parts.join(", ");
}

/**
 * What rules are about in the libraries' form; empty: everything. Exceptions (`notPorts` …) are left out, so that it may be less than this.
 */
export function endpointsOf(rules: readonly AuthorizationPolicyRule[]): readonly Endpoint[] {
  if (rules.some(({ to }) => !to?.length)) return [];
  return rules.flatMap(({ to = [] }) =>
    to.map(({ operation: { hosts, ports, methods, paths } }) => ({
      hosts: hosts ?? null,
      ports: ports?.map(Number) ?? null,
      methods: (methods as readonly Method[] | undefined) ?? null,
      paths: paths ?? null,
    })),
  );
}

function conditionsOf({ when, to }: AuthorizationPolicyRule): readonly string[] {
  const asked = (when ?? []).flatMap(({ key, values, notValues }) => [
    ...(values?.length ? [`${key} is ${values.join(" or ")}`] : []),
    ...(notValues?.length ? [`${key} is not ${notValues.join(" or ")}`] : []),
  ]);
  const refused = (to ?? []).flatMap(({ operation: { notPorts, notHosts, notMethods, notPaths } }) =>
    Object.entries({ port: notPorts, host: notHosts, method: notMethods, path: notPaths }).flatMap(([name, list]) =>
      list?.length ? [`${name} is not ${list.join(" or ")}`] : [],
    ),
  );
  return [...asked, ...refused];
}
