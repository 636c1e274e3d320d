import { type ExtensionContext, Uri } from "vscode";
import { activateExtension, CLIENT_ID, CLIENT_NAME } from "../src/index.ts";
import { serveFiles } from "./files.ts";

/** VS Code in a browser: the server is a web worker, and this side reads files for it. @public VS Code calls it. */
export function activate(context: ExtensionContext): void {
  const script = Uri.joinPath(context.extensionUri, "dist", "server-browser.js").toString(true);
  activateExtension(context, {
    languageClient: async (options) => {
      const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } = await import(
        "vscode-languageclient/browser"
      );
      // The transports are made here: VS Code replaces `Worker` by a function, which the library does not recognise.
      const transports = async () => {
        const worker = new Worker(script);
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      };
      const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, transports, options);
      serveFiles(client);
      return client;
    },
    bytesOfText: (text) => new TextEncoder().encode(text),
    bytesOfBase64: (base64) => Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0)),
    nonce: () => crypto.randomUUID(),
    later: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
  });
}
