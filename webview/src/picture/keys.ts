import type { FocusStep } from "./navigation.ts";
import type { Direction } from "./neighbour.ts";

/** What a key asks of the picture. */
export type KeyAction =
  | FocusStep
  | { readonly kind: "pan"; readonly direction: Direction }
  | { readonly kind: "zoom"; readonly factor: number }
  | { readonly kind: "fit" | "choose" | "go" | "open" | "leave" };

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  ArrowLeft: "left",
  ArrowRight: "right",
  ArrowUp: "up",
  ArrowDown: "down",
};
export const ZOOM_STEP = 1.25;

const PLAIN: Readonly<Record<string, KeyAction>> = {
  "+": { kind: "zoom", factor: ZOOM_STEP },
  "=": { kind: "zoom", factor: ZOOM_STEP },
  "-": { kind: "zoom", factor: 1 / ZOOM_STEP },
  "0": { kind: "fit" },
  Home: { kind: "first" },
  End: { kind: "last" },
  " ": { kind: "choose" },
  Enter: { kind: "go" },
  Escape: { kind: "leave" },
  "]": { kind: "flow", step: 1 },
  "[": { kind: "flow", step: -1 },
  "<": { kind: "end", end: "source" },
  ">": { kind: "end", end: "target" },
  o: { kind: "open" },
};

/** The action of a key on the picture; null: none, and the key goes on to the editor. */
export function keyAction(
  event: Pick<KeyboardEvent, "key" | "shiftKey" | "ctrlKey" | "metaKey" | "altKey">,
): KeyAction | null {
  if (event.ctrlKey || event.metaKey || event.altKey) return null;
  const direction = DIRECTIONS[event.key];
  if (direction) return event.shiftKey ? { kind: "pan", direction } : { kind: "move", direction };
  return PLAIN[event.key] ?? null;
}

/** The keys in words, for the picture's description. */
export const KEY_HELP: readonly (readonly [string, string])[] = [
  ["Arrow keys", "next application that way"],
  ["] and [", "next and previous flow of an application"],
  ["< and >", "a flow's source and target"],
  ["Space", "show in Details"],
  ["Enter", "show in Details and open the source; opens a group"],
  ["O", "open a group, or a line of several flows, or close it again"],
  ["+ and −, 0", "zoom, fit"],
  ["Shift+arrow keys", "move the picture"],
  ["Home and End", "first and last application"],
  ["Escape", "clear the selection"],
];
