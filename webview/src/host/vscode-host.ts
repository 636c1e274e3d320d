import type { PanelHost } from "./host.ts";

/** What VS Code gives a webview, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The host behind `acquireVsCodeApi`. Messages of other frames on the page are not listened to: VS Code posts from its own window. */
export function vscodeHost(api: VsCodeApi): PanelHost {
  return {
    send: (message) => api.postMessage(message),
    listen: (receive) => window.addEventListener("message", (event) => receive(event.data)),
    saved: () => api.getState(),
    save: (state) => api.setState(state),
  };
}
