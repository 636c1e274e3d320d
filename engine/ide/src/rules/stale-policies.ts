import { knownValue, optionsOf } from "#python";
import type { Fix } from "../diagnostic.ts";
import { admits, constraintAdmits, placeOfPackage, versionText } from "../facts/package-versions.ts";
import { reconstrainedFixes } from "../fixes/requirement-edits.ts";
import { charmRule } from "./rule.ts";

/** `update_service_mesh()` on reconcile came with 2.2.6 and 4.0.1; before, policies follow relation events only. */
export const stalePolicies = charmRule({
  name: "stale-policies",
  summary: "An old coordinated-workers does not publish policies again when TLS changes the telemetry proxy's port.",
  severities: ["information"],
  *findings({ coordinator, wiring, dependencies }) {
    const name = "coordinated-workers";
    const proxy = coordinator && knownValue(coordinator.telemetryProxy);
    if (!proxy || wiring.coordinator !== "all") return;
    const found = dependencies.packages.get(name);
    const location = placeOfPackage(found, ">=4.0.1");
    if (!location) return;
    const [http, https] = [optionsOf(proxy.httpPort), optionsOf(proxy.httpsPort)];
    if (!http || !https || http.some((each) => https.includes(each))) return;
    // One without mesh support is `dependency-too-old`'s.
    if (!admits(dependencies, name, ">=2.1.0")) return;
    const fresh = ["~=2.2.6", ">=2.3,<3", ">=4.0.1"].some((range) => admits(dependencies, name, range));
    if (fresh) return;
    yield {
      message: `The workers' telemetry is denied for a while after TLS is turned on or off: the proxy's port changes (${http.join("/")} and ${https.join("/")}), and coordinated-workers (${versionText(found)}) publishes its policies on relation events only. 2.2.6 and 4.0.1 publish them at every reconcile.`,
      location,
      related: [{ location: proxy.httpsPortLocation ?? proxy.location, message: "The ports are set here." }],
      fixes: raised(found),
    };
  },
});

/** To the nearest release that does, within the constraint's own major version; 3.x has none. */
function raised(found: Parameters<typeof constraintAdmits>[0]): Fix[] {
  if (constraintAdmits(found, ">=4.0.1")) return [];
  if (constraintAdmits(found, ">=4,<5")) return reconstrainedFixes(found?.requirement, ">=4.0.1");
  return constraintAdmits(found, "<3") ? reconstrainedFixes(found?.requirement, ">=2.2.6,<3") : [];
}
