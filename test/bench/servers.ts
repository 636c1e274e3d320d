import { benchFolder } from "./bench-folder.ts";
import { type Contestant, contestants } from "./rivals.ts";
import { median, quantile, type Row } from "./rows.ts";
import { type ServerRun, serverRun } from "./server-run.ts";

interface Place {
  readonly where: string;
  readonly clusters: number;
  /** What src/charm.py has. */
  readonly kilobytes: number;
  readonly rounds: number;
  /** Targets of design/performance.md; null: none is set for this place. */
  readonly targets: Targets;
}

interface Targets {
  readonly initialize: number | null;
  readonly first: number | null;
  readonly yaml: number | null;
  readonly python: number | null;
  readonly answers: number | null;
  readonly memory: number | null;
}

const PLACES: readonly Place[] = [
  {
    where: "one cluster (4 charms), charm.py of 42 kB",
    clusters: 1,
    kilobytes: 42,
    rounds: 3,
    targets: { initialize: 75, first: 130, yaml: 3, python: 8, answers: 1, memory: 100 },
  },
  {
    where: "25 clusters (100 charms)",
    clusters: 25,
    kilobytes: 0,
    rounds: 2,
    targets: { initialize: 75, first: null, yaml: 3, python: 8, answers: 1, memory: 160 },
  },
];

const STROKES = 60;
/** The share of letters after which the compilers of all have seen the code. */
const WARM = 1 / 3;

/**
 * Our server beside the others over stdio, on the same folder: start, first diagnostics, one letter, hover, completion, memory.
 * Rounds alternate between the servers, so that what else the machine does falls on all of them.
 */
export async function serverRows(cache: string | null): Promise<readonly Row[]> {
  const all = await contestants(cache);
  const rows: Row[] = [];
  for (const place of PLACES) {
    const bench = benchFolder(place.clusters, place.kilobytes);
    const runs = new Map<Contestant, ServerRun[]>(all.map((each) => [each, []]));
    for (let round = 0; round < place.rounds; round++)
      for (const [contestant, own] of runs) own.push(await serverRun(contestant, bench.folder, bench.open, STROKES));
    bench.remove();
    rows.push(...rowsOf(place, runs));
  }
  return rows;
}

function rowsOf({ where, targets }: Place, runs: ReadonlyMap<Contestant, readonly ServerRun[]>): readonly Row[] {
  const row = (
    what: string,
    unit: Row["unit"],
    target: number | null,
    value: (runs: readonly ServerRun[]) => number,
  ): Row => {
    const values = [...runs].map(([{ name }, own]) => [name, value(own)] as const);
    const { "charm-mesh": own = Number.NaN, ...rivals } = Object.fromEntries(values);
    return { what: `${where}: ${what}`, unit, own, rivals, target };
  };
  const strokes =
    (ending: string) =>
    (own: readonly ServerRun[]): number[] =>
      own.flatMap(({ keystrokes }) =>
        [...keystrokes].flatMap(([file, times]) => (file.endsWith(ending) ? warm(times) : [])),
      );
  const [yaml, python] = [strokes("charmcraft.yaml"), strokes("charm.py")];
  const answers =
    (kind: "hovers" | "completions") =>
    (own: readonly ServerRun[]): number =>
      median(own.flatMap((run) => warm(run[kind])));
  return [
    row("start → initialize", "ms", targets.initialize, (own) => median(own.map((run) => run.initialize))),
    row("start → first diagnostics", "ms", targets.first, (own) => median(own.map((run) => run.firstDiagnostics))),
    row("one letter → diagnostics, YAML", "ms", targets.yaml, (own) => median(yaml(own))),
    row("the same, 95 of 100", "ms", targets.yaml === null ? null : 8, (own) => quantile(yaml(own), 0.95)),
    row("one letter → diagnostics, Python", "ms", targets.python, (own) => median(python(own))),
    row("the same, 95 of 100", "ms", targets.python === null ? null : 15, (own) => quantile(python(own), 0.95)),
    row("hover", "ms", targets.answers, answers("hovers")),
    row("completion", "ms", targets.answers, answers("completions")),
    row("memory, settled", "MB", targets.memory, (own) => median(own.map((run) => run.memory))),
  ];
}

function warm(times: readonly number[]): readonly number[] {
  return times.slice(Math.floor(times.length * WARM));
}
