/** `spiffe://<trust domain>/ns/<namespace>/sa/<service account>`; null for anything else. */
export function spiffeIdentity(uri: string): { readonly namespace: string; readonly account: string } | null {
  const [, namespace, account] = /^spiffe:\/\/[^/]+\/ns\/([^/]+)\/sa\/([^/]+)$/.exec(uri) ?? [];
  return namespace !== undefined && account !== undefined ? { namespace, account } : null;
}

/** The Service that a host name of the cluster names: `svc.ns.svc`, or that with the cluster's domain; null for any other name. */
export function serviceOfHost(host: string): { readonly name: string; readonly namespace: string } | null {
  const [name, namespace, kind] = host.split(".", 4);
  return kind === "svc" && name && namespace ? { name, namespace } : null;
}

/** `10.1.2.3:80`, `[fd00::1]:80` or `name:80`; null where there is no port. */
export function addressAndPort(text: string): { readonly host: string; readonly port: number } | null {
  const colon = text.lastIndexOf(":");
  const digits = text.slice(colon + 1);
  if (colon <= 0 || !/^\d{1,5}$/.test(digits) || Number(digits) > 65_535) return null;
  const host = text.slice(0, colon).replace(/^\[(.*)\]$/, "$1");
  return host === "" ? null : { host, port: Number(digits) };
}

/** RFC 3339 in UTC or with an offset, as all these loggers write it. */
export function isTime(word: string): boolean {
  return /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,9})?(?:Z|[+-]\d\d:\d\d)$/.test(word);
}
