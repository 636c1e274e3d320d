/** A rectangle as SVG gives it. */
export interface Bounds {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export const NO_BOUNDS: Bounds = { x: 0, y: 0, width: 0, height: 0 };

/** The smallest rectangle around all that have an extent. */
export function unitedBounds(all: readonly Bounds[]): Bounds {
  const real = all.filter((bounds) => bounds.width > 0 || bounds.height > 0);
  if (real.length === 0) return NO_BOUNDS;
  const x = Math.min(...real.map((bounds) => bounds.x));
  const y = Math.min(...real.map((bounds) => bounds.y));
  const right = Math.max(...real.map((bounds) => bounds.x + bounds.width));
  const bottom = Math.max(...real.map((bounds) => bounds.y + bounds.height));
  return { x, y, width: right - x, height: bottom - y };
}

/** Bounds of points. */
export function pointBounds(points: readonly (readonly [number, number])[]): Bounds {
  if (points.length === 0) return NO_BOUNDS;
  const xs = points.map(([x]) => x);
  const ys = points.map(([, y]) => y);
  const x = Math.min(...xs);
  const y = Math.min(...ys);
  return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

const NUMBERS_PER_COMMAND: Readonly<Record<string, number>> = { M: 2, L: 2, T: 2, H: 1, V: 1, C: 6, S: 4, Q: 4, A: 7 };

/**
 * Bounds of an SVG path, from its end points and control points. Curves bulge at most to their control points, and the arcs
 * that mermaid draws are half ellipses between their end points, which are taken in with their radius.
 */
export function pathBounds(d: string): Bounds {
  const points: [number, number][] = [];
  let x = 0;
  let y = 0;
  for (const [, command = "", list = ""] of d.matchAll(/([a-zA-Z])([^a-zA-Z]*)/g)) {
    const numbers = (list.match(/-?(?:\d+\.?\d*|\.\d+)(?:e[-+]?\d+)?/g) ?? []).map(Number);
    const kind = command.toUpperCase();
    const relative = command !== kind;
    const step = NUMBERS_PER_COMMAND[kind];
    if (step === undefined) continue;
    for (let at = 0; at + step <= numbers.length; at += step) {
      const part = numbers.slice(at, at + step);
      const baseX = relative ? x : 0;
      const baseY = relative ? y : 0;
      if (kind === "H") x = baseX + (part[0] ?? 0);
      else if (kind === "V") y = baseY + (part[0] ?? 0);
      else if (kind === "A") {
        const [rx = 0, ry = 0, , , , endX = 0, endY = 0] = part;
        const fromX = x;
        const fromY = y;
        x = baseX + endX;
        y = baseY + endY;
        if (Math.abs(fromY - y) < 1e-6) points.push([(fromX + x) / 2, y - ry], [(fromX + x) / 2, y + ry]);
        else if (Math.abs(fromX - x) < 1e-6) points.push([x - rx, (fromY + y) / 2], [x + rx, (fromY + y) / 2]);
      } else {
        for (let pair = 0; pair + 1 < part.length; pair += 2) {
          points.push([baseX + (part[pair] ?? 0), baseY + (part[pair + 1] ?? 0)]);
        }
        x = baseX + (part[step - 2] ?? 0);
        y = baseY + (part[step - 1] ?? 0);
      }
      points.push([x, y]);
    }
  }
  return pointBounds(points);
}
