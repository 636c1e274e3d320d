import type { Disposable } from "vscode";
import type { Platform } from "./platform.ts";

/** An action that runs once after a burst of changes. */
export interface Debounced extends Disposable {
  readonly changed: () => void;
}

/** Calls `act` as soon as `changed` has not been called for `milliseconds`. Disposing cancels a pending call. */
export function debounced(platform: Platform, milliseconds: number, act: () => void): Debounced {
  let pending: Disposable | null = null;
  return {
    changed: () => {
      pending?.dispose();
      pending = platform.later(milliseconds, act);
    },
    dispose: () => void pending?.dispose(),
  };
}
