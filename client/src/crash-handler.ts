import { type LogOutputChannel, l10n, window } from "vscode";
import type { CloseAction, ErrorAction, ErrorHandler } from "vscode-languageclient";
import { CRASH_LIMIT, crashCounter } from "./crashes.ts";

/** The enums of vscode-languageclient that answer a crash. */
export interface Answers {
  readonly CloseAction: typeof CloseAction;
  readonly ErrorAction: typeof ErrorAction;
}

/** Decides what a client does when its server crashes. */
export interface CrashHandler extends ErrorHandler {
  /** How often the server was restarted. */
  readonly restarts: () => number;
  /** Whether the server crashed too often and stays stopped. */
  readonly hasGivenUp: () => boolean;
  /** Marks the client as unused: the library ends its server later, and that is no crash. */
  readonly abandon: () => void;
}

/** Restarts after a crash and shows one message; after too many crashes it calls `giveUp` and leaves the server stopped. */
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
      // Writes fail until the exit is noticed. Don't shut down on them: vscode-languageclient would treat the exit as intended and
      // would not restart the server.
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
