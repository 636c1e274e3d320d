/*
 * The plain data of the real libraries, named as they name it (charms.istio_beacon_k8s.v0.service_mesh, LIBPATCH 20).
 */

export type Method = "CONNECT" | "DELETE" | "GET" | "HEAD" | "OPTIONS" | "PATCH" | "POST" | "PUT" | "TRACE";

export interface Endpoint {
  readonly hosts: readonly string[] | null;
  readonly ports: readonly number[] | null;
  readonly methods: readonly Method[] | null;
  readonly paths: readonly string[] | null;
}

/** A MeshPolicy with all its fields, after validation and coercion. Label order is the order of use (it is hashed). */
export interface MeshPolicy {
  readonly source_namespace: string;
  readonly source_app_name: string;
  readonly target_namespace: string;
  readonly target_app_name: string | null;
  readonly target_selector_labels: Readonly<Record<string, string>> | null;
  readonly target_service: string | null;
  readonly target_type: "app" | "unit";
  readonly endpoints: readonly Endpoint[];
}

/** Who sends. All fields that are there must hold; of a list one value suffices, of a `not…` list none may hold. */
export interface AuthorizationPolicySource {
  readonly principals?: readonly string[];
  readonly notPrincipals?: readonly string[];
  readonly namespaces?: readonly string[];
  readonly notNamespaces?: readonly string[];
  readonly serviceAccounts?: readonly string[];
  readonly notServiceAccounts?: readonly string[];
  readonly ipBlocks?: readonly string[];
  readonly notIpBlocks?: readonly string[];
  readonly remoteIpBlocks?: readonly string[];
  readonly notRemoteIpBlocks?: readonly string[];
  readonly requestPrincipals?: readonly string[];
  readonly notRequestPrincipals?: readonly string[];
  readonly trustDomains?: readonly string[];
  readonly notTrustDomains?: readonly string[];
}

export interface AuthorizationPolicyOperation {
  readonly ports?: readonly string[];
  readonly notPorts?: readonly string[];
  readonly hosts?: readonly string[];
  readonly notHosts?: readonly string[];
  readonly methods?: readonly string[];
  readonly notMethods?: readonly string[];
  readonly paths?: readonly string[];
  readonly notPaths?: readonly string[];
}

export interface AuthorizationPolicyCondition {
  readonly key: string;
  readonly values?: readonly string[];
  readonly notValues?: readonly string[];
}

export interface AuthorizationPolicyRule {
  readonly from?: readonly { readonly source: AuthorizationPolicySource }[];
  readonly to?: readonly { readonly operation: AuthorizationPolicyOperation }[];
  readonly when?: readonly AuthorizationPolicyCondition[];
}

/** `security.istio.io/v1` AuthorizationPolicy, as far as charms use it. No action means ALLOW. */
export interface AuthorizationPolicySpec {
  readonly targetRefs?: readonly { readonly kind: string; readonly group: string; readonly name: string }[];
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly action?: "ALLOW" | "DENY" | "CUSTOM" | "AUDIT";
  readonly provider?: { readonly name: string };
  readonly rules?: readonly AuthorizationPolicyRule[];
}

export interface AuthorizationPolicy {
  readonly apiVersion: "security.istio.io/v1";
  readonly kind: "AuthorizationPolicy";
  readonly metadata: {
    readonly name: string;
    readonly namespace: string;
    readonly labels: Readonly<Record<string, string>>;
  };
  readonly spec: AuthorizationPolicySpec;
}
