import type { CharmModel } from "#charm";

/** A coordinator and a worker of the workspace that belong together. */
export interface Cluster {
  readonly coordinator: CharmModel;
  readonly worker: CharmModel;
}

/**
 * Pairs the workers of a workspace with their coordinator by reliable signs: the name without its part
 * (`tempo-coordinator-k8s`, `tempo-worker-k8s`), else sibling folders when they hold only one coordinator.
 * The cluster interface is no sign, since rules compare it. Test charms pair with each other only.
 */
export function clustersOf(models: readonly CharmModel[]): readonly Cluster[] {
  const coordinators = models.filter((each) => each.kind === "coordinator").map(placed);
  const clusters: Cluster[] = [];
  for (const worker of models) {
    if (worker.kind !== "worker") continue;
    const { stem, parent } = placed(worker);
    const candidates = coordinators.filter((each) => each.model.test === worker.test);
    const sameStem = candidates.filter((each) => stem !== null && each.stem === stem);
    const beside = candidates.filter((each) => each.parent === parent);
    const near = sameStem.length > 1 ? sameStem.filter((each) => beside.includes(each)) : sameStem;
    const [coordinator, another] = near.length > 0 ? near : beside;
    if (coordinator && !another) clusters.push({ coordinator: coordinator.model, worker });
  }
  return clusters;
}

interface Placed {
  readonly model: CharmModel;
  readonly stem: string | null;
  readonly parent: string;
}

function placed(model: CharmModel): Placed {
  return { model, stem: stemOf(model), parent: parentOf(model.charm.root) };
}

function stemOf({ metadata }: CharmModel): string | null {
  const name = metadata.name ?? "";
  const cut = name.replace(/-?(?:coordinator|worker)-?/, "-");
  return cut === name ? null : cut.replace(/^-|-$/g, "");
}

function parentOf(root: string): string {
  const slash = root.lastIndexOf("/");
  return slash < 0 ? "" : root.slice(0, slash);
}
