import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { neighbour, readingOrder } from "../../webview/src/picture/neighbour.ts";
import {
  type Extent,
  firstView,
  fitted,
  inSight,
  MIN_SCALE,
  overflows,
  panned,
  type Size,
  visibleExtent,
} from "../../webview/src/picture/viewport.ts";

const length = fc.double({ min: 20, max: 5000, noNaN: true });
const place = fc.double({ min: -500, max: 500, noNaN: true });
const extent: fc.Arbitrary<Extent> = fc.record({ x: place, y: place, width: length, height: length });
const pane: fc.Arbitrary<Size> = fc.record({
  width: fc.integer({ min: 200, max: 2500 }),
  height: fc.integer({ min: 150, max: 1600 }),
});

describe("the viewport", () => {
  test("fit shows the whole picture, in the middle", () => {
    fc.assert(
      fc.property(extent, pane, (picture, size) => {
        const viewport = fitted(picture, size);
        if (viewport.scale > MIN_SCALE) expect(overflows(viewport, picture, size)).toBe(false);
        const middle = (picture.x + picture.width / 2) * viewport.scale + viewport.x;
        expect(middle).toBeCloseTo(size.width / 2, 3);
      }),
    );
  });

  test("the first view can be read, or shows everything", () => {
    fc.assert(
      fc.property(extent, pane, (picture, size) => {
        const viewport = firstView(picture, size);
        // Labels of 12 pixels are at least 9 pixels high.
        expect(viewport.scale).toBeGreaterThanOrEqual(9 / 12);
        // Its upper left is in sight either way.
        expect(picture.x * viewport.scale + viewport.x).toBeGreaterThan(0);
        expect(picture.y * viewport.scale + viewport.y).toBeGreaterThan(0);
      }),
    );
  });

  test("what the picture is about is in sight from the start, and no more emptiness than needed", () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(extent, pane, share, share, (picture, size, across, down) => {
        const subject = { x: picture.x + across * picture.width, y: picture.y + down * picture.height };
        const viewport = firstView(picture, size, subject);
        const seen = visibleExtent(viewport, size);
        expect(subject.x).toBeGreaterThanOrEqual(seen.x);
        expect(subject.x).toBeLessThanOrEqual(seen.x + seen.width);
        expect(subject.y).toBeGreaterThanOrEqual(seen.y);
        expect(subject.y).toBeLessThanOrEqual(seen.y + seen.height);
        const left = picture.x * viewport.scale + viewport.x;
        const right = left + picture.width * viewport.scale;
        expect(left <= 17 || right <= size.width - 15).toBe(true);
      }),
    );
  });

  test("however far it is dragged, some of the picture stays in sight", () => {
    const far = fc.double({ min: -100_000, max: 100_000, noNaN: true });
    fc.assert(
      fc.property(extent, pane, far, far, (picture, size, dx, dy) => {
        const viewport = panned(fitted(picture, size), dx, dy, picture, size);
        const seen = visibleExtent(viewport, size);
        expect(seen.x).toBeLessThan(picture.x + picture.width);
        expect(seen.x + seen.width).toBeGreaterThan(picture.x);
        expect(seen.y).toBeLessThan(picture.y + picture.height);
        expect(seen.y + seen.height).toBeGreaterThan(picture.y);
      }),
    );
  });

  test("bringing something into sight moves nothing that is seen already", () => {
    const viewport = { scale: 1, x: 0, y: 0 };
    const size = { width: 800, height: 600 };
    expect(inSight(viewport, { x: 100, y: 100, width: 50, height: 30 }, size)).toBe(viewport);
    const moved = inSight(viewport, { x: 1500, y: -300, width: 50, height: 30 }, size);
    expect(1550 + moved.x).toBeLessThanOrEqual(800);
    expect(-300 + moved.y).toBeGreaterThanOrEqual(0);
  });
});

describe("walking through the picture", () => {
  const at = (id: string, x: number, y: number) => ({ id, x, y });
  const all = [at("a", 0, 0), at("b", 200, 0), at("c", 400, 0), at("d", 200, 100), at("e", 200, -300)];

  test("an arrow leads to what lies ahead, the nearest first", () => {
    const [a, b] = all as [ReturnType<typeof at>, ReturnType<typeof at>];
    expect(neighbour(all, a, "right")?.id).toBe("b");
    expect(neighbour(all, b, "right")?.id).toBe("c");
    expect(neighbour(all, b, "left")?.id).toBe("a");
    expect(neighbour(all, b, "down")?.id).toBe("d");
    expect(neighbour(all, b, "up")?.id).toBe("e");
    expect(neighbour(all, a, "left")).toBeNull();
  });

  test("whatever the places, an arrow never leads back or stays", () => {
    const spot = fc.record({ x: place, y: place });
    fc.assert(
      fc.property(fc.array(spot, { minLength: 2, maxLength: 12 }), (spots) => {
        const placed = spots.map((one, index) => ({ id: String(index), ...one }));
        const from = placed[0] as (typeof placed)[number];
        const next = neighbour(placed, from, "right");
        if (next) expect(next.x).toBeGreaterThan(from.x);
      }),
    );
  });

  test("reading order is by rows", () => {
    expect(readingOrder(all).map(({ id }) => id)).toEqual(["e", "a", "b", "c", "d"]);
  });
});
