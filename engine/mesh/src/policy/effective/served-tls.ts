import type { CharmModel, CoordinatorCall } from "#charm";
import { optionsOf } from "#python";
import type { ServedTls } from "../effective-policy.ts";
import { NGINX_EXPORTER_PORT } from "../library/coordinator-defaults.ts";
import type { ApplicationContext } from "./application-context.ts";
import { certificateOf, coordinatorCertificate } from "./certificates.ts";

/**
 * Which ports of an application speak TLS that it ends itself; null: none does. A coordinator's nginx speaks it on each of its ports
 * once it has a certificate, and the exporter beside it never (coordinated-workers 4.1.2, coordinator.py, `listen_tls` of the nginx
 * configuration, and `_workers_scrape_jobs`, which then announces https). Another charm with a certificate may use it on any port; a
 * URL that it publishes says which scheme its own server speaks.
 */
export function servedTls(context: ApplicationContext): ServedTls | null {
  const { charm } = context;
  const served = charm.coordinator === null ? ofCharm(context) : ofCoordinator(context, charm.coordinator);
  return served.others === "no" && served.encrypted.length === 0 ? null : served;
}

function ofCoordinator(context: ApplicationContext, call: CoordinatorCall): ServedTls {
  const { tls, because } = coordinatorCertificate(context, call);
  const others = tls === null ? "maybe" : tls ? "yes" : "no";
  return { ...placeOf(context), encrypted: [], plain: [NGINX_EXPORTER_PORT], others, because };
}

function ofCharm(context: ApplicationContext): ServedTls {
  const { charm } = context;
  const endpoints = charm.metadata.relations
    .filter((relation) => relation.side === "requires" && relation.interface === CERTIFICATES)
    .map((relation) => relation.endpoint);
  const { tls, because } = certificateOf(context, endpoints);
  const { encrypted, plain } = publishedSchemes(charm, tls);
  return {
    ...placeOf(context),
    encrypted,
    plain,
    others: tls === false ? "no" : "maybe",
    because,
  };
}

/**
 * The ports on which a charm's own server speaks TLS, and those on which it speaks plain HTTP, as the URLs that it publishes say. `tls`:
 * whether it has a certificate, which decides a scheme that is chosen when the charm runs; null: not known, so such a URL says nothing.
 */
export function publishedSchemes(
  charm: Pick<CharmModel, "published" | "ingressedPorts">,
  tls: boolean | null,
): { readonly encrypted: readonly number[]; readonly plain: readonly number[] } {
  const encrypted = new Set<number>();
  const plain = new Set<number>();
  for (const { address, port, scheme } of charm.published) {
    // The scheme of an ingress's URL is the ingress's.
    if (address.kind !== "known" || address.value === "external" || address.value === "none") continue;
    const [only, ...others] = optionsOf(scheme) ?? [];
    const ports = optionsOf(port) ?? [];
    // Where both are chosen when the charm runs, which port goes with which scheme is not known.
    if (only === undefined || (others.length > 0 && ports.length > 1)) continue;
    const secure = others.length === 0 ? only === "https" : tls;
    if (secure === null) continue;
    for (const one of ports) (secure ? encrypted : plain).add(one);
  }
  for (const { port, scheme } of charm.ingressedPorts) {
    const [only, ...others] = optionsOf(scheme) ?? [];
    const secure = others.length === 0 ? only === "https" : tls;
    if (only === undefined || secure === null) continue;
    for (const one of optionsOf(port) ?? []) (secure ? encrypted : plain).add(one);
  }
  return {
    // One that is published both ways is not known.
    encrypted: [...encrypted].filter((port) => !plain.has(port)),
    plain: [...plain].filter((port) => !encrypted.has(port)),
  };
}

const CERTIFICATES = "tls-certificates";

function placeOf({ application }: ApplicationContext): Pick<ServedTls, "model" | "application"> {
  return { model: application.model, application: application.name };
}
