import type { CharmModel } from "#charm";
import { type Topology, topologiesOf } from "#mesh";
import type { SourceFile } from "#syntax";
import { attempted } from "./boundary.ts";

interface Known {
  readonly files: readonly SourceFile[];
  readonly metadata: readonly (SourceFile | null)[];
  readonly read: ReadTopologies;
}

/** The deployments of a workspace, and the files that reading failed on. */
export interface ReadTopologies {
  readonly topologies: readonly Topology[];
  readonly failures: readonly { readonly file: SourceFile; readonly failure: string }[];
}

const NONE: ReadTopologies = { topologies: [], failures: [] };

const cache = new WeakMap<SourceFile, Known>();

/**
 * The deployments that files describe, cached as long as neither the files nor the charms' declarations change: the
 * reader of a deployment needs the charms' relations from their metadata files, and nothing else of them.
 */
export function topologiesIn(files: readonly SourceFile[], models: readonly CharmModel[]): ReadTopologies {
  const [first] = files;
  if (!first) return NONE;
  const metadata = models.map((each) => each.metadata.file);
  const known = cache.get(first);
  if (known && same(known.files, files) && same(known.metadata, metadata)) return known.read;
  const read = readTopologies(files, models);
  cache.set(first, { files, metadata, read });
  return read;
}

/** All files together, as outputs of one folder make one deployment; where that fails, all but those that fail by themselves. */
function readTopologies(files: readonly SourceFile[], models: readonly CharmModel[]): ReadTopologies {
  const all = attempted(() => topologiesOf(files, models));
  if ("value" in all) return { topologies: all.value, failures: [] };
  const failures = files.flatMap((file) => {
    const alone = attempted(() => topologiesOf([file], models));
    return "failure" in alone ? [{ file, failure: alone.failure }] : [];
  });
  const failing = new Set(failures.map(({ file }) => file));
  const rest = attempted(() =>
    topologiesOf(
      files.filter((file) => !failing.has(file)),
      models,
    ),
  );
  return { topologies: "value" in rest ? rest.value : [], failures };
}

function same<T>(a: readonly T[], b: readonly T[]): boolean {
  return a.length === b.length && a.every((each, at) => each === b[at]);
}
