import type { HostMessage, PanelMessage, ReachQuery } from "#protocol";
import type { ReachReply } from "../reach/reach-pane.tsx";

/** Questions on their way to the host and back, matched by their number. */
export interface Questions {
  ask(query: ReachQuery): Promise<ReachReply>;
  answered(message: Extract<HostMessage, { type: "reach" }>): void;
}

/** How long an answer may take before the panel says that none came. */
const PATIENCE = 15_000;

/** The questions of one panel. An answer to an unknown question is dropped. */
export function questions(send: (message: PanelMessage) => void): Questions {
  const open = new Map<number, (reply: ReachReply) => void>();
  let count = 0;
  return {
    ask: (query) =>
      new Promise((resolve) => {
        count += 1;
        const id = count;
        const timer = setTimeout(() => {
          open.delete(id);
          resolve({ error: "No answer came from the language server." });
        }, PATIENCE);
        open.set(id, (reply) => {
          clearTimeout(timer);
          resolve(reply);
        });
        send({ type: "canReach", id, query });
      }),
    answered: ({ id, answer, error }) => {
      const resolve = open.get(id);
      open.delete(id);
      resolve?.(answer ? { answer } : { error: error ?? "The answer was empty." });
    },
  };
}
