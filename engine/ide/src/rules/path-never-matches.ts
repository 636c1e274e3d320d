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
        const rooted = `/${path}`;
        const mends = quote && path !== "" && pathProblem(rooted) === null;
        yield {
          message: `“${path}” matches no request: ${problem}.`,
          location,
          fixes: mends ? [replacementFix(`Use “${rooted}”`, location, quote + rooted + quote)] : [],
        };
      }
    }
  },
});

/** Why a path can't match, in words; null for one that can. */
export function pathProblem(path: string): string | null {
  if (path === "") return "an empty path is refused by Istio";
  if (path.includes("{") || path.includes("}")) return templateProblem(path);
  if (!path.startsWith("/") && !path.startsWith("*")) return "a request's path starts with “/”";
  const inside = path.length > 1 ? path.slice(1, -1) : "";
  if (inside.includes("*")) return "“*” counts only at the start or the end; anywhere else it is that very character";
  if (path.length > 1 && path.startsWith("*") && path.endsWith("*"))
    return "of two “*” only one counts, and the other is that very character";
  return null;
}

function templateProblem(path: string): string | null {
  if (!path.startsWith("/")) return "a path template starts with “/”";
  const segments = path.slice(1).split("/");
  for (const [at, segment] of segments.entries()) {
    if (segment === "{**}") {
      if (at !== segments.length - 1) return "“{**}” may only be the last segment of a template";
    } else if (segment !== "{*}" && /[{}*]/.test(segment)) {
      return "in a path template “{*}” and “{**}” stand for whole segments, and “*” for nothing else";
    }
  }
  return null;
}
