import { type HostMessage, hostMessageSchema } from "#protocol";
import type { PanelHost } from "./host.ts";

/** A host whose messages are parsed: unknown messages are dropped, and reported to the host. */
export interface Inbox extends Omit<PanelHost, "listen"> {
  /** What came before is handed over first, in the order in which it came. */
  listen(receive: (message: HostMessage) => void): void;
}

/** Reads what a host sends. Messages that come before anything listens are kept. */
export function inbox(host: PanelHost): Inbox {
  let receive: ((message: HostMessage) => void) | null = null;
  const kept: HostMessage[] = [];
  host.listen((raw) => {
    const parsed = hostMessageSchema.safeParse(raw);
    if (!parsed.success) {
      host.send({ type: "error", message: `a message that is not one: ${parsed.error.message.slice(0, 500)}` });
    } else if (receive) {
      receive(parsed.data);
    } else {
      kept.push(parsed.data);
    }
  });
  return {
    ...host,
    listen: (next) => {
      receive = next;
      for (const message of kept.splice(0)) next(message);
    },
  };
}
