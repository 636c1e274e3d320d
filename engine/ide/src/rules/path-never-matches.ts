import { pathRefusal } from "#mesh";
import { replacementFix } from "../edits/fix.ts";
import { argumentsNamed, elementsOf } from "../facts/policy-arguments.ts";
import { charmRule } from "./rule.ts";

/** Istio's path matching: exact, `prefix*`, `*suffix`, `*`, and templates of whole segments, `{*}` and a last `{**}`. */
export const pathNeverMatches = charmRule({
  name: "path-never-matches",
  summary: "A path that no request can match.",
  severities: ["warning"],
  *findings({ policies }) {
    for (const { endpoint, argument, policy } of argumentsNamed(policies, "paths")) {
      if (!endpoint && policy.kind !== "MeshPolicy") continue;
      for (const { data, location } of elementsOf(argument)) {
        const path = data.kind === "known" ? data.value : null;
        const problem = typeof path === "string" ? pathProblem(path) : null;
        if (typeof path !== "string" || problem === null) continue;
        const written = location.file.text.slice(location.span.start, location.span.end);
        const quote = /^(["'])[^"'\\\n]*\1$/.exec(written)?.[1];
        const better = mended(path);
        yield {
          message: `The requests that “${path}” is meant for will be denied: ${problem}.`,
          location,
          fixes: quote && better ? [replacementFix(`Use “${better}”`, location, quote + better + quote)] : [],
        };
      }
    }
  },
});

/**
 * The reason why a path can't match its intended target; null for one that can, and for one that Istio refuses (refused-path). Source: istio
 * 86c9f01, pilot/pkg/security/authz/matcher (exact, prefix, suffix, presence, template), and Istio's default path normalisation.
 */
function pathProblem(path: string): string | null {
  if (path === "" || pathRefusal(path) !== null) return null;
  if (/[?#]/.test(path)) return "Istio compares the path without its query";
  if (/\.[*+]|[\^[\]|\\]/.test(path)) return "Istio reads no regular expressions; each character stands for itself";
  if (/\/\.{1,2}(?:\/|$)/.test(path)) return "“.” and “..” are resolved before paths are compared";
  if (/\{\*\*?\}/.test(path)) return path.startsWith("/") ? null : "a path template starts with “/”";
  if (!path.startsWith("/") && !path.startsWith("*")) return "a request's path starts with “/”";
  const inside = path.length > 1 ? path.slice(1, -1) : "";
  if (inside.includes("*")) return "“*” counts only at the start or the end; elsewhere it is that very character";
  if (path.length > 1 && path.startsWith("*") && path.endsWith("*"))
    return "of two “*” only one counts, and the other is that very character";
  return null;
}

/** The path that was probably meant; null where that is not plain. */
function mended(path: string): string | null {
  const candidate = path
    .replace(/[?#].*$/s, "")
    .replace(/^\^/, "")
    .replace(/\.[*+]\$?$/, "*");
  const rooted = /^[/*]/.test(candidate) ? candidate : `/${candidate}`;
  return rooted !== path && pathRefusal(rooted) === null && pathProblem(rooted) === null ? rooted : null;
}
