import type { InitializeParams } from "vscode-languageserver";
import * as z from "zod";
import type { Client } from "./moment.ts";
import type { Folder } from "./names.ts";
import { chosenEncoding, positionsIn } from "./position.ts";

/** What a client may say beside standard LSP. Anything else is passed over. */
const optionsSchema = z.object({
  /** Overrules how open files' diagnostics reach the client. */
  diagnostics: z.enum(["push", "pull"]).optional(),
  /** The client runs the extension's commands, so lenses may name them. */
  commands: z.boolean().optional(),
  /** Settings for clients that do not answer `workspace/configuration`. */
  settings: z.unknown().optional(),
});

/** What a client said when it said hello. */
export interface Hello {
  readonly client: Client;
  readonly folders: readonly Folder[];
  readonly settings: unknown;
}

/**
 * The client's abilities and folders. A client that can pull diagnostics and be told to pull them again is left to do so, unless
 * it asks for push itself: diagnostics of one file change with another, so without the second ability they would grow old.
 */
export function helloOf(params: InitializeParams): Hello {
  const parsed = optionsSchema.safeParse(params.initializationOptions ?? {});
  const options = parsed.success ? parsed.data : {};
  const { capabilities } = params;
  const canPull =
    capabilities.textDocument?.diagnostic !== undefined && capabilities.workspace?.diagnostics?.refreshSupport === true;
  return {
    client: {
      capabilities,
      positions: positionsIn(chosenEncoding(capabilities.general?.positionEncodings)),
      diagnostics: options.diagnostics ?? (canPull ? "pull" : "push"),
      runsCommands: options.commands ?? false,
    },
    folders: foldersOf(params),
    settings: options.settings ?? null,
  };
}

function foldersOf(params: InitializeParams): readonly Folder[] {
  if (params.workspaceFolders) return params.workspaceFolders;
  if (params.rootUri) return [{ uri: params.rootUri, name: "" }];
  return [];
}
