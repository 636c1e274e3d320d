import { type HostMessage, hostMessageSchema } from "#protocol";
import type { PanelHost } from "./host.ts";

/** A host whose messages are parsed. A message that doesn't parse is dropped and reported to the host. */
export interface Inbox extends Omit<PanelHost, "listen"> {
  /** What came before is handed over first, in the order in which it came. */
  listen(receive: (message: HostMessage) => void): void;
}

/** Parses what a host sends. Until `listen` is called, messages are kept and passed to `early`. */
export function inbox(host: PanelHost, early: (message: HostMessage) => void): Inbox {
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
      early(parsed.data);
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
