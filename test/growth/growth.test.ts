import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readThrough } from "./read-through.ts";
import type { Shape } from "./shape.ts";
import { SHAPES } from "./shapes.ts";
import { type WorkCounter, workCounter } from "./work.ts";

/** Below so many executed blocks (about 0.1 s) growth does not matter, and constant work hides it. */
const LITTLE = 3_000_000;
/** How much more work a text of eight times the size may take: eight times is linear, sixty-four is quadratic. */
const MOST_GROWTH = 24;
/** How much more the last doubling may take: twice is linear, four times quadratic. */
const LAST_GROWTH = 2.75;

describe("work grows no faster than the size of a text, whatever its shape", () => {
  let counter: WorkCounter;
  beforeAll(async () => {
    // What is done once in a process must not count for the first shape.
    for (const shape of SHAPES) run(shape, 1);
    counter = await workCounter();
  }, 120_000);
  afterAll(() => counter.close());

  test("the counter sees work that grows with the square", async () => {
    const pairs = (size: number) => () => {
      let sum = 0;
      for (let one = 0; one < size; one++) for (let other = 0; other < size; other++) sum += one ^ other;
      return sum;
    };
    const [small, whole] = [await counter.count(pairs(500)), await counter.count(pairs(4_000))];
    expect(whole).toBeGreaterThan(MOST_GROWTH * small);
  });

  test.each(SHAPES.map((shape) => [shape.name, shape] as const))("%s", async (_, shape) => {
    const small = await counter.count(() => run(shape, shape.from));
    const half = await counter.count(() => run(shape, 4 * shape.from));
    const whole = await counter.count(() => run(shape, 8 * shape.from));
    expect(whole, `eight times the size: ${whole} blocks after ${small}`).toBeLessThan(
      Math.max(LITTLE, MOST_GROWTH * small),
    );
    expect(whole, `twice the size: ${whole} blocks after ${half}`).toBeLessThan(Math.max(LITTLE, LAST_GROWTH * half));
  });
});

function run(shape: Shape, size: number): void {
  const texts = shape.files(size);
  (shape.read ?? readThrough)(texts);
}
