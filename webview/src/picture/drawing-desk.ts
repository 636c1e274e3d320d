import type { Drawing, DrawingOrder } from "../drawing/drawn.ts";

/*
 * Where pictures are ordered. One is drawn at a time, in a worker; a newer order takes the place of one that waits, and one that
 * is being drawn too long for an order that nobody wants any more is broken off. So the page never waits for a picture, and
 * no outdated one is ever shown.
 */

/** A worker, or something that behaves like one. */
export interface DrawingWorker {
  post(order: DrawingOrder): void;
  stop(): void;
}

/** Starts a worker; `failed` is called when it can't run at all or dies. */
export type StartWorker = (answer: (drawing: Drawing) => void, failed: (reason: string) => void) => DrawingWorker;

export interface DrawingDesk {
  /**
   * The drawing of a text. null: a newer order came before it was done. Who asks for the same text again meanwhile, or as the next after
   * it, gets the same drawing, unless nothing came of it. Never rejects.
   */
  drawing(text: string, fontFamily: string): Promise<Drawing | null>;
  /** Starts the worker before it is needed, so that its script is ready when the first graph comes. */
  warm(): void;
  stop(): void;
}

/** How long an outdated drawing may go on before it is broken off, in milliseconds; a new worker costs about as much. */
const PATIENCE = 400;
/** No picture takes this long; one that does has run into a graph that dagre can't lay out. */
const LIMIT = 20_000;

interface Job {
  readonly order: DrawingOrder;
  readonly answer: (drawing: Drawing | null) => void;
}

/** A desk in front of workers that `start` starts when they are needed. */
export function drawingDesk(start: StartWorker): DrawingDesk {
  let worker: DrawingWorker | null = null;
  let running: Job | null = null;
  let waiting: Job | null = null;
  let patience: ReturnType<typeof setTimeout> | undefined;
  let limit: ReturnType<typeof setTimeout> | undefined;
  let orders = 0;
  let latest: { readonly text: string; readonly fontFamily: string; readonly drawing: Promise<Drawing | null> } | null =
    null;

  const breakOff = (drawing: Drawing | null) => {
    worker?.stop();
    worker = null;
    finish(drawing);
  };

  const finish = (drawing: Drawing | null) => {
    clearTimeout(patience);
    clearTimeout(limit);
    patience = undefined;
    const done = running;
    running = null;
    done?.answer(waiting ? null : drawing);
    if (waiting) {
      const next = waiting;
      waiting = null;
      run(next);
    }
  };

  const started = () => {
    worker ??= start(
      (drawing) => {
        if (running?.order.id === drawing.id) finish(drawing);
      },
      (reason) => {
        if (running) breakOff({ id: running.order.id, error: reason });
      },
    );
    return worker;
  };

  const run = (job: Job) => {
    running = job;
    const { id } = job.order;
    limit = setTimeout(() => breakOff({ id, error: "Laying the picture out took too long." }), LIMIT);
    started().post(job.order);
  };

  const ordered = (text: string, fontFamily: string) =>
    new Promise<Drawing | null>((answer) => {
      orders += 1;
      const job: Job = { order: { id: orders, text, fontFamily }, answer };
      if (!running) {
        run(job);
        return;
      }
      waiting?.answer(null);
      waiting = job;
      patience ??= setTimeout(() => breakOff(null), PATIENCE);
    });

  return {
    drawing: (text, fontFamily) => {
      if (latest?.text === text && latest.fontFamily === fontFamily) return latest.drawing;
      const drawing = ordered(text, fontFamily);
      const mine = { text, fontFamily, drawing };
      latest = mine;
      void drawing.then((done) => {
        if (latest === mine && (done === null || "error" in done)) latest = null;
      });
      return drawing;
    },
    warm: () => {
      started();
    },
    stop: () => {
      waiting?.answer(null);
      waiting = null;
      breakOff(null);
    },
  };
}
