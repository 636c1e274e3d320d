/*
 * Istio's matching of the values in an AuthorizationPolicy
 * (https://istio.io/latest/docs/reference/config/security/authorization-policy/).
 */

/** Exact, `prefix*`, `*suffix`, or `*` for any value that is there; a `*` elsewhere stands for itself. */
export function matchesText(pattern: string, value: string): boolean {
  if (pattern === "*") return value !== "";
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

/**
 * The same without regard to case. The value is the Host header as the client sends it, with the port: nothing strips it at a
 * waypoint (istio 86c9f01, pilot/pkg/security/authz/matcher/header.go, HostMatcher).
 */
export function matchesHost(pattern: string, host: string): boolean {
  return matchesText(pattern.toLowerCase(), host.toLowerCase());
}

const TEMPLATE = /\{\*\*?\}/;
const templates = new Map<string, RegExp>();
/** More patterns than any deployment has; beyond it they are simply made again. */
const REMEMBERED = 10_000;

/**
 * A path as policies match it: by text, or by template where the pattern has `{*}` (one segment) or `{**}` (any number of
 * them); in a template `*` alone stands for itself. The request's path is normalised first.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const seen = normalisedPath(path);
  if (!TEMPLATE.test(pattern)) return matchesText(pattern, seen);
  return templateOf(pattern).test(seen);
}

const DOT = /^(?:\.|%2e)$/i;
const DOTS = /^(?:\.|%2e){2}$/i;

/**
 * A request's path as the waypoint compares it: without query and fragment, `\` as `/`, `.` and `..` resolved (also where written
 * `%2e`); slashes are not merged and nothing else is decoded. Source: Istio, MeshConfig.ProxyPathNormalization, BASE, which is the
 * default (istio 86c9f01, pilot/pkg/networking/core/listener_builder.go; https://istio.io/latest/docs/ops/best-practices/security/).
 */
export function normalisedPath(path: string): string {
  const bare = path.replace(/[?#].*$/s, "").replaceAll("\\", "/");
  if (!bare.startsWith("/")) return bare;
  const kept: string[] = [];
  const segments = bare.slice(1).split("/");
  for (const [index, segment] of segments.entries()) {
    const up = DOTS.test(segment);
    if (up) kept.pop();
    if (!up && !DOT.test(segment)) kept.push(segment);
    // A path that ends in a dot segment names a folder.
    else if (index === segments.length - 1) kept.push("");
  }
  return `/${kept.join("/")}`;
}

function templateOf(pattern: string): RegExp {
  const known = templates.get(pattern);
  if (known) return known;
  const source = pattern
    .split(/(\{\*\*?\})/)
    .map((part) => (part === "{*}" ? "[^/]+" : part === "{**}" ? ".*" : part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")))
    .join("");
  const made = new RegExp(`^${source}$`, "s");
  if (templates.size < REMEMBERED) templates.set(pattern, made);
  return made;
}
