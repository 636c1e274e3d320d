/** Passes a sentence to screen readers. */
export type Announce = (text: string) => void;

/** How long sentences are collected, in milliseconds, so that a burst of changes gives one announcement. */
const PAUSE = 150;

/** Announces in a polite live region, which it adds to `parent`. */
export function announcer(parent: Element): Announce {
  const region = document.createElement("div");
  region.className = "unseen";
  region.setAttribute("role", "status");
  region.setAttribute("aria-live", "polite");
  parent.append(region);
  let timer: ReturnType<typeof setTimeout> | undefined;
  return (text) => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      region.textContent = text;
    }, PAUSE);
  };
}
