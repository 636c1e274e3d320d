import * as z from "zod/mini";

/*
 * What a person has set in the panel: kept by VS Code over a reload of the window. Every field falls back by itself, so that
 * a state written by another version loses only what is no longer understood.
 */

const selectionSchema = z.object({ kind: z.enum(["node", "edge", "box"]), id: z.string() });

export const panelViewSchema = z.object({
  mode: z.catch(z.enum(["graph", "table"]), "graph"),
  table: z.catch(z.enum(["flows", "applications", "policies"]), "flows"),
  sort: z.catch(z.nullable(z.object({ column: z.string(), descending: z.boolean() })), null),
  find: z.catch(z.string(), ""),
  hide: z.catch(z.string(), ""),
  hiddenKinds: z.catch(z.array(z.string()), []),
  /** Flows of one look between the same two applications as one line. */
  mergeFlows: z.catch(z.boolean(), true),
  /** `auto`: similar applications stand together once there are many; `needed`: only where not all could be drawn. */
  grouping: z.catch(z.enum(["auto", "always", "needed"]), "auto"),
  expanded: z.catch(z.array(z.string()), []),
  direction: z.catch(z.enum(["auto", "LR", "TB"]), "auto"),
  edgeLabels: z.catch(z.boolean(), true),
  boxes: z.catch(z.boolean(), true),
  legend: z.catch(z.nullable(z.boolean()), null),
  minimap: z.catch(z.boolean(), true),
  sidebar: z.catch(z.boolean(), true),
  tab: z.catch(z.enum(["details", "reach", "mesh"]), "details"),
  /** Share of the pane that the sidebar takes, in per cent; null: as designed. */
  sidebarSize: z.catch(z.nullable(z.number().check(z.minimum(15), z.maximum(75))), null),
  selection: z.catch(z.nullable(selectionSchema), null),
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
