import { afterEach, beforeEach, expect, test, vi } from "vitest";
import type { Drawing, DrawingOrder } from "../../webview/src/drawing/drawn.ts";
import { drawingDesk, type StartWorker } from "../../webview/src/picture/drawing-desk.ts";

/** Workers that are answered for by the test. */
function workers() {
  const started: {
    orders: DrawingOrder[];
    stopped: boolean;
    answer(drawing: Drawing): void;
    fail(reason: string): void;
  }[] = [];
  const start: StartWorker = (answer, failed) => {
    const worker = { orders: [] as DrawingOrder[], stopped: false, answer, fail: failed };
    started.push(worker);
    return {
      post: (order) => void worker.orders.push(order),
      stop: () => {
        worker.stopped = true;
      },
    };
  };
  return { started, start };
}

const picture = { tag: "svg", attributes: {}, children: [], text: "" };
const done = (order: DrawingOrder | undefined): Drawing => ({ id: order?.id ?? -1, picture, milliseconds: 1 });

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

test("orders are drawn one at a time; of those that wait only the newest is", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  const all = ["a", "b", "c"].map((text) => desk.drawing(text, "f"));
  expect(started[0]?.orders.map(({ text }) => text)).toEqual(["a"]);
  expect(await all[1]).toBeNull();
  started[0]?.answer(done(started[0].orders[0]));
  // Its picture is outdated, since another waits.
  expect(await all[0]).toBeNull();
  expect(started[0]?.orders.map(({ text }) => text)).toEqual(["a", "c"]);
  started[0]?.answer(done(started[0].orders[1]));
  expect(await all[2]).toMatchObject({ picture });
  expect(started).toHaveLength(1);
});

test("an outdated drawing that goes on too long is broken off, and the new one drawn elsewhere", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  const slow = desk.drawing("slow", "f");
  const wanted = desk.drawing("wanted", "f");
  await vi.advanceTimersByTimeAsync(1000);
  expect(started[0]?.stopped).toBe(true);
  expect(await slow).toBeNull();
  expect(started[1]?.orders.map(({ text }) => text)).toEqual(["wanted"]);
  // What the stopped worker still had to say is not listened to.
  started[0]?.answer(done(started[0].orders[0]));
  started[1]?.answer(done(started[1].orders[0]));
  expect(await wanted).toMatchObject({ picture });
});

test("a wanted drawing has its time, but not forever", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  const drawing = desk.drawing("endless", "f");
  await vi.advanceTimersByTimeAsync(10_000);
  expect(started[0]?.stopped).toBe(false);
  await vi.advanceTimersByTimeAsync(15_000);
  expect(started[0]?.stopped).toBe(true);
  expect(await drawing).toMatchObject({ error: expect.stringContaining("too long") });
});

test("a worker that dies is told of, and the next order gets a new one", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  const first = desk.drawing("a", "f");
  started[0]?.fail("out of memory");
  expect(await first).toMatchObject({ error: "out of memory" });
  const second = desk.drawing("b", "f");
  started[1]?.answer(done(started[1].orders[0]));
  expect(await second).toMatchObject({ picture });
});

test("warming starts a worker and asks nothing of it; stopping answers everyone", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  desk.warm();
  desk.warm();
  expect(started).toHaveLength(1);
  expect(started[0]?.orders).toEqual([]);
  const running = desk.drawing("a", "f");
  const waiting = desk.drawing("b", "f");
  desk.stop();
  expect(await running).toBeNull();
  expect(await waiting).toBeNull();
  expect(started[0]?.stopped).toBe(true);
});

test("the same order again is the same drawing, as long as it is the latest and something came of it", async () => {
  const { started, start } = workers();
  const desk = drawingDesk(start);
  const texts = () => started.flatMap(({ orders }) => orders.map(({ text, fontFamily }) => `${text} ${fontFamily}`));
  const first = desk.drawing("a", "f");
  const meanwhile = desk.drawing("a", "f");
  started[0]?.answer(done(started[0].orders[0]));
  expect([await first, await meanwhile, await desk.drawing("a", "f")]).toEqual(Array(3).fill(await first));
  expect(texts()).toEqual(["a f"]);
  const other = desk.drawing("a", "g");
  started[0]?.answer(done(started[0].orders[1]));
  expect(await other).toMatchObject({ picture });
  const back = desk.drawing("a", "f");
  started[0]?.answer({ id: started[0].orders[2]?.id ?? -1, error: "no" });
  expect(await back).toMatchObject({ error: "no" });
  void desk.drawing("a", "f");
  expect(texts()).toEqual(["a f", "a g", "a f", "a f"]);
});
