import { type PanelMessage, STANDALONE_STATE_ID } from "#protocol";
import type { PanelHost } from "./host.ts";

/**
 * The host of a page by itself (`charm-mesh graph --format html`), which holds its one `state` message as JSON. Nothing is stored, since
 * the page may be one of many of a site. A page without that element, or with text that is not JSON, receives null, which the panel
 * reports like any other message that it can't parse.
 */
export function standaloneHost(): PanelHost {
  let receive: (message: unknown) => void = () => {};
  return {
    send: (message: PanelMessage) => {
      if (message.type === "ready") receive(embeddedState());
    },
    listen: (next) => {
      receive = next;
    },
    saved: () => null,
    save: () => {},
    copy: (text) => navigator.clipboard.writeText(text),
    menus: false,
  };
}

function embeddedState(): unknown {
  try {
    return JSON.parse(document.getElementById(STANDALONE_STATE_ID)?.textContent ?? "null");
  } catch {
    return null;
  }
}
