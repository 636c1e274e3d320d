import { knownValue } from "#python";
import type { Location } from "#syntax";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { placeOf } from "../facts/deployed-applications.ts";
import { runsWith } from "../facts/package-versions.ts";
import { deploymentRule } from "./rule.ts";

/** Without trust a charm's service account may not patch the StatefulSet, the Service or policies: every hook fails with 403. */
export const untrustedApplication = deploymentRule({
  name: "untrusted-application",
  summary: "An application that patches Kubernetes objects is deployed without trust.",
  severities: ["error"],
  *findings({ topology, charmNamed, onMesh }) {
    for (const application of topology.applications) {
      const charm = charmNamed(application.charm);
      const place = placeOf(application);
      if (application.trust !== false || application.kind !== "deployed" || !charm || !place) continue;
      const found = patches(charm, onMesh.get(`${application.model}/${application.name}`) === true);
      if (found === null) continue;
      const [why, location] = found;
      yield {
        message: `Every hook of “${application.name}” fails with 403: it ${why}, and it is deployed without trust. Set it, or deploy everything with \`--trust\`.`,
        location: place,
        related: [{ location, message: "This needs trust." }],
      };
    }
  },
});

/** What needs trust, in words, and where it is made or imported; null where nothing does. */
function patches(charm: CharmFacts, joined: boolean): readonly [why: string, place: Location] | null {
  const meshed = runsWith(charm.dependencies, "coordinated-workers", ">=2.1.0");
  if (charm.coordinator && meshed) return ["labels its pods and makes policies", charm.coordinator.callee];
  if (charm.worker && meshed) return ["labels its pods", charm.worker.callee];
  const joining = charm.consumers.find((each) => knownValue(each.autoJoin) === true);
  if (joined && joining) return ["labels its pods to join the mesh", joining.callee];
  const [manager] = charm.resourceManagers;
  if (manager) return ["makes policies", manager.callee];
  const patch = charm.imports.find((each) => each.name === "KubernetesServicePatch" && !each.typeCheckingOnly);
  return patch ? ["patches its Service", patch.location] : null;
}
