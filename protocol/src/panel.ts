import * as z from "zod/mini";
import { graphChoicesSchema, graphOptionsSchema } from "./graph-options.ts";
import { graphViewSchema, placeSchema } from "./graph-view.ts";
import { reachAnswerSchema, reachQuerySchema } from "./reach.ts";

/*
 * The messages between the panel and its host (the VS Code client, or a standalone page). Both sides parse what comes in; a message that
 * does not parse is dropped and logged.
 *
 * A standalone page holds one `state` message as JSON in `<script type="application/json" id="charm-mesh-state">`; the panel
 * then runs without a host.
 */

export const STANDALONE_STATE_ID = "charm-mesh-state";

export const exportKindSchema = z.enum(["svg", "png", "mermaid", "markdown", "yaml", "json"]);

/** What a context menu of an application or a flow offers. */
export const menuActionSchema = z.enum([
  /** Opens the source line. */
  "source",
  /** Shows only the element and its neighbours. */
  "neighbours",
  "hide",
  /** Lists what an application can reach. */
  "reaches",
  /** Lists who can reach an application. */
  "reachedBy",
  "copyIdentity",
  "copyFind",
]);

/** The host's capabilities for the panel; the panel omits what the host can't answer. */
export const panelAbilitiesSchema = z.object({
  /** Opens a source line. */
  reveal: z.boolean(),
  /** Makes the graph anew for other options. */
  options: z.boolean(),
  /** Answers "can A reach B?". */
  reach: z.boolean(),
  /** Explains the denied requests in a log. */
  explain: z.boolean(),
  /** Saves an exported file; without it the panel offers a download. */
  save: z.boolean(),
});

/** Everything there is to show. Sent first after `ready`, and whenever something changes. */
export const stateMessageSchema = z.object({
  type: z.literal("state"),
  /** null: there is nothing to draw, and `empty` gives the reason and the next step. */
  graph: z.nullable(graphViewSchema),
  empty: z.nullable(z.string()),
  /** Why the picture is the last good one and not the present one; null: it is present. */
  stale: z.nullable(z.string()),
  options: graphOptionsSchema,
  choices: graphChoicesSchema,
  abilities: panelAbilitiesSchema,
  /** null: the panel reads the theme from its surroundings (VS Code's body class, else prefers-color-scheme). */
  theme: z.nullable(z.enum(["light", "dark", "high-contrast", "high-contrast-light"])),
});

export const hostMessageSchema = z.discriminatedUnion("type", [
  stateMessageSchema,
  /** The nodes and edges under the editor's cursor; empty lists take the highlight away. */
  z.object({ type: z.literal("highlight"), nodes: z.array(z.string()), edges: z.array(z.string()) }),
  /** Work has begun that will end in a `state`. */
  z.object({ type: z.literal("busy"), text: z.string() }),
  z.object({ type: z.literal("notice"), severity: z.enum(["info", "warning", "error"]), text: z.string() }),
  /** Answers the `canReach` with the same id; exactly one of `answer` and `error` is set. */
  z.object({
    type: z.literal("reach"),
    id: z.int(),
    answer: z.nullable(reachAnswerSchema),
    error: z.nullable(z.string()),
  }),
  /** Asks the panel for an `export` of what it shows. */
  z.object({ type: z.literal("exportRequest"), kind: exportKindSchema }),
  /** Selects nodes or edges and brings them into sight (a lens or the tree asked for them). */
  z.object({ type: z.literal("select"), nodes: z.array(z.string()), edges: z.array(z.string()) }),
  /** Opens the "Can A reach B?" form. */
  z.object({ type: z.literal("askReach") }),
  /** A person chose an entry of an element's context menu, which the host shows. */
  z.object({
    type: z.literal("menu"),
    action: menuActionSchema,
    kind: z.enum(["node", "edge"]),
    id: z.string(),
  }),
]);

export const panelMessageSchema = z.discriminatedUnion("type", [
  /** The panel listens; the host answers with `state`. */
  z.object({ type: z.literal("ready") }),
  z.object({ type: z.literal("reveal"), place: placeSchema }),
  /** A switch was turned; the host answers with `state`. */
  z.object({ type: z.literal("options"), options: graphOptionsSchema }),
  z.object({ type: z.literal("canReach"), id: z.int(), query: reachQuerySchema }),
  /** `content` is text, or base64 for png. */
  z.object({ type: z.literal("export"), kind: exportKindSchema, content: z.string() }),
  /** Runs one of the extension's commands. */
  z.object({
    type: z.literal("command"),
    command: z.enum([
      "charmMesh.showPolicies",
      "charmMesh.addMeshSupport",
      "charmMesh.comparePolicies",
      "charmMesh.restartServer",
    ]),
  }),
  /** Explains the denied requests in a log, in a document of the host; null: the host asks for the log. */
  z.object({ type: z.literal("explain"), log: z.nullable(z.string()) }),
  z.object({ type: z.literal("openLink"), url: z.string() }),
  /** Copies a text to the clipboard. */
  z.object({ type: z.literal("copy"), text: z.string() }),
  /** An error inside the panel; goes to the output channel. */
  z.object({ type: z.literal("error"), message: z.string() }),
]);

/** What the panel keeps with `setState`, so that a reload of the window brings it back. `view` is the panel's own. */
export const savedPanelSchema = z.object({
  version: z.literal(1),
  options: graphOptionsSchema,
  view: z.record(z.string(), z.unknown()),
});

export type MenuAction = z.infer<typeof menuActionSchema>;
export type ExportKind = z.infer<typeof exportKindSchema>;
export type StateMessage = z.infer<typeof stateMessageSchema>;
export type HostMessage = z.infer<typeof hostMessageSchema>;
export type PanelMessage = z.infer<typeof panelMessageSchema>;
export type SavedPanel = z.infer<typeof savedPanelSchema>;
