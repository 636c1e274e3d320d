import type { ClientCapabilities, InitializeParams } from "vscode-languageserver";
import * as z from "zod/mini";
import { chosenEncoding, type Encoding } from "./encoding.ts";
import type { Folder } from "./names.ts";

// Part of what is loaded before the client has its answer to `initialize`: nothing of the engine, and zod's small face.

/** What a client may set beside standard LSP. Anything else is ignored. */
const optionsSchema = z.object({
  /** How diagnostics of open files reach the client. */
  diagnostics: z.optional(z.enum(["push", "pull"])),
  /** The client runs the extension's commands, so lenses may name them. */
  commands: z.optional(z.boolean()),
  /** The client wants `$/charmMesh/changed` after each change. */
  changes: z.optional(z.boolean()),
  /** Settings for clients that do not answer `workspace/configuration`. */
  settings: z.optional(z.unknown()),
});

/** What a client sent with `initialize`. */
export interface ClientInfo {
  readonly capabilities: ClientCapabilities;
  readonly encoding: Encoding;
  /** `pull`: the client asks for the diagnostics of open files; `push`: they are sent. Closed files' are always sent. */
  readonly diagnostics: "push" | "pull";
  /** Whether the client runs the extension's commands, as our own does. */
  readonly runsCommands: boolean;
  /** Whether the client takes `$/charmMesh/changed`. */
  readonly wantsChanges: boolean;
  readonly folders: readonly Folder[];
  /** The settings that it sent; null: none. */
  readonly settings: unknown;
}

/**
 * The client's abilities and folders. If a client can pull diagnostics and supports a refresh request, the server lets it pull, unless
 * it asks for push itself: diagnostics of one file change with another, so without the second ability they would grow old.
 */
export function clientInfoOf(params: InitializeParams): ClientInfo {
  const parsed = optionsSchema.safeParse(params.initializationOptions ?? {});
  const options = parsed.success ? parsed.data : {};
  const capabilities = params.capabilities ?? {};
  const canPull =
    capabilities.textDocument?.diagnostic !== undefined && capabilities.workspace?.diagnostics?.refreshSupport === true;
  return {
    capabilities,
    encoding: chosenEncoding(capabilities.general?.positionEncodings),
    diagnostics: options.diagnostics ?? (canPull ? "pull" : "push"),
    runsCommands: options.commands ?? false,
    wantsChanges: options.changes ?? false,
    folders: foldersOf(params),
    settings: options.settings ?? null,
  };
}

function foldersOf(params: InitializeParams): readonly Folder[] {
  if (params.workspaceFolders && params.workspaceFolders.length > 0) return params.workspaceFolders;
  if (params.rootUri) return [{ uri: params.rootUri, name: "" }];
  // Deprecated since LSP 3.0, and still what some clients send alone.
  return params.rootPath ? [{ uri: fileUri(params.rootPath), name: "" }] : [];
}

/** The `file:` URI of an absolute path, with forward or backward slashes. */
function fileUri(path: string): string {
  const parts = path
    .replaceAll("\\", "/")
    .replace(/^\/{0,2}/, "")
    .split("/");
  return `file:///${parts.map(encodeURIComponent).join("/")}`;
}
