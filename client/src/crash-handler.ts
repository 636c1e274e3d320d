import { type LogOutputChannel, l10n, window } from "vscode";
import type { CloseAction, ErrorAction, ErrorHandler } from "vscode-languageclient";
import { CRASH_LIMIT, crashCounter } from "./crashes.ts";

/** What the library understands as answers to a crash. */
export interface Answers {
  readonly CloseAction: typeof CloseAction;
  readonly ErrorAction: typeof ErrorAction;
}

/** What one client does when its server falls. */
export interface CrashHandler extends ErrorHandler {
  /** How often the server fell and was started again. */
  readonly restarts: () => number;
  /** Whether it fell too often and stays stopped. */
  readonly hasGivenUp: () => boolean;
  /** The client is of no use: the library ends its server some time later, which is no crash. */
  readonly abandon: () => void;
}

/** Starts again after a crash and says so once; after too many it calls `giveUp` and the server stays stopped. */
export function crashHandler(
  output: LogOutputChannel,
  giveUp: () => void,
  { CloseAction, ErrorAction }: Answers,
): CrashHandler {
  const crashed = crashCounter(Date.now);
  let restarts = 0;
  let hasGivenUp = false;
  let isAbandoned = false;
  return {
    restarts: () => restarts,
    hasGivenUp: () => hasGivenUp,
    abandon: () => {
      isAbandoned = true;
    },
    error: (error) => {
      output.error(`connection to the language server: ${error.message}`);
      // What is written to a server that just fell fails, letter by letter, until its end is known. If the client were shut down for
      // that, as the library does after three times, the end would pass for one that was wished, and nobody would start it again.
      return { action: ErrorAction.Continue, handled: true };
    },
    closed: () => {
      if (isAbandoned) return { action: CloseAction.DoNotRestart, handled: true };
      const next = crashed();
      if (next === "stay down") {
        hasGivenUp = true;
        output.error(`the language server stopped unexpectedly ${CRASH_LIMIT} times; it stays stopped`);
        giveUp();
        return { action: CloseAction.DoNotRestart, handled: true };
      }
      if (next === "start again and say so") {
        void window.showWarningMessage(
          l10n.t("Charm Mesh's language server stopped unexpectedly and was started again."),
        );
      }
      restarts += 1;
      output.warn("the language server stopped unexpectedly; starting it again");
      return { action: CloseAction.Restart, handled: true };
    },
  };
}
