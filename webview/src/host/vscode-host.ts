import type { PanelHost } from "./host.ts";

/** The object that VS Code gives a webview, once. */
export interface VsCodeApi {
  postMessage(message: unknown): void;
  getState(): unknown;
  setState(state: unknown): void;
}

/** The host behind `acquireVsCodeApi`. */
export function vscodeHost(api: VsCodeApi): PanelHost {
  return {
    send: (message) => api.postMessage(message),
    listen: (receive) => window.addEventListener("message", (event) => receive(event.data)),
    saved: () => api.getState(),
    save: (state) => api.setState(state),
    // A webview may only copy while it has the focus, which a menu of VS Code takes away.
    copy: async (text) => api.postMessage({ type: "copy", text }),
    menus: true,
  };
}
