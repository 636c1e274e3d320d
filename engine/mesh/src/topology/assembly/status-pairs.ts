import type { Location } from "#syntax";
import type { EndpointLookup } from "./charm-endpoints.ts";

/** One line of a status: the application has, over this endpoint, a relation with that other application. */
export interface Half {
  readonly endpoint: string;
  readonly interface: string | null;
  readonly side: "provides" | "requires" | null;
  readonly location: Location;
}

/** Two halves that belong together; `null` where the other side does not list its half. */
export interface PairedHalves {
  readonly left: Half | null;
  readonly right: Half | null;
  /** More than one assignment is possible, and this one was chosen by order. */
  readonly guessed: boolean;
}

/** A half with what its charm is known to have at that endpoint. */
export function halfOf(
  given: Omit<Half, "side"> & { readonly side?: Half["side"] },
  charm: string | null,
  lookup: EndpointLookup,
): Half {
  const known = lookup(charm)?.endpoints.find((one) => one.endpoint === given.endpoint);
  return {
    ...given,
    interface: given.interface ?? known?.interface ?? null,
    side: given.side ?? known?.side ?? null,
  };
}

const MAX_COMBINATIONS = 2_500;

/**
 * juju status lists each relation twice, once at either application, without saying which entries belong together. This puts the
 * halves between two applications together: what can only be one way is taken first, then equal endpoint names, then the order.
 * One half may serve several, because a status lists a related application once per endpoint.
 */
export function pairedHalves(left: readonly Half[], right: readonly Half[]): readonly PairedHalves[] {
  if (left.length === 0 || right.length === 0)
    return [
      ...left.map((half) => ({ left: half, right: null, guessed: false })),
      ...right.map((half) => ({ left: null, right: half, guessed: false })),
    ];
  // No two charms have so many relations; what says so is not worth the time of finding the best assignment.
  if (left.length * right.length > MAX_COMBINATIONS) return leftOver(left, right);
  let open = left.flatMap((a) => right.filter((b) => compatible(a, b)).map((b) => [a, b] as const));
  const pairs: PairedHalves[] = [];
  const covered = new Set<Half>();
  const take = ([a, b]: readonly [Half, Half], guessed: boolean): void => {
    pairs.push({ left: a, right: b, guessed });
    covered.add(a).add(b);
    open = open.filter(([x, y]) => !(covered.has(x) && covered.has(y)));
  };
  for (;;) {
    const forced = open.find(
      ([a, b]) =>
        (!covered.has(a) && open.filter(([x]) => x === a).length === 1) ||
        (!covered.has(b) && open.filter(([, y]) => y === b).length === 1),
    );
    const free = open.filter(([a, b]) => !covered.has(a) && !covered.has(b));
    const next = forced ?? free.find(([a, b]) => a.endpoint === b.endpoint) ?? free[0] ?? open[0];
    if (!next) break;
    take(next, !forced && next[0].endpoint !== next[1].endpoint);
  }
  return [
    ...pairs,
    ...leftOver(
      left.filter((half) => !covered.has(half)),
      right.filter((half) => !covered.has(half)),
    ),
  ];
}

/**
 * Halves that seem to fit nothing. Each has its partner all the same: what is known about a published charm may be another
 * revision's. One on either side belong together; more are put together by order.
 */
function leftOver(left: readonly Half[], right: readonly Half[]): PairedHalves[] {
  const guessed = left.length > 1 || right.length > 1;
  return Array.from({ length: Math.max(left.length, right.length) }, (_, index) => {
    const [a, b] = [left[index] ?? null, right[index] ?? null];
    return { left: a, right: b, guessed: guessed && a !== null && b !== null };
  });
}

function compatible(a: Half, b: Half): boolean {
  if (a.interface !== null && b.interface !== null && a.interface !== b.interface) return false;
  return a.side === null || b.side === null || a.side !== b.side;
}
