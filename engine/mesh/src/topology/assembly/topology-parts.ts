import type { SourceFile } from "#syntax";
import { DEFAULT_MESH_MODE } from "../mesh-mode.ts";
import type { Topology, TopologySourceId } from "../topology.ts";

/** The name of the model where a source does not say it. */
export const ASSUMED_MODEL = "model";

/** A topology with nothing in it. */
export function emptyTopology(source: TopologySourceId, file: SourceFile | null): Topology {
  return {
    source,
    file,
    mode: DEFAULT_MESH_MODE,
    models: [],
    applications: [],
    relations: [],
    offers: [],
    databags: [],
    problems: [],
    note: null,
  };
}

/** `app/0`, `app/1`…: the names that Juju gives to the units of a Kubernetes application. */
export function unitNamesOf(application: string, units: number): readonly string[] {
  return Array.from({ length: units }, (_, index) => `${application}/${index}`);
}
