import type { Drawing, DrawingOrder } from "../drawing/drawn.ts";
import type { DrawingPort } from "../drawing/main.ts";
import type { DrawingWorker, StartWorker } from "./drawing-desk.ts";

declare global {
  interface Window {
    /** The page's end of a drawing script that runs in the page itself. */
    charmMeshDrawing?: DrawingPort;
  }
}

/**
 * Asks V8 to compile all functions while it reads the script (https://v8.dev/blog/explicit-compile-hints). Those that a first picture needs
 * would else be read twice. Older ones take it for a comment.
 */
const COMPILED_AT_ONCE = "//# allFunctionsCalledOnLoad\n";

/**
 * Starts the drawing script (the text of a function) in a worker made of a blob, which is what webviews allow. Where the page's
 * policy or the browser forbids workers, the script runs in the page, with the nonce of the panel's own script.
 */
export function startWorker(script: string, nonce: string): StartWorker {
  let forbidden = typeof Worker === "undefined";
  return (answer, failed) => {
    if (forbidden) return pageWorker(script, nonce, answer, failed);
    let inPage: DrawingWorker | null = null;
    let heard = false;
    let last: DrawingOrder | null = null;
    const url = URL.createObjectURL(new Blob([COMPILED_AT_ONCE, `(${script})(self);`], { type: "text/javascript" }));
    const toPage = () => {
      forbidden = true;
      inPage = pageWorker(script, nonce, answer, failed);
      if (last) inPage.post(last);
    };
    let worker: Worker | null = null;
    try {
      worker = new Worker(url);
      worker.onmessage = ({ data }: MessageEvent<Drawing>) => {
        heard = true;
        answer(data);
      };
      worker.onerror = (event) => {
        event.preventDefault();
        if (heard) failed(event.message || "The drawing script stopped.");
        else if (!inPage) toPage();
      };
    } catch {
      toPage();
    }
    return {
      post: (order) => {
        last = order;
        if (inPage) inPage.post(order);
        else worker?.postMessage(order);
      },
      stop: () => {
        worker?.terminate();
        URL.revokeObjectURL(url);
        inPage?.stop();
      },
    };
  };
}

function pageWorker(
  script: string,
  nonce: string,
  answer: (drawing: Drawing) => void,
  failed: (reason: string) => void,
): DrawingWorker {
  let stopped = false;
  const port: DrawingPort = {
    onmessage: null,
    postMessage: (drawing) => {
      if (!stopped) answer(drawing as Drawing);
    },
  };
  window.charmMeshDrawing = port;
  const tag = document.createElement("script");
  tag.nonce = nonce;
  tag.textContent = `(${script})(window.charmMeshDrawing);`;
  document.head.append(tag);
  tag.remove();
  delete window.charmMeshDrawing;
  return {
    post: (order) => {
      // After the page has shown what it has to show.
      setTimeout(() => {
        if (stopped) return;
        if (port.onmessage) port.onmessage({ data: order });
        else failed("This page allows neither workers nor the drawing script.");
      });
    },
    stop: () => {
      stopped = true;
    },
  };
}
