import { type PanelMessage, STANDALONE_STATE_ID } from "#protocol";
import type { PanelHost } from "./host.ts";

/**
 * A page by itself (`charm-mesh graph --format html`): its one `state` message stands in it as JSON. Nothing is kept, since the
 * page may stand on a wiki beside others. A page without that element, or with text that is no JSON, receives null, which the
 * panel reports like any other message that it can't read.
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
  };
}

function embeddedState(): unknown {
  try {
    return JSON.parse(document.getElementById(STANDALONE_STATE_ID)?.textContent ?? "null");
  } catch {
    return null;
  }
}
