import { fingerprint } from "./fingerprint.ts";
import { collectGarbage } from "./garbage.ts";
import { mutated } from "./mutation.ts";
import { pick, randomOf } from "./random.ts";
import type { Reader } from "./readers.ts";

/** A case that broke the law: it threw, took longer than any text of its size may, or gave two answers for one text. */
export interface Failure {
  readonly reader: string;
  readonly seed: number;
  readonly what: string;
  readonly text: string;
}

export interface Outcome {
  readonly cases: number;
  readonly failures: readonly Failure[];
  /** The slowest case in milliseconds, the best of up to four tries. */
  readonly slowest: number;
}

/** How many cases are read twice and compared: each, or one of so many. */
export interface Comparing {
  readonly oneOf: number;
}

/** No reading of a text of at most 20,000 characters may take longer than so many milliseconds of processor time. */
const LIMIT = 100;

/**
 * Feeds a reader mutated texts. A throw, a hang and a second reading with another result are failures. A slow case is tried again before
 * it counts, with the garbage of all earlier cases collected, because processor time includes the collector's threads; the result is
 * divided by how much slower than at its best the machine is at that moment. Stops after five failures, as the sixth teaches nothing.
 */
export function fuzzed(reader: Reader, cases: number, seed: number, { oneOf }: Comparing): Outcome {
  const failures: Failure[] = [];
  let slowest = 0;
  slowness();
  for (let index = 0; index < cases && failures.length < 5; index++) {
    const own = (Math.imul(seed, 1_000_003) + index) >>> 0;
    const random = randomOf(own);
    const text = mutated(pick(random, reader.seeds), reader.seeds, random);
    const fail = (what: string): void => void failures.push({ reader: reader.name, seed: own, what, text });
    try {
      let result: unknown;
      let took = duration(() => {
        result = reader.read(text);
      });
      if (index % oneOf === 0 && fingerprint(result) !== fingerprint(reader.read(text)))
        fail("a second reading gave another result");
      result = undefined;
      for (let again = 0; again < 3 && took > LIMIT; again++) {
        collectGarbage();
        took = Math.min(took, duration(() => reader.read(text)) / slowness());
      }
      slowest = Math.max(slowest, took);
      if (took > LIMIT) fail(`took ${Math.round(took)} ms`);
    } catch (error) {
      fail(error instanceof Error ? (error.stack ?? error.message) : String(error));
    }
  }
  return { cases, failures, slowest };
}

/** Milliseconds of processor time, so that other work of the machine does not count. */
function duration(act: () => void): number {
  const start = process.cpuUsage();
  act();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

/** A piece of work that is always the same: it measures how fast the machine is at the moment. */
function yardstick(): void {
  const words = new Map<string, number>();
  for (let at = 0; at < 20_000; at++) words.set(`word ${at % 997}`, (words.get(`word ${at % 991}`) ?? 0) + at);
}

let best = Number.POSITIVE_INFINITY;

/** How many times longer than at its best the machine takes now; it shares its processor with other work. */
function slowness(): number {
  let now = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) now = Math.min(now, duration(yardstick));
  best = Math.min(best, now);
  return now / best;
}
