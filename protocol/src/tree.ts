import * as z from "zod/mini";
import { graphOptionsSchema } from "./graph-options.ts";
import { reasonViewSchema } from "./graph-view.ts";

/* What the tree of charms shows: charms, the policies that open them by kind, and the reasons of each. */

export const treePolicySchema = z.object({
  id: z.string(),
  /** Who may do what. */
  label: z.string(),
  /** Shown less prominently: ports, or that nothing is created. */
  description: z.string(),
  because: z.array(reasonViewSchema),
});

export const treeGroupSchema = z.object({
  kind: z.enum(["internal", "external", "telemetry"]),
  policies: z.array(treePolicySchema),
});

export const treeCharmSchema = z.object({
  path: z.string(),
  uri: z.string(),
  name: z.nullable(z.string()),
  kind: z.enum(["coordinator", "worker", "standalone", "none"]),
  /** Whether the application is on the mesh in the current deployment. */
  onMesh: z.boolean(),
  groups: z.array(treeGroupSchema),
});

/** `charmMesh/tree`: the charms with the policies that open them. */
export const treeRequest = {
  method: "charmMesh/tree",
  params: z.object({ options: graphOptionsSchema }),
  result: z.object({ charms: z.array(treeCharmSchema) }),
} as const;

export type TreePolicy = z.infer<typeof treePolicySchema>;
export type TreeGroup = z.infer<typeof treeGroupSchema>;
export type TreeCharm = z.infer<typeof treeCharmSchema>;
