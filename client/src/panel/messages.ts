import type { Disposable, LogOutputChannel, Webview } from "vscode";
import { type HostMessage, hostMessageSchema, type PanelMessage, panelMessageSchema } from "#protocol";

/** The two ways between host and panel, each parsed; what does not parse is dropped and told in the log. */
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
    else output.warn(`the panel sent a message that is not one: ${parsed.error.message}`);
  });
  return {
    send: (message) => {
      const parsed = hostMessageSchema.safeParse(message);
      if (parsed.success) void webview.postMessage(parsed.data);
      else output.error(`a message to the panel was held back: ${parsed.error.message}`);
    },
    dispose: () => void listening.dispose(),
  };
}
