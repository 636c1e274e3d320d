import * as z from "zod";

/*
 * What a person has set in the panel: kept by VS Code over a reload of the window. Every field falls back by itself, so that
 * a state written by another version loses only what is no longer understood.
 */

const selectionSchema = z.object({ kind: z.enum(["node", "edge", "box"]), id: z.string() });

export const panelViewSchema = z.object({
  mode: z.enum(["graph", "table"]).catch("graph"),
  table: z.enum(["flows", "applications", "policies"]).catch("flows"),
  sort: z.object({ column: z.string(), descending: z.boolean() }).nullable().catch(null),
  find: z.string().catch(""),
  hide: z.string().catch(""),
  hiddenKinds: z.array(z.string()).catch([]),
  /** Flows of one look between the same two applications as one line. */
  mergeFlows: z.boolean().catch(true),
  /** `auto`: similar applications stand together once there are many; `needed`: only where not all could be drawn. */
  grouping: z.enum(["auto", "always", "needed"]).catch("auto"),
  expanded: z.array(z.string()).catch([]),
  direction: z.enum(["auto", "LR", "TB"]).catch("auto"),
  edgeLabels: z.boolean().catch(true),
  boxes: z.boolean().catch(true),
  legend: z.boolean().nullable().catch(null),
  minimap: z.boolean().catch(true),
  sidebar: z.boolean().catch(true),
  tab: z.enum(["details", "reach", "mesh"]).catch("details"),
  /** Share of the pane that the sidebar takes, in per cent; null: as designed. */
  sidebarSize: z.number().min(15).max(75).nullable().catch(null),
  selection: selectionSchema.nullable().catch(null),
});

export type PanelView = z.infer<typeof panelViewSchema>;
export type Selection = z.infer<typeof selectionSchema>;

/** The view that nobody has touched. */
export const DEFAULT_VIEW: PanelView = panelViewSchema.parse({});

/** What was kept, as far as it is understood. */
export function panelViewOf(kept: unknown): PanelView {
  const parsed = panelViewSchema.safeParse(kept ?? {});
  return parsed.success ? parsed.data : DEFAULT_VIEW;
}
