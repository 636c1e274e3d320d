import type { Disposable } from "vscode";
import type { Door } from "./door.ts";

/** Something that is done once, after changes have ceased for some milliseconds. */
export interface Quietly extends Disposable {
  readonly changed: () => void;
}

/** Calls `act` when nothing changed for `milliseconds`. */
export function quietly(door: Door, milliseconds: number, act: () => void): Quietly {
  let pending: Disposable | null = null;
  return {
    changed: () => {
      pending?.dispose();
      pending = door.later(milliseconds, act);
    },
    dispose: () => void pending?.dispose(),
  };
}
