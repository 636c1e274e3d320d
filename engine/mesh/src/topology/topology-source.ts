import type { SourceFile } from "#syntax";
import type { EndpointLookup } from "./assembly/charm-endpoints.ts";
import type { Topology, TopologySourceId } from "./topology.ts";

/** One form in which a deployment can be described. */
export interface TopologySource {
  readonly id: TopologySourceId;
  /** Whether a file has this form: by its content, or by a name that nothing else has. Safe on any text. */
  readonly matches: (file: SourceFile) => boolean;
  /**
   * The deployment that the file describes. Bad parts become problems at their lines; the rest is used. Of the charms nothing counts
   * but the endpoints that are looked up: as long as these answers stay the same, so does the deployment.
   */
  readonly read: (file: SourceFile, lookup: EndpointLookup) => Topology;
}
