import { type PublicCharm, publicCharm } from "./public-charm.ts";

/** Endpoints of public mesh, ingress and identity charms. Read from their charmcraft.yaml at the commits named. */
export const MESH_AND_IDENTITY_CHARMS: readonly PublicCharm[] = [
  publicCharm(
    "bookinfo-details-k8s",
    "canonical/service-mesh@ba7356ff",
    "details=bookinfo-details provide-cmr-mesh=cross_model_mesh",
    "service-mesh=service_mesh require-cmr-mesh=cross_model_mesh",
  ),
  publicCharm(
    "bookinfo-productpage-k8s",
    "canonical/service-mesh@ba7356ff",
    "website=http provide-cmr-mesh=cross_model_mesh",
    "details=bookinfo-details reviews=bookinfo-reviews ratings=bookinfo-ratings ingress=ingress service-mesh=service_mesh require-cmr-mesh=cross_model_mesh istio-request-auth=istio_request_auth",
  ),
  publicCharm(
    "dex-auth",
    "canonical/dex-auth-operator@f809bc1a",
    "metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard dex-oidc-config=dex-oidc-config provide-cmr-mesh=cross_model_mesh",
    "istio-ingress-route-unauthenticated=istio_ingress_route service-mesh=service_mesh require-cmr-mesh=cross_model_mesh oidc-client=oidc-client ingress=ingress logging=loki_push_api",
  ),
  publicCharm(
    "envoy-ai-controller-k8s",
    "canonical/service-mesh@ba7356ff",
    "grafana-dashboard=grafana_dashboard metrics-endpoint=prometheus_scrape envoy-extension-server=envoy_extension_server",
    "otlp=otlp certificates=tls-certificates",
  ),
  publicCharm(
    "envoy-controller-k8s",
    "canonical/service-mesh@ba7356ff",
    "grafana-dashboard=grafana_dashboard metrics-endpoint=prometheus_scrape",
    "otlp=otlp envoy-extension-server=envoy_extension_server",
  ),
  publicCharm(
    "envoy-ingress-k8s",
    "canonical/service-mesh@ba7356ff",
    "ingress=ingress gateway-metadata=gateway_metadata",
    "certificates=tls-certificates forward-auth=forward_auth",
  ),
  publicCharm(
    "hydra",
    "canonical/hydra-operator@e6290510",
    "hydra-endpoint-info=hydra_endpoints oauth=oauth metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard",
    "pg-database=postgresql_client ui-endpoint-info=login_ui_endpoints logging=loki_push_api tracing=tracing internal-route=traefik_route public-route=traefik_route hydra-token-hook=hydra_token_hook",
  ),
  publicCharm(
    "identity-platform-login-ui-operator",
    "canonical/identity-platform-login-ui-operator@7d3f1014",
    "ui-endpoint-info=login_ui_endpoints metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard",
    "kratos-info=kratos_info hydra-endpoint-info=hydra_endpoints logging=loki_push_api tracing=tracing receive-ca-cert=certificate_transfer public-route=traefik_route tenant-service-info=tenant_service_info",
  ),
  publicCharm(
    "istio-beacon-k8s",
    "canonical/service-mesh@ba7356ff",
    "provide-cmr-mesh=cross_model_mesh service-mesh=service_mesh metrics-endpoint=prometheus_scrape",
    "charm-tracing=tracing",
  ),
  publicCharm(
    "istio-gateway",
    "canonical/istio-operators@48a7d11a",
    "metrics-endpoint=prometheus_scrape",
    "istio-pilot=k8s-service",
  ),
  publicCharm(
    "istio-ingress-k8s",
    "canonical/service-mesh@ba7356ff",
    "ingress=ingress ingress-unauthenticated=ingress metrics-endpoint=prometheus_scrape istio-ingress-config=istio_ingress_config istio-ingress-route=istio_ingress_route istio-ingress-route-unauthenticated=istio_ingress_route gateway-metadata=gateway_metadata istio-request-auth=istio_request_auth",
    "certificates=tls-certificates charm-tracing=tracing forward-auth=forward_auth upstream-ingress=ingress",
  ),
  publicCharm(
    "istio-k8s",
    "canonical/service-mesh@ba7356ff",
    "grafana-dashboard=grafana_dashboard istio-metadata=istio_metadata metrics-endpoint=prometheus_scrape",
    "charm-tracing=tracing workload-tracing=tracing istio-ingress-config=istio_ingress_config jwks-ca-cert=certificate_transfer",
  ),
  publicCharm(
    "istio-pilot",
    "canonical/istio-operators@48a7d11a",
    "metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard istio-pilot=k8s-service ingress=ingress ingress-auth=ingress-auth gateway-info=istio-gateway-info",
    "certificates=tls-certificates",
  ),
  publicCharm(
    "kratos",
    "canonical/kratos-operator@530db02d",
    "kratos-info=kratos_info metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard",
    "pg-database=postgresql_client kratos-external-idp=external_provider hydra-endpoint-info=hydra_endpoints ui-endpoint-info=login_ui_endpoints kratos-registration-webhook=kratos_registration_webhook kratos-login-webhook=kratos_login_webhook logging=loki_push_api tracing=tracing smtp=smtp internal-route=traefik_route public-route=traefik_route receive-ca-cert=certificate_transfer",
  ),
  publicCharm(
    "nginx-ingress-integrator",
    "canonical/nginx-ingress-integrator-operator@8f872b9e",
    "ingress=ingress nginx-route=nginx-route",
    "certificates=tls-certificates",
  ),
  publicCharm(
    "oathkeeper",
    "canonical/oathkeeper-operator@6f9baf3f",
    "auth-proxy=auth_proxy forward-auth=forward_auth oathkeeper-info=oathkeeper_info metrics-endpoint=prometheus_scrape grafana-dashboard=grafana_dashboard",
    "kratos-info=kratos_info ingress=ingress certificates=tls-certificates logging=loki_push_api tracing=tracing",
  ),
  publicCharm(
    "oauth2-proxy-k8s",
    "canonical/oauth2-proxy-k8s-operator@bda7196c",
    "auth-proxy=auth_proxy forward-auth=forward_auth",
    "ingress=ingress oauth=oauth receive-ca-cert=certificate_transfer",
  ),
  publicCharm(
    "oidc-gatekeeper",
    "canonical/oidc-gatekeeper-operator@80f4b1c2",
    "forward-auth=forward_auth oidc-client=oidc-client provide-cmr-mesh=cross_model_mesh",
    "istio-ingress-route-unauthenticated=istio_ingress_route service-mesh=service_mesh require-cmr-mesh=cross_model_mesh dex-oidc-config=dex-oidc-config ingress=ingress ingress-auth=ingress-auth logging=loki_push_api",
  ),
  publicCharm(
    "openfga-k8s",
    "canonical/openfga-operator@7cddede5",
    "openfga=openfga grafana-dashboard=grafana_dashboard metrics-endpoint=prometheus_scrape send-ca-cert=certificate_transfer",
    "http-ingress=ingress grpc-ingress=ingress database=postgresql_client logging=loki_push_api certificates=tls-certificates tracing=tracing",
  ),
  publicCharm(
    "self-signed-certificates",
    "canonical/self-signed-certificates-operator@df04ad32",
    "certificates=tls-certificates send-ca-cert=certificate_transfer",
    "tracing=tracing",
  ),
  publicCharm(
    "traefik-k8s",
    "canonical/traefik-k8s-operator@8ab4a7e6",
    "ingress=ingress ingress-per-unit=ingress_per_unit metrics-endpoint=prometheus_scrape traefik-route=traefik_route grafana-dashboard=grafana_dashboard",
    "certificates=tls-certificates experimental-forward-auth=forward_auth logging=loki_push_api charm-tracing=tracing workload-tracing=tracing receive-ca-cert=certificate_transfer upstream-ingress=ingress",
  ),
];
