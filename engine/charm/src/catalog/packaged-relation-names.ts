/** A class of a library on PyPI that takes a relation by its usual name where the charm does not give another. */
export interface PackagedRelationName {
  readonly module: string;
  readonly className: string;
  /** The relation's usual name. */
  readonly endpoint: string;
  readonly parameter: string;
  /** The parameter's place behind `self`; null where it can be given by its keyword only. */
  readonly position: number | null;
}

type Row = readonly [module: string, className: string, endpoint: string, position: number | null];

/**
 * The constructors of the packages charmlibs-interfaces-* with a default for `relation_name`, read from canonical/charmlibs at caaf7415
 * (August 2026): auth-proxy 1.0.0, forward-auth, gateway-metadata 1.0.1, istio-ingress-route 1.0.2, istio-metadata 1.0.0.post0,
 * istio-request-auth 0.0.3, ldap 1.0.0, oauth 1.0.0, openfga 1.0.0, otlp 0.5.0, sloth 0.1.0. ServiceMeshConsumer has its own
 * entry (library-defaults.ts).
 */
const ROWS: readonly Row[] = [
  ["auth_proxy", "AuthProxyProvider", "auth-proxy", 1],
  ["auth_proxy", "AuthProxyRequirer", "auth-proxy", 2],
  ["forward_auth", "ForwardAuthRequirer", "forward-auth", null],
  ["forward_auth", "ForwardAuthProvider", "forward-auth", 1],
  ["gateway_metadata", "GatewayMetadataProvider", "gateway-metadata", 1],
  ["gateway_metadata", "GatewayMetadataRequirer", "gateway-metadata", 1],
  ["istio_ingress_route", "IstioIngressRouteProvider", "istio-ingress-route", 1],
  ["istio_ingress_route", "IstioIngressRouteRequirer", "ingress", 1],
  ["istio_metadata", "IstioMetadataRequirer", "istio-metadata", 1],
  ["istio_metadata", "IstioMetadataProvider", "istio-metadata", 3],
  ["istio_request_auth", "IstioRequestAuthProvider", "istio-request-auth", 1],
  ["istio_request_auth", "IstioRequestAuthRequirer", "istio-request-auth", 1],
  ["ldap", "LdapProvider", "ldap", 1],
  ["ldap", "LdapRequirer", "ldap", 1],
  ["oauth", "OAuthRequirer", "oauth", 2],
  ["oauth", "OAuthProvider", "oauth", 1],
  ["openfga", "OpenFGARequires", "openfga", 2],
  ["openfga", "OpenFGAProvider", "openfga", 1],
  ["otlp", "OtlpRequirer", "send-otlp", 1],
  ["otlp", "OtlpProvider", "receive-otlp", 1],
  ["sloth", "SlothProvider", "sloth", 1],
  ["sloth", "SlothRequirer", "sloth", 1],
];

/** The packaged classes that use a relation of this name by default. */
export function packagedRelationNames(endpoint: string): readonly PackagedRelationName[] {
  return ROWS.filter(([, , name]) => name === endpoint).map(([module, className, , position]) => ({
    module: `charmlibs.interfaces.${module}`,
    className,
    endpoint,
    parameter: "relation_name",
    position,
  }));
}
