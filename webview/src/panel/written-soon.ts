import { putOff } from "../page/put-off.ts";

/** Writing the state is put off by so many milliseconds, so that dragging and typing don't write it each time. */
const PAUSE = 250;

/** Has `write` called a while after the last wish for it, or when the page is left: a panel that is hidden is gone, with all that was not written. */
export function writtenSoon(write: () => void): () => void {
  const writing = putOff(write, PAUSE);
  window.addEventListener("blur", writing.now);
  window.addEventListener("pagehide", writing.now);
  return writing.later;
}
