/** What a part of a host name is, where the source shows it by the object that it comes from. */
export type HostPart = "app" | "model" | "unit" | "fqdn" | "headless" | "application" | "external" | "binding";

/** Objects outside the charm's tree, by their dotted name as the evaluator writes it, that are part of a host name. */
const HOST_PARTS: readonly { readonly pattern: RegExp; readonly part: HostPart; readonly citation: string }[] = [
  {
    pattern: /^socket\.(?:getfqdn|gethostname)$/,
    part: "fqdn",
    citation:
      "https://docs.python.org/3/library/socket.html#socket.getfqdn: in a pod, <unit>.<app>-endpoints.<model>.svc.…",
  },
  {
    pattern: /^socket\.getfqdn\.(?:split|partition)(?:\[-1\]|\[2\])$/,
    part: "headless",
    citation: "the pod's name without its first label is the headless Service's that Juju makes (<app>-endpoints)",
  },
  {
    pattern: /(?:^|\.)Coordinator\.hostname$/,
    part: "fqdn",
    citation: "coordinated-workers 4.1.2, Coordinator.hostname",
  },
  {
    pattern: /(?:^|\.)Coordinator\.app_hostname$/,
    part: "application",
    citation: "coordinated-workers 4.1.2, Coordinator.app_hostname: <app>.<model>.svc.…",
  },
  {
    pattern: /\.network\.bind_address$/,
    part: "binding",
    citation: "https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.Network: the pod's own address",
  },
  {
    pattern:
      /^charms\.(?:traefik_k8s|traefik_route_k8s|istio_ingress_k8s|nginx_ingress_integrator|haproxy|gateway_api_integrator)\./,
    part: "external",
    citation: "ingress libraries: whatever address their objects know is the ingress's",
  },
  {
    pattern:
      /ngress\w{0,80}(?:\.\w{1,80}){0,8}\.(?:url|urls|external_host|external_url|gateway_address|proxied_endpoints)$/,
    part: "external",
    citation: "charms.traefik_k8s.v2.ingress, IngressPerAppRequirer.url, and its like",
  },
  {
    // `relation.app` is the other side's.
    pattern: /^(?!.*[Rr]elation)(?:.*\.)?(?:app\.name|Application\.name|app_name)$/,
    part: "app",
    citation: "https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.Application.name",
  },
  {
    pattern: /(?:^|\.)(?:model\.name|Model\.name|model_name)$/,
    part: "model",
    citation: "https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.Model.name: the namespace on Kubernetes",
  },
  {
    pattern: /(?:^|\.)(?:unit\.name|Unit\.name)$/,
    part: "unit",
    citation: "https://documentation.ubuntu.com/ops/latest/reference/ops/#ops.Unit.name",
  },
];

/** What part of a host name an outside object is, by its dotted name; null for one that nothing is known about. */
export function hostPartNamed(name: string): HostPart | null {
  return HOST_PARTS.find((each) => each.pattern.test(name))?.part ?? null;
}
