import { describe, expect, test } from "vitest";
import { CRASH_LIMIT, crashCounter } from "../../client/src/crashes.ts";

/** What is decided about crashes at some times, in milliseconds. */
function outcomes(...times: readonly number[]): readonly string[] {
  let time = 0;
  const crashed = crashCounter(() => time);
  return times.map((at) => {
    time = at;
    return crashed();
  });
}

const MINUTE = 60_000;

describe("a server that falls", () => {
  test("is started again, which is said once", () => {
    expect(outcomes(0, 1000, 2000)).toEqual(["start again and say so", "start again", "start again"]);
  });

  test("stays down after the fourth time within minutes", () => {
    expect(outcomes(0, 1000, 2000, 3000).at(-1)).toBe("stay down");
    expect(CRASH_LIMIT).toBe(4);
  });

  test("is started again for ever where it falls now and then", () => {
    const rare = outcomes(...Array.from({ length: 50 }, (_, count) => count * 2 * MINUTE));
    expect(new Set(rare.slice(1))).toEqual(new Set(["start again"]));
  });

  test("the window moves: three long ago and one now are not four", () => {
    expect(outcomes(0, 10, 20, 4 * MINUTE).at(-1)).toBe("start again");
    expect(outcomes(0, 10, 20, 2 * MINUTE).at(-1)).toBe("stay down");
  });
});
