import type { CharmModel } from "#charm";
import { type Topology, topologiesOf } from "#mesh";
import { dependentMemo, type SourceFile } from "#syntax";
import { attempted } from "./boundary.ts";

/** The deployments of a workspace, and the files that reading failed on. */
export interface ReadTopologies {
  readonly topologies: readonly Topology[];
  readonly failures: readonly { readonly file: SourceFile; readonly failure: string }[];
}

const NONE: ReadTopologies = { topologies: [], failures: [] };

const cache = dependentMemo<SourceFile, ReadTopologies>();

/**
 * The deployments that files describe, cached as long as neither the files nor the charms' declarations change: the
 * reader of a deployment needs the charms' relations from their metadata files, and nothing else of them.
 */
export function topologiesIn(files: readonly SourceFile[], models: readonly CharmModel[]): ReadTopologies {
  const [first] = files;
  if (!first) return NONE;
  const metadata = models.map((each) => each.metadata.file);
  return cache(first, [files.length, ...files, ...metadata], () => readTopologies(files, models));
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
