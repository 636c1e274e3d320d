import type { CharmModel } from "#charm";
import { memo } from "#syntax";

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
  const byStem = new Map<string, Placed[]>();
  const byParent = new Map<string, Placed[]>();
  for (const model of models) {
    if (model.kind !== "coordinator") continue;
    const each = placed(model);
    if (each.stem !== null) listAt(byStem, keyOf(model, each.stem)).push(each);
    listAt(byParent, keyOf(model, each.parent)).push(each);
  }
  const clusters: Cluster[] = [];
  for (const worker of models) {
    if (worker.kind !== "worker") continue;
    const { stem, parent } = placed(worker);
    const sameStem = stem === null ? [] : (byStem.get(keyOf(worker, stem)) ?? []);
    const beside = byParent.get(keyOf(worker, parent)) ?? [];
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

const placed = memo(
  (model: CharmModel): Placed => ({ model, stem: stemOf(model), parent: parentOf(model.charm.root) }),
);

/** Charms of tests are apart from others. */
function keyOf({ test }: CharmModel, name: string): string {
  return `${test} ${name}`;
}

function listAt(lists: Map<string, Placed[]>, key: string): Placed[] {
  const list = lists.get(key) ?? [];
  lists.set(key, list);
  return list;
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
