import type { Disposable } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";

/** What differs between VS Code on a machine and VS Code in a browser. */
export interface Door {
  /** A client for a server that is not running yet; `start()` runs it. Its library is loaded by this, and not before. */
  readonly languageClient: (options: LanguageClientOptions) => Promise<BaseLanguageClient>;
  readonly bytesOfText: (text: string) => Uint8Array;
  readonly bytesOfBase64: (base64: string) => Uint8Array;
  /** A text that nobody can guess. */
  readonly unguessable: () => string;
  /** Runs `act` after some milliseconds, unless it is disposed of before. */
  readonly later: (milliseconds: number, act: () => void) => Disposable;
}

/** The id of the extension's own language client, settings and output. */
export const CLIENT_ID = "charmMesh";
export const CLIENT_NAME = "Charm Mesh";
