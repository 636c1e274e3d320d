import type { Disposable } from "vscode";
import type { BaseLanguageClient, LanguageClientOptions } from "vscode-languageclient";

/** What differs between VS Code on a machine and in a browser. */
export interface Platform {
  /** Loads the client library and makes a client. Its `start()` starts the server. */
  readonly languageClient: (options: LanguageClientOptions) => Promise<BaseLanguageClient>;
  readonly bytesOfText: (text: string) => Uint8Array;
  readonly bytesOfBase64: (base64: string) => Uint8Array;
  /** A random nonce for the webview's Content Security Policy. */
  readonly nonce: () => string;
  /** Runs `act` after some milliseconds. Disposing cancels it. */
  readonly later: (milliseconds: number, act: () => void) => Disposable;
}

/** The id of the extension's own language client, settings and output. */
export const CLIENT_ID = "charmMesh";
export const CLIENT_NAME = "Charm Mesh";
