/** The class with which a charm asks an ingress for a route to itself, as far as ports and schemes go. */
export const INGRESS_REQUIRER = {
  name: "charms.traefik_k8s.v2.ingress.IngressPerAppRequirer",
  constructed: {
    parameters: ["charm", "relation_name", "host", "ip", "port", "strip_prefix", "redirect_https", "scheme"],
    relation: "ingress",
  },
  method: { name: "provide_ingress_requirements", parameters: ["scheme", "host", "ip", "port"] },
  citation: "charms.traefik_k8s.v2.ingress, LIBPATCH 21, IngressPerAppRequirer",
} as const;
