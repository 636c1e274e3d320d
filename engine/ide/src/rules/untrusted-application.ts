import { BEACON_KNOWLEDGE, INGRESS_KNOWLEDGE } from "#charm";
import type { Application, Topology } from "#mesh";
import { knownValue } from "#python";
import type { Location } from "#syntax";
import type { CharmFacts } from "../facts/charm-facts.ts";
import { placeOf } from "../facts/deployed-applications.ts";
import { runsWith } from "../facts/package-versions.ts";
import { deploymentRule } from "./rule.ts";

/**
 * Without trust a charm's service account may not patch the StatefulSet, the Service or policies: every hook fails with 403.
 * For a bundle, `juju deploy --trust` alone grants nothing: Juju trusts only applications that the bundle marks with `trust`
 * (juju, cmd/juju/application/deployer/bundlehandler.go, `addApplication`).
 */
export const untrustedApplication = deploymentRule({
  name: "untrusted-application",
  summary: "An application that patches Kubernetes objects is deployed without trust.",
  severities: ["error", "warning"],
  *findings({ topology, charmNamed, onMesh }) {
    for (const application of topology.applications) {
      const place = placeOf(application);
      if (application.trust !== false || application.kind !== "deployed" || !place) continue;
      const charm = charmNamed(application.charm);
      const joined = onMesh.get(`${application.model}/${application.name}`) === true;
      const found = charm ? patches(charm, joined) : patchesFromStore(application, topology.relations);
      if (found === null) continue;
      yield {
        severity: found.sure ? "error" : "warning",
        message: `${found.fails(application.name)}: ${found.why}, and it is deployed without trust. Set \`trust: true\` (a bundle also needs \`juju deploy --trust\`), or run \`juju trust ${application.name} --scope=cluster\`.`,
        location: place,
        related: found.place ? [{ location: found.place, message: "This call needs trust." }] : [],
      };
    }
  },
});

/** Why an application needs trust. */
interface Need {
  /** What happens without. */
  readonly fails: (application: string) => string;
  /** In words that follow a colon. */
  readonly why: string;
  /** Where the charm in the workspace makes or imports what needs it. */
  readonly place: Location | null;
  /** False where the charm is not in the workspace, and joins the mesh as nearly every charm does. */
  readonly sure: boolean;
}

const hooksFail = (application: string): string => `Every hook of “${application}” fails with 403`;

/** Charms of the mesh itself: they apply policies and gateways. */
const OF_MESH: ReadonlySet<string | null> = new Set([BEACON_KNOWLEDGE.charm, INGRESS_KNOWLEDGE.charm]);

/** A charm that is not in the workspace: one of the mesh's own, or one that is related to a beacon and so labels its pods. */
function patchesFromStore({ name, model, charm }: Application, relations: Topology["relations"]): Need | null {
  if (OF_MESH.has(charm)) return { fails: hooksFail, why: "it applies policies", place: null, sure: true };
  const joins = relations.some(
    (each) =>
      each.interface === BEACON_KNOWLEDGE.interface &&
      each.requirer.application === name &&
      each.requirer.model === model,
  );
  return joins ? { fails: hooksFail, why: "it labels its pods to join the mesh", place: null, sure: false } : null;
}

/** What needs trust in a charm of the workspace; null where nothing does. */
function patches(charm: CharmFacts, joined: boolean): Need | null {
  const need = (what: string, place: Location): Need => ({ fails: hooksFail, why: `it ${what}`, place, sure: true });
  const meshed = runsWith(charm.dependencies, "coordinated-workers", ">=2.1.0");
  if (charm.coordinator && meshed) return need("labels its pods and makes policies", charm.coordinator.callee);
  if (charm.worker && meshed) return need("labels its pods", charm.worker.callee);
  const joining = charm.consumers.find((each) => knownValue(each.autoJoin) === true);
  if (joined && joining) return need("labels its pods to join the mesh", joining.callee);
  // KubernetesServicePatch needs trust too, but logs the 403 and goes on (observability_libs v1, LIBPATCH 9, `_patch`).
  const [manager] = charm.resourceManagers;
  // Many charms ask the manager for something only on the mesh, and charmed-kubeflow-chisme's CharmReconciler logs the error and goes on.
  if (!joined || !manager) return null;
  return {
    fails: (application) => `The policies of “${application}” are not made, because Kubernetes answers 403`,
    why: "it makes them with a PolicyResourceManager",
    place: manager.callee,
    sure: true,
  };
}
