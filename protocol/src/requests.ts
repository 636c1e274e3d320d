import * as z from "zod/mini";
import { graphChoicesSchema, graphOptionsSchema } from "./graph-options.ts";
import { graphViewSchema } from "./graph-view.ts";
import { reachAnswerSchema, reachQuerySchema } from "./reach.ts";

/*
 * The server's own methods beside standard LSP, all under `charmMesh/`. Documented for other editors in docs/guide.
 * `Request` tables hold the method's name with the shape of its parameters and of its result.
 */

const charmSummarySchema = z.object({
  /** The server's path of the charm's folder. */
  path: z.string(),
  uri: z.string(),
  name: z.nullable(z.string()),
  kind: z.enum(["coordinator", "worker", "standalone", "none"]),
});

/** `charmMesh/graph`: the traffic graph of the whole workspace. */
export const graphRequest = {
  method: "charmMesh/graph",
  params: z.object({ options: graphOptionsSchema }),
  result: z.object({
    graph: z.nullable(graphViewSchema),
    empty: z.nullable(z.string()),
    stale: z.nullable(z.string()),
    choices: graphChoicesSchema,
  }),
} as const;

/** `charmMesh/policies`: the effective policies as a text to read. */
export const policiesRequest = {
  method: "charmMesh/policies",
  params: z.object({ options: graphOptionsSchema, format: z.enum(["yaml", "table"]) }),
  result: z.object({ text: z.string() }),
} as const;

/** `charmMesh/canReach`: a verdict with its steps. */
export const canReachRequest = {
  method: "charmMesh/canReach",
  params: z.object({ options: graphOptionsSchema, query: reachQuerySchema }),
  result: reachAnswerSchema,
} as const;

/** `charmMesh/explain`: the denied requests in an access log of ztunnel, a waypoint or a gateway, explained in Markdown. */
export const explainRequest = {
  method: "charmMesh/explain",
  params: z.object({ options: graphOptionsSchema, log: z.string() }),
  result: z.object({ text: z.string(), denials: z.number() }),
} as const;

/** `charmMesh/addMeshSupport`: the guide's steps over the charm that a file belongs to and the rest of its cluster. */
export const addMeshSupportRequest = {
  method: "charmMesh/addMeshSupport",
  params: z.object({ uri: z.string() }),
  result: z.object({
    /** An LSP WorkspaceEdit to review before it is applied; null where the charms have all of it, or there is no charm. */
    edit: z.nullable(z.looseObject({})),
    charms: z.array(z.string()),
    /** How many policies of the edit have a gap, which is marked GAP and has to be filled in. */
    gaps: z.number(),
    /** The steps that remain after the edit: a sentence for each lock of requirements that needs an update. */
    notices: z.array(z.string()),
  }),
} as const;

/** `charmMesh/charms`: the charms that were found. */
export const charmsRequest = {
  method: "charmMesh/charms",
  params: z.object({}),
  result: z.object({ charms: z.array(charmSummarySchema) }),
} as const;

/** `charmMesh/uri`: the URI of a path that an answer of this server named; null for one it does not know. */
export const uriRequest = {
  method: "charmMesh/uri",
  params: z.object({ path: z.string() }),
  result: z.object({ uri: z.nullable(z.string()) }),
} as const;

/** `charmMesh/path`: the other way round, how answers of this server name a file; null for one outside the workspace. */
export const pathRequest = {
  method: "charmMesh/path",
  params: z.object({ uri: z.string() }),
  result: z.object({ path: z.nullable(z.string()) }),
} as const;

/**
 * `$/charmMesh/changed`, from the server to clients that set `initializationOptions.changes`: graph and policies may be different now.
 * Clients ignore unknown notifications whose names begin with `$/` (LSP 3.17, “$ Notifications and Requests”).
 */
export const changedNotification = {
  method: "$/charmMesh/changed",
  params: z.object({
    charms: z.array(charmSummarySchema),
    /** The paths of the charms that have no mesh support at all. */
    withoutMesh: z.array(z.string()),
    /** How many findings of each severity there are. */
    findings: z.object({ error: z.number(), warning: z.number(), information: z.number(), hint: z.number() }),
  }),
} as const;

/** `charmMesh/listFiles`, from a server without a file system: URIs of the files below a folder that may matter. */
export const listFilesRequest = {
  method: "charmMesh/listFiles",
  params: z.object({ folder: z.string() }),
  result: z.object({ uris: z.array(z.string()) }),
} as const;

/** `charmMesh/readFiles`, from a server without a file system: one entry per URI, in the order asked for. */
export const readFilesRequest = {
  method: "charmMesh/readFiles",
  params: z.object({ uris: z.array(z.string()) }),
  result: z.object({
    /** `text` is null where the file is unreadable, and `problem` gives the reason; where both are null there is no such file. */
    files: z.array(z.object({ text: z.nullable(z.string()), problem: z.nullable(z.string()) })),
  }),
} as const;

export type ChangedNotification = z.infer<typeof changedNotification.params>;
export type CharmSummary = z.infer<typeof charmSummarySchema>;
export type GraphAnswer = z.infer<typeof graphRequest.result>;
