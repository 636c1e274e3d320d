import { benchFolder } from "./bench-folder.ts";
import { type Contestant, contestants } from "./rivals.ts";
import { median, type Row } from "./rows.ts";
import { type ServerRun, serverRun } from "./server-run.ts";

interface Place {
  readonly where: string;
  readonly clusters: number;
  /** What src/charm.py of the open charm has. */
  readonly kilobytes: number;
  /** Whether the charms carry libraries, tests and locks as real ones do. */
  readonly isReal: boolean;
  readonly rounds: number;
  readonly isWithRivals: boolean;
}

const PLACES: readonly Place[] = [
  { where: "4 charms", clusters: 1, kilobytes: 42, isReal: true, rounds: 3, isWithRivals: true },
  { where: "60 charms", clusters: 15, kilobytes: 42, isReal: true, rounds: 2, isWithRivals: true },
  {
    where: "1,000 charms without libraries",
    clusters: 250,
    kilobytes: 42,
    isReal: false,
    rounds: 1,
    isWithRivals: false,
  },
];

const STROKES = 60;

/**
 * Our server beside the others over stdio, on the same folder: start, first diagnostics, one letter, hover, completion, memory.
 * Rounds alternate between the servers, so that what else the machine does falls on all of them.
 */
export async function serverRows(cache: string | null): Promise<readonly Row[]> {
  const all = await contestants(cache);
  const rows: Row[] = [];
  for (const place of PLACES) {
    const bench = benchFolder(place.clusters, place.kilobytes, 0, place.isReal);
    const runs = new Map<Contestant, ServerRun[]>(
      all.filter((each) => place.isWithRivals || each.cost === "own").map((each) => [each, []]),
    );
    for (let round = 0; round < place.rounds; round++)
      for (const [contestant, own] of runs) own.push(await serverRun(contestant, bench.folder, bench.open, STROKES));
    bench.remove();
    rows.push(...rowsOf(place, runs));
  }
  return rows;
}

const YAML = "yaml-language-server";

function rowsOf({ where }: Place, runs: ReadonlyMap<Contestant, readonly ServerRun[]>): readonly Row[] {
  /** `target`: the most that ours may be, as the share of a rival's value in the same run (design/performance.md). */
  const row = (
    what: string,
    unit: Row["unit"],
    value: (runs: readonly ServerRun[]) => number,
    target: readonly [rival: string, share: number] | null = null,
  ): Row => {
    const values = [...runs].map(([{ name }, own]) => [name, value(own)] as const);
    const { "charm-mesh": own = Number.NaN, ...rivals } = Object.fromEntries(values);
    const theirs = target ? rivals[target[0]] : undefined;
    return {
      what: `${where}: ${what}`,
      unit,
      own,
      rivals,
      target: target && theirs !== undefined ? theirs * target[1] : null,
    };
  };
  const letters = (kind: string, target: readonly [string, number]): readonly Row[] => {
    const of = (own: readonly ServerRun[]) => own.flatMap((run) => run.typed.get(kind) ?? []);
    return [
      row(`a letter in ${kind}`, "ms", (own) => median(of(own).flatMap(({ times }) => times))),
      row("the same, processor", "ms", (own) => median(of(own).map(({ cpu }) => cpu)), target),
    ];
  };
  const single = where === "4 charms";
  return [
    row("start → initialize", "ms", (own) => median(own.map((run) => run.initialize)), ["empty", 1.15]),
    row("start → first diagnostics", "ms", (own) => median(own.map((run) => run.firstDiagnostics)), [
      YAML,
      single ? 0.45 : 0.6,
    ]),
    row("the same, processor", "ms", (own) => median(own.map((run) => run.firstCpu))),
    ...letters("a relation's name", [YAML, 1]),
    ...letters("a description", [YAML, 0.8]),
    ...letters("the endpoint map", ["pyright", 1 / 40]),
    ...letters("a comment", ["pyright", 1 / 100]),
    ...letters("an identifier", ["pyright", 1 / 40]),
    row("hover", "ms", (own) => median(own.flatMap((run) => run.hovers)), ["empty", 4]),
    row("completion", "ms", (own) => median(own.flatMap((run) => run.completions)), ["empty", 4]),
    row("memory at rest", "MB", (own) => median(own.map((run) => run.memory)), [YAML, single ? 1.1 : 1.9]),
    row("memory after all letters", "MB", (own) => median(own.map((run) => run.memoryAfter))),
  ];
}
