import type { CharmModel } from "#charm";
import { type Topology, topologiesOf } from "#mesh";
import type { SourceFile } from "#syntax";

interface Known {
  readonly files: readonly SourceFile[];
  readonly metadata: readonly (SourceFile | null)[];
  readonly topologies: readonly Topology[];
}

const cache = new WeakMap<SourceFile, Known>();

/**
 * The deployments that files describe, found again as long as neither the files nor what the charms declare change: a
 * deployment is read with the help of the charms' relations, which stand in their metadata files, and of nothing else in them.
 */
export function topologiesIn(files: readonly SourceFile[], models: readonly CharmModel[]): readonly Topology[] {
  const [first] = files;
  if (!first) return [];
  const metadata = models.map((each) => each.metadata.file);
  const known = cache.get(first);
  if (known && same(known.files, files) && same(known.metadata, metadata)) return known.topologies;
  const topologies = topologiesOf(files, models);
  cache.set(first, { files, metadata, topologies });
  return topologies;
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
