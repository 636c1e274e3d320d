import { collectGarbage } from "./garbage.ts";
import { mutated } from "./mutation.ts";
import { pick, randomOf } from "./random.ts";
import type { Reader } from "./readers.ts";

/** A case that broke the law: it threw, or took longer than any text of its size may. */
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

/** No reading of a text of at most 20,000 characters may take longer (issue 8: no hang over 100 ms a case). */
const LIMIT = 100;

/**
 * Feeds a reader some mutated texts. A throw or a hang is a failure; a slow case is tried again before it is believed, with the
 * garbage of all earlier cases collected, since processor time counts the collector's threads too, and held against what the
 * machine manages at that moment. Stops after five failures, as the sixth teaches nothing.
 */
export function fuzzed(reader: Reader, cases: number, seed: number): Outcome {
  const failures: Failure[] = [];
  let slowest = 0;
  slowness();
  for (let index = 0; index < cases && failures.length < 5; index++) {
    const own = (Math.imul(seed, 1_000_003) + index) >>> 0;
    const random = randomOf(own);
    const text = mutated(pick(random, reader.seeds), reader.seeds, random);
    try {
      let took = duration(() => reader.read(text));
      for (let again = 0; again < 3 && took > LIMIT; again++) {
        collectGarbage();
        took = Math.min(took, duration(() => reader.read(text)) / slowness());
      }
      slowest = Math.max(slowest, took);
      if (took > LIMIT) failures.push({ reader: reader.name, seed: own, what: `took ${Math.round(took)} ms`, text });
    } catch (error) {
      failures.push({
        reader: reader.name,
        seed: own,
        what: error instanceof Error ? (error.stack ?? error.message) : String(error),
        text,
      });
    }
  }
  return { cases, failures, slowest };
}

/** Milliseconds of processor time: what the machine does besides does not count. */
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

/** How many times longer than at its best the machine takes now: a shared processor takes its time for two who use it at once. */
function slowness(): number {
  let now = Number.POSITIVE_INFINITY;
  for (let round = 0; round < 5; round++) now = Math.min(now, duration(yardstick));
  best = Math.min(best, now);
  return now / best;
}
