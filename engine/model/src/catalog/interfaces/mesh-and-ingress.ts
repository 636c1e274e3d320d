import { dataOnly, type InterfaceKnowledge, providerCalls } from "./interface-knowledge.ts";

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
  dataOnly({
    name: "s3",
    about: "credentials for an object store elsewhere",
    citation: `${SPEC}/s3/v0`,
  }),
];
