import { knownValue } from "#model";
import type { CharmFacts } from "./charm-facts.ts";
import { placeOf } from "./deployed-applications.ts";
import { admits } from "./package-versions.ts";
import { deploymentRule } from "./rule.ts";

/** Without trust a charm's service account may not patch the StatefulSet, the Service or policies: every hook fails with 403. */
export const untrustedApplication = deploymentRule({
  name: "untrusted-application",
  summary: "An application that patches Kubernetes objects is deployed without trust.",
  severities: ["error"],
  needs: ["topology", "charmNamed", "onMesh"],
  *findings({ topology, charmNamed, onMesh }) {
    for (const application of topology.applications) {
      const charm = charmNamed(application.charm);
      const place = placeOf(application);
      if (application.trust !== false || application.kind !== "deployed" || !charm || !place) continue;
      const why = patches(charm, onMesh.get(`${application.model}/${application.name}`) === true);
      if (why === null) continue;
      yield {
        message: `“${application.name}” is deployed without trust and ${why}: Kubernetes refuses that, unless everything is deployed with \`--trust\`.`,
        location: place,
      };
    }
  },
});

function patches(charm: CharmFacts, joined: boolean): string | null {
  const meshed = admits(charm.dependencies, "coordinated-workers", ">=2.1.0");
  if (charm.coordinator && meshed) return "labels its pods and makes policies";
  if (charm.worker && meshed) return "labels its pods";
  const joins = charm.consumers.some((each) => knownValue(each.autoJoin) === true);
  if (joined && joins) return "labels its pods to join the mesh";
  if (charm.resourceManagers.length > 0) return "makes policies";
  if (charm.imports.some((each) => each.name === "KubernetesServicePatch" && !each.typeCheckingOnly))
    return "patches its Service";
  return null;
}
