import type { CharmFiles } from "#charm";
import type { standaloneHtml } from "#picture";
import type { SourceFile } from "#syntax";

/*
 * What Node or a browser gives to the server: the server itself knows no disk, no clock and no process.
 */

/** A file's text, or one sentence that says why there is none. */
export type FileContent = { readonly text: string } | { readonly unreadable: string };

/** Where files come from. Neither function throws for what it finds on disk: trouble is content too. */
export interface PlatformFiles {
  /**
   * URIs of files below a folder that may matter; more than that is allowed, the server looks at the names. `workspaceUri` is the
   * folder of the workspace that it is or lies in: links may lead as far as they may from there.
   */
  readonly list: (folderUri: string, workspaceUri: string) => Promise<readonly string[]>;
  /** The contents, in the order asked for; null where there is no such file. */
  readonly read: (uris: readonly string[]) => Promise<readonly (FileContent | null)[]>;
  /** The nearest folder at or above a file that holds a charm, for files outside every workspace folder; null: none. */
  readonly charmFolder: (fileUri: string) => Promise<string | null>;
}

/** The files of a workspace folder in another state, or one sentence that says why there are none. */
export type OtherState =
  | {
      readonly charms: readonly CharmFiles[];
      readonly topologies: readonly SourceFile[];
      /** A sentence for each file of it that could not be read. */
      readonly leftOut: readonly string[];
    }
  | { readonly failure: string };

/** Reads other states of the workspace; a worker can't. */
export interface PlatformStates {
  /**
   * A folder at a git ref, or another folder in its place, with files named as `prefix` and the path in the folder.
   * Never rejects.
   */
  readonly read: (folderUri: string, prefix: string, name: string) => Promise<OtherState>;
}

/** What a page of the panel is made of, besides its graph; `sha256` gives base64. */
export type PageParts = Omit<Parameters<typeof standaloneHtml>[0], "view" | "title">;

export interface Platform {
  readonly files: PlatformFiles;
  readonly states: PlatformStates | null;
  /** Writes a page to a temporary file and gives its URI; null where there is no disk to write to. */
  readonly writePage: ((name: string, text: string) => Promise<string>) | null;
  /** The panel's script and style, for a page; null where the server can't read them. */
  readonly pageParts: (() => Promise<PageParts>) | null;
  /** Lets other messages be taken up first. */
  readonly pause: () => Promise<void>;
  /** Runs `act` after some milliseconds; the result cancels it. */
  readonly schedule: (milliseconds: number, act: () => void) => () => void;
}
