import { type CharmFiles, type CharmModel, charmModel } from "#charm";
import type { FileEdit } from "#syntax";
import { editedWorkspace } from "../analysis/edited-workspace.ts";
import type { Analysis } from "../analysis/snapshot.ts";
import type { Workspace } from "../analysis/workspace.ts";
import { merged } from "../edits/fix.ts";
import { type CharmFacts, charmFacts } from "../facts/charm-facts.ts";
import { differences, fixedWorkspace } from "../fixes/fix-all.ts";
import { DEFAULT_SETTINGS } from "../settings/settings.ts";
import { withNewerPackage } from "./newer-package.ts";
import { wiredConsumer } from "./wired-consumer.ts";
import { coordinatorWithPolicies, wiredCoordinator } from "./wired-coordinator.ts";

/** Findings whose fixes are the rest of the guide's steps, once a charm is wired. */
const REST: ReadonlySet<string> = new Set([
  "missing-mesh-relation",
  "half-a-cross-model-pair",
  "wrong-relation-side",
  "unlimited-service-mesh",
  "partial-mesh-endpoints",
  "missing-telemetry-proxy",
  "closed-proxy-port",
  "closed-service-port",
  "missing-mesh-library",
  "missing-coordinated-workers-library",
  "undeclared-peer-relation",
  "missing-dependency",
  "dependency-too-old",
]);

const STEPS: readonly ((facts: CharmFacts) => readonly FileEdit[])[] = [
  wiredCoordinator,
  coordinatorWithPolicies,
  wiredConsumer,
];

/**
 * Carries out the guide's steps over all files of some charms, as one set of edits: relations, keys of the endpoint map or a
 * ServiceMeshConsumer, a policy for each relation with incoming connections (kind and port as far as they are readable, a
 * marked GAP where not), the telemetry proxy and its port, libraries and dependencies. Pure. A part that a charm has already
 * stays unchanged, so a second run changes nothing. Test charms are omitted.
 */
export function addMeshSupport(charms: readonly CharmModel[]): FileEdit[] {
  const before: Workspace = {
    charms: charms.filter((each) => !each.test).map((each) => each.charm),
    topologies: [],
    settings: DEFAULT_SETTINGS,
  };
  let current: Workspace = { ...before, charms: before.charms.map((charm) => withNewerPackage(charm)) };
  for (const step of STEPS)
    current = editedWorkspace(current, merged(current.charms.flatMap((charm) => step(factsOf(charm)))));
  return differences(
    before,
    fixedWorkspace(current, ({ code }) => REST.has(code)),
  );
}

/** The charms that get mesh support together: the one that a file belongs to, and the rest of its cluster. */
export function meshSupportCharms(analysis: Analysis, path: string): readonly CharmModel[] {
  const charm = analysis.charmOf(path);
  if (!charm) return [];
  const clusters = analysis.clusters.filter(({ coordinator, worker }) => coordinator === charm || worker === charm);
  const coordinators = new Set(clusters.map((each) => each.coordinator));
  const workers = analysis.clusters.filter((each) => coordinators.has(each.coordinator)).map((each) => each.worker);
  return [...new Set([charm, ...coordinators, ...workers])];
}

function factsOf(charm: CharmFiles): CharmFacts {
  return charmFacts(charmModel(charm));
}
