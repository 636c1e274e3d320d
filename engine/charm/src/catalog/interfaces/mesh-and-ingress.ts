import { dataOnly, type InterfaceKnowledge, providerCalls, requirerCalls } from "./interface-knowledge.ts";

const SPEC = "canonical/charmlibs, interfaces";

/** Interfaces of the mesh's own charms, of ingress charms and of certificates. */
export const MESH_AND_INGRESS_INTERFACES: readonly InterfaceKnowledge[] = [
  dataOnly({
    name: "service_mesh",
    about: "the requirer subscribes to the mesh and publishes its policies",
    handledBy: "mesh",
    citation: "istio-beacon-k8s library service_mesh LIBPATCH 20",
  }),
  dataOnly({
    name: "cross_model_mesh",
    about: "the requirer tells its true application and model name",
    handledBy: "mesh",
    citation: "istio-beacon-k8s library service_mesh LIBPATCH 20",
  }),
  providerCalls({
    name: "ingress",
    about: "the provider (an ingress) forwards requests to the requirer's Service",
    portSource: "port in the requirer's application databag",
    handledBy: "ingress",
    citation: `${SPEC}/ingress/v2; istio-ingress-k8s makes the policies for its own backends`,
  }),
  providerCalls({
    name: "ingress_per_unit",
    about: "the provider (an ingress) forwards requests to each of the requirer's units",
    portSource: "port in the requirer's unit databags",
    handledBy: "ingress",
    citation: `${SPEC}/ingress_per_unit/v0`,
  }),
  providerCalls({
    name: "traefik_route",
    about: "the requirer gives Traefik routes to itself",
    portSource: "config in the requirer's application databag",
    handledBy: "ingress",
    citation: "traefik-k8s library traefik_route",
  }),
  providerCalls({
    name: "istio_ingress_route",
    about: "the requirer gives the Istio ingress routes to itself",
    protocol: "http or grpc",
    portSource: "config in the requirer's application databag",
    handledBy: "ingress",
    citation: `${SPEC}/istio_ingress_route; istio-ingress-k8s makes the policies for its own backends`,
  }),
  dataOnly({
    name: "tls-certificates",
    aliases: ["tls_certificates"],
    about: "certificate requests and certificates travel in the databag",
    citation: `${SPEC}/tls-certificates/v1`,
  }),
  dataOnly({
    name: "certificate_transfer",
    about: "certificates travel in the databag",
    citation: `${SPEC}/certificate_transfer/v1`,
  }),
  providerCalls({
    name: "nginx-route",
    aliases: ["nginx_route"],
    about: "the provider (an Nginx ingress) forwards requests to the requirer's Service",
    portSource: "service-port in the requirer's application databag",
    handledBy: "ingress",
    citation: `${SPEC}/nginx-route/v0`,
  }),
  requirerCalls({
    name: "forward_auth",
    about: "the requirer (an ingress) asks the provider whether a request may pass",
    sure: false,
    portSource: "decisions_address in the provider's application databag",
    citation: `${SPEC}/forward_auth/v0`,
  }),
  dataOnly({
    name: "auth_proxy",
    about: "the requirer tells which of its URLs the provider is to protect",
    citation: `${SPEC}/auth_proxy/v0`,
  }),
  dataOnly({
    name: "gateway_metadata",
    about: "name, namespace and service account of a gateway",
    handledBy: "mesh",
    citation: `${SPEC}/gateway_metadata`,
  }),
  dataOnly({
    name: "istio_metadata",
    about: "the namespace in which Istio is installed",
    handledBy: "mesh",
    citation: `${SPEC}/istio_metadata/v0: unidirectional, provider to requirer`,
  }),
  dataOnly({
    name: "istio_ingress_config",
    about: "the ingress's external authorizer, for the control plane",
    handledBy: "mesh",
    citation: "istio-ingress-k8s charmcraft.yaml, istio-ingress-config",
  }),
  dataOnly({
    name: "istio_request_auth",
    about: "JWT rules that the ingress is to apply",
    handledBy: "mesh",
    citation: "istio-ingress-k8s charmcraft.yaml, istio-request-auth",
  }),
  dataOnly({
    name: "istio-gateway-info",
    about: "name and namespace of a gateway",
    handledBy: "mesh",
    citation: "istio-pilot metadata.yaml, gateway-info",
  }),
  dataOnly({
    name: "serving-local-gateway",
    about: "name and namespace of Knative's local gateway",
    handledBy: "mesh",
    citation: "kserve-controller metadata.yaml, local-gateway",
  }),
  providerCalls({
    name: "ingress-auth",
    about: "the provider's gateway asks the requirer whether a request may pass",
    sure: false,
    portSource: "port in the requirer's application databag",
    handledBy: "ingress",
    citation: "istio-pilot metadata.yaml, ingress-auth",
  }),
];
