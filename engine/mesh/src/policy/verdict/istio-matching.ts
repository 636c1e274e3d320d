/*
 * Istio's matching of the values in an AuthorizationPolicy
 * (https://istio.io/latest/docs/reference/config/security/authorization-policy/; domain/topology.md).
 */

/** Exact, `prefix*`, `*suffix`, or `*` for any value that is there; a `*` elsewhere stands for itself. */
export function matchesText(pattern: string, value: string): boolean {
  if (pattern === "*") return value !== "";
  if (pattern.startsWith("*")) return value.endsWith(pattern.slice(1));
  return pattern.endsWith("*") ? value.startsWith(pattern.slice(0, -1)) : value === pattern;
}

/** The same without regard to case. */
export function matchesHost(pattern: string, host: string): boolean {
  return matchesText(pattern.toLowerCase(), host.toLowerCase());
}

const TEMPLATE = /\{\*\*?\}/;
const templates = new Map<string, RegExp>();
/** More patterns than any deployment has; beyond it they are simply made again. */
const REMEMBERED = 10_000;

/**
 * A path as policies match it: by text, or by template where the pattern has `{*}` (one segment) or `{**}` (any number of
 * them); in a template `*` alone stands for itself. Query and fragment are no part of a path.
 */
export function matchesPath(pattern: string, path: string): boolean {
  const bare = path.replace(/[?#].*$/s, "");
  if (!TEMPLATE.test(pattern)) return matchesText(pattern, bare);
  return templateOf(pattern).test(bare);
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
