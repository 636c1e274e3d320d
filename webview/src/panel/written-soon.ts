import { debounced } from "../page/debounced.ts";

/** The state is written this many milliseconds after the last change, so that dragging and typing don't write it each time. */
const PAUSE = 250;

/** Calls `write` a while after the last request, or when the page loses the focus or is left: a hidden panel loses all that is not written. */
export function writtenSoon(write: () => void): () => void {
  const writing = debounced(write, PAUSE);
  window.addEventListener("blur", writing.now);
  window.addEventListener("pagehide", writing.now);
  return writing.later;
}
