import * as z from "zod/mini";
import { readSourceSchema } from "./graph-view.ts";

/*
 * What a person can switch on the traffic graph. The server makes the graph for these options; the panel shows them as its
 * switches and keeps them over a reload.
 */

/** The four switches of the charmed Istio that change a verdict (`--mesh` of the command line). */
export const meshOptionsSchema = z.object({
  hardened: z.boolean(),
  managed: z.boolean(),
  modelOnMesh: z.boolean(),
  autoAllowWaypoint: z.boolean(),
});

export const graphOptionsSchema = z.object({
  /** null: the topology source's value, else the charms' own defaults. */
  mesh: z.nullable(meshOptionsSchema),
  /** Whether the cluster uses TLS; null: unknown, drawn as without. */
  tls: z.nullable(z.boolean()),
  /** The host's path of the bundle, status… to take; null: the best one found, else inferred from the charms. */
  topology: z.nullable(z.string()),
  /** Takes no topology file even where there is one. */
  inferred: z.boolean(),
  /** Units per worker application and number of backends per telemetry relation; null: the topology's values. */
  workerUnits: z.nullable(z.int().check(z.minimum(0), z.maximum(1000))),
  backends: z.nullable(z.int().check(z.minimum(0), z.maximum(1000))),
  /** Names of the omitted layers. */
  hiddenLayers: z.array(z.string()),
  /** The state to compare with: a git ref or a folder; null draws one state. */
  compare: z.nullable(z.string()),
});

/** One topology source that can be chosen. */
export const topologyChoiceSchema = z.object({
  path: z.string(),
  source: readSourceSchema,
  label: z.string(),
});

/** One layer that can be hidden. */
export const layerChoiceSchema = z.object({ name: z.string(), label: z.string() });

/** What the switches may be set to in this workspace. */
export const graphChoicesSchema = z.object({
  topologies: z.array(topologyChoiceSchema),
  layers: z.array(layerChoiceSchema),
  /** Whether two states can be compared here (a folder under git, a host that can run it). */
  canCompare: z.boolean(),
});

export type MeshOptions = z.infer<typeof meshOptionsSchema>;
export type GraphOptions = z.infer<typeof graphOptionsSchema>;
export type TopologyChoice = z.infer<typeof topologyChoiceSchema>;

/** The default options of a graph. */
export const DEFAULT_GRAPH_OPTIONS: GraphOptions = {
  mesh: null,
  tls: null,
  topology: null,
  inferred: false,
  workerUnits: null,
  backends: null,
  hiddenLayers: [],
  compare: null,
};
