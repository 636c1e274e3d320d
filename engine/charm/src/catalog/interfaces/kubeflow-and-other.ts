import { dataOnly, type InterfaceKnowledge, requirerCalls } from "./interface-knowledge.ts";

const SPEC = "canonical/charmlibs, interfaces";

/** Interfaces of Kubeflow's charms, and what belongs nowhere else. */
export const KUBEFLOW_AND_OTHER_INTERFACES: readonly InterfaceKnowledge[] = [
  requirerCalls({
    name: "k8s-service",
    aliases: ["k8s_service"],
    about: "the requirer calls the provider's Kubernetes Service",
    portSource: "service-name and service-port in the provider's application databag",
    citation: `${SPEC}/k8s-service/v0`,
  }),
  dataOnly({
    name: "kubernetes_manifest",
    about: "manifests that the provider (resource-dispatcher) copies into namespaces",
    citation: "resource-dispatcher library kubernetes_manifests",
  }),
  dataOnly({
    name: "kubeflow_dashboard_links",
    about: "links for the dashboard's menus, for a human's browser",
    citation: `${SPEC}/kubeflow_dashboard_links/v0`,
  }),
  dataOnly({
    name: "velero_backup_config",
    about: "what is to be backed up",
    citation: `${SPEC}/velero_backup_config/v0: unidirectional`,
  }),
  dataOnly({
    name: "k8s_backup_target",
    about: "what is to be backed up",
    citation: `${SPEC}/k8s_backup_target/v0: unidirectional`,
  }),
  dataOnly({
    name: "juju-info",
    about: "places a subordinate; carries nothing",
    citation: "Juju's implicit interface",
  }),
  requirerCalls({
    name: "http",
    about: "the requirer calls the provider's website",
    portSource: "hostname and port in the provider's unit databags",
    citation: "Juju's classic http interface (website relations)",
  }),
  requirerCalls({
    name: "smtp",
    about: "address and credentials of a mail server, which mostly lies elsewhere",
    sure: false,
    protocol: "tcp",
    ports: [25, 465, 587],
    portSource: "host and port in the provider's application databag",
    citation: `${SPEC}/smtp/v0`,
  }),
  dataOnly({
    name: "dns_record",
    about: "DNS entries that the provider is to make",
    citation: `${SPEC}/dns_record/v0`,
  }),
  dataOnly({
    name: "cloudflared_route",
    about: "a tunnel's token",
    citation: `${SPEC}/cloudflared_route/v0`,
  }),
  requirerCalls({
    name: "wazuh_api_client",
    about: "the requirer calls the provider's API",
    ports: [55000],
    portSource: "endpoint in the provider's application databag",
    citation: `${SPEC}/wazuh_api_client/v0`,
  }),
  requirerCalls({
    name: "milter",
    about: "the requirer (a mail server) passes mails through the provider's filter",
    protocol: "tcp",
    portSource: "port in the provider's unit databags",
    citation: `${SPEC}/milter/v0`,
  }),
];
