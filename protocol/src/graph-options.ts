import * as z from "zod";
import { topologySourceSchema } from "./graph-view.ts";

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
  /** null: as the topology source says, else the charms' own defaults. */
  mesh: meshOptionsSchema.nullable(),
  /** Whether the cluster speaks TLS; null: not known, which draws what is without. */
  tls: z.boolean().nullable(),
  /** The host's path of the bundle, status… to take; null: the best one found, else inferred from the charms. */
  topology: z.string().nullable(),
  /** Takes no topology file even where there is one. */
  inferred: z.boolean(),
  /** Units per worker application and number of backends per telemetry relation; null: as the topology says. */
  workerUnits: z.number().int().min(0).max(1000).nullable(),
  backends: z.number().int().min(0).max(1000).nullable(),
  /** Names of the layers that are left out. */
  hiddenLayers: z.array(z.string()),
  /** The state to compare with: a git ref or a folder; null draws one state. */
  compare: z.string().nullable(),
});

/** One topology source that can be chosen. */
export const topologyChoiceSchema = z.object({
  path: z.string(),
  source: topologySourceSchema.exclude(["inferred"]),
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
export type LayerChoice = z.infer<typeof layerChoiceSchema>;
export type GraphChoices = z.infer<typeof graphChoicesSchema>;

/** The options of a graph that nobody has touched. */
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
