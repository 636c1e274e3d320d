import { element } from "./element.ts";

/** Says a sentence to screen readers; the same sentence again after another is said again. */
export type Announce = (text: string) => void;

/** How long sentences are gathered, so that a burst of changes is one announcement. */
const PAUSE = 150;

/** A polite live region in `parent`. */
export function announcer(parent: Element): Announce {
  const region = element("div", { class: "unseen", role: "status", "aria-live": "polite" });
  parent.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      region.textContent = text;
    }, PAUSE);
  };
}
