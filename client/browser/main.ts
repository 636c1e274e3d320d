import { type ExtensionContext, Uri } from "vscode";
import { activateExtension, CLIENT_ID, CLIENT_NAME } from "../src/index.ts";
import { serveFiles } from "./files.ts";

/** VS Code in a browser: the server is a web worker, and this side reads files for it. @public VS Code calls it. */
export function activate(context: ExtensionContext): Promise<void> {
  const script = Uri.joinPath(context.extensionUri, "dist", "server-browser.js").toString(true);
  return activateExtension(context, {
    languageClient: async (options) => {
      const { BrowserMessageReader, BrowserMessageWriter, LanguageClient } = await import(
        "vscode-languageclient/browser"
      );
      // The ways to and from it are made here: VS Code puts a function in Worker's place, by which the library would not know one.
      const transports = async () => {
        const worker = new Worker(script);
        return { reader: new BrowserMessageReader(worker), writer: new BrowserMessageWriter(worker) };
      };
      const client = new LanguageClient(CLIENT_ID, CLIENT_NAME, transports, options);
      serveFiles(client);
      return client;
    },
    bytesOfText: (text) => new TextEncoder().encode(text),
    bytesOfBase64: (base64) => Uint8Array.from(atob(base64), (sign) => sign.charCodeAt(0)),
    nonce: () => crypto.randomUUID(),
    later: (milliseconds, act) => {
      const timer = setTimeout(act, milliseconds);
      return { dispose: () => clearTimeout(timer) };
    },
  });
}
