import * as z from "zod/mini";

/*
 * What a person has set in the panel. VS Code keeps it over a reload of the window. Each field has its own fallback, so that a state
 * from another version loses only the fields that this version doesn't understand.
 */

const selectionSchema = z.object({ kind: z.enum(["node", "edge", "box"]), id: z.string() });

export const panelViewSchema = z.object({
  mode: z.catch(z.enum(["graph", "table", "mermaid"]), "graph"),
  table: z.catch(z.enum(["flows", "applications", "policies"]), "flows"),
  sort: z.catch(z.nullable(z.object({ column: z.string(), descending: z.boolean() })), null),
  find: z.catch(z.string(), ""),
  hide: z.catch(z.string(), ""),
  hiddenKinds: z.catch(z.array(z.string()), []),
  /** Shows only this element and its neighbours; null: everything. */
  only: z.catch(z.nullable(selectionSchema), null),
  /** Draws the flows of one look between two applications as one line. */
  mergeFlows: z.catch(z.boolean(), true),
  /** `auto`: groups similar applications once there are many; `needed`: only where not all could be drawn. */
  grouping: z.catch(z.enum(["auto", "always", "needed"]), "auto"),
  expanded: z.catch(z.array(z.string()), []),
  edgeLabels: z.catch(z.boolean(), true),
  boxes: z.catch(z.boolean(), true),
  /** Lines from applications to the beacon; the badge of an application says that it is on the mesh. */
  beaconLines: z.catch(z.boolean(), false),
  /** null: open where there is room. */
  legend: z.catch(z.nullable(z.boolean()), null),
  minimap: z.catch(z.boolean(), true),
  /** null: open where there is room. */
  sidebar: z.catch(z.nullable(z.boolean()), null),
  tab: z.catch(z.enum(["details", "reach", "mesh"]), "details"),
  /** Share of the pane that the sidebar takes, in per cent; null: the default. */
  sidebarSize: z.catch(z.nullable(z.number().check(z.minimum(15), z.maximum(75))), null),
  selection: z.catch(z.nullable(selectionSchema), null),
});

export type PanelView = z.infer<typeof panelViewSchema>;
export type Selection = z.infer<typeof selectionSchema>;

/** The view before a person changes anything. */
export const DEFAULT_VIEW: PanelView = panelViewSchema.parse({});

/** The stored view; unknown parts get their defaults. */
export function panelViewOf(kept: unknown): PanelView {
  const parsed = panelViewSchema.safeParse(kept ?? {});
  return parsed.success ? parsed.data : DEFAULT_VIEW;
}
