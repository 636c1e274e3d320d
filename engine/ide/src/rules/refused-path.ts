import { pathRefusal } from "#mesh";
import { replacementFix } from "../edits/fix.ts";
import { argumentsNamed, elementsOf } from "../facts/policy-arguments.ts";
import { charmRule } from "./rule.ts";

/** Istio's validation takes braces only as `{*}` and `{**}`, and refuses the whole policy for one bad path. */
export const refusedPath = charmRule({
  name: "refused-path",
  summary: "A path for which Istio refuses the whole policy.",
  severities: ["error"],
  *findings({ policies }) {
    for (const { endpoint, argument, policy } of argumentsNamed(policies, "paths")) {
      if (!endpoint && policy.kind !== "MeshPolicy") continue;
      for (const { data, location } of elementsOf(argument)) {
        const path = data.kind === "known" && typeof data.value === "string" ? data.value : null;
        const why = path === null ? null : path === "" ? "a path must not be empty" : pathRefusal(path);
        if (path === null || why === null) continue;
        const mended = path.replace(/\{[^/{}*]+\}/g, "{*}");
        const written = location.file.text.slice(location.span.start, location.span.end);
        const quote = /^(["'])[^"'\\\n]*\1$/.exec(written)?.[1];
        const mends = quote !== undefined && mended !== path && pathRefusal(mended) === null;
        yield {
          message: `Nothing of this policy is applied, and the beacon may stop before the policies of other applications: Istio refuses it, since ${why}.`,
          location,
          fixes: mends ? [replacementFix(`Use “${mended}”`, location, quote + mended + quote)] : [],
        };
      }
    }
  },
});
