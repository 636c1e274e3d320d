import type { Disposable, LogOutputChannel, Webview } from "vscode";
import { type HostMessage, hostMessageSchema, type PanelMessage, panelMessageSchema } from "#protocol";

/** The messages between host and panel, parsed both ways. A message that doesn't parse is dropped and logged. */
export interface PanelMessages extends Disposable {
  readonly send: (message: HostMessage) => void;
}

/** Listens to a webview; `receive` gets only messages that parse. */
export function panelMessages(
  webview: Webview,
  output: LogOutputChannel,
  receive: (message: PanelMessage) => void,
): PanelMessages {
  const listening = webview.onDidReceiveMessage((raw: unknown) => {
    const parsed = panelMessageSchema.safeParse(raw);
    if (parsed.success) receive(parsed.data);
    else output.warn(`a message of the panel was dropped: ${parsed.error.message}`);
  });
  return {
    send: (message) => {
      const parsed = hostMessageSchema.safeParse(message);
      if (parsed.success) void webview.postMessage(parsed.data);
      else output.error(`a message to the panel was not sent: ${parsed.error.message}`);
    },
    dispose: () => void listening.dispose(),
  };
}
