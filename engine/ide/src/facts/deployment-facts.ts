import type { Topology } from "#mesh";
import type { CharmFacts } from "./charm-facts.ts";

/** One deployment that a topology file describes, with the charms of the workspace that it names. */
export interface DeploymentFacts {
  readonly topology: Topology;
  /** The charm in the workspace by that charm name; null for one that is not there. */
  readonly charmNamed: (name: string | null) => CharmFacts | null;
  /** Whether an application is on the mesh, by `<model>/<application>`. */
  readonly onMesh: ReadonlyMap<string, boolean>;
}
