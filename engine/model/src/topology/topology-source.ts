import type { SourceFile } from "#syntax";
import type { CharmModel } from "../charm/charm-model.ts";
import type { Topology, TopologySourceId } from "./topology.ts";

/** One form in which a deployment can be described. */
export interface TopologySource {
  readonly id: TopologySourceId;
  /** Whether a file has this form: by its content, or by a name that nothing else has. Safe on any text. */
  readonly matches: (file: SourceFile) => boolean;
  /** The deployment that the file describes. Bad parts become problems at their lines; the rest is used. */
  readonly read: (file: SourceFile, models: readonly CharmModel[]) => Topology;
}
