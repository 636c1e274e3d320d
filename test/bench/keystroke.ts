import { readdirSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { type LspClient, lspClient } from "../support/lsp-client.ts";

/*
 * From a keystroke to the diagnostics that follow from it, through the real server over an in-memory connection: in one cluster of
 * four charms, and in a workspace of 100 charms (25 such clusters, each with its bundle). `node scripts/run.mjs test/bench/keystroke.ts`
 */

const SAMPLE = "samples/observability";
const CLUSTERS = 25;
const WARM = 20;
const ROUNDS = 60;

/** What a person types: a file, the text that is typed behind, and one letter that stays out of or gets into what matters. */
const TYPING = [
  { what: "YAML, a description", file: "coordinator/charmcraft.yaml", behind: "summary: ", letter: "x" },
  { what: "YAML, a relation's name", file: "coordinator/charmcraft.yaml", behind: "\n  logging", letter: "x" },
  { what: "Python, a comment", file: "coordinator/src/charm.py", behind: "", letter: "#" },
  { what: "Python, the endpoint map", file: "coordinator/src/charm.py", behind: '"logging": "logging', letter: "x" },
  {
    what: "Python, a policy's relation",
    file: "coordinator/src/charm.py",
    behind: 'relation="quarry-api',
    letter: "x",
  },
];

interface Figures {
  readonly median: number;
  /** The same in the time that this process had a processor: what others do on the machine counts less. */
  readonly cpu: number;
  readonly worst: number;
}

const rows: (readonly string[])[] = [];
for (const clusters of [1, CLUSTERS]) {
  const files = workspaceOf(clusters);
  const begun = performance.now();
  const client = await lspClient({ files });
  const first = performance.now() - begun;
  console.log(`${4 * clusters} charms, ${Object.keys(files).length} files: first diagnostics ${first.toFixed(0)} ms`);
  for (const { what, file, behind, letter } of TYPING) {
    const { median, cpu, worst } = await typed(client, `cluster-0/${file}`, behind, letter);
    rows.push([
      `${4 * clusters} charms`,
      what,
      `${median.toFixed(1)} ms`,
      `${cpu.toFixed(1)} ms`,
      `${worst.toFixed(1)} ms`,
    ]);
  }
  client.dispose();
}
for (const [where = "", what = "", ...figures] of [["", "", "median", "cpu", "worst"], ...rows]) {
  console.log(where.padEnd(12) + what.padEnd(30) + figures.map((figure) => figure.padStart(10)).join(""));
}

/** The sample so many times side by side, each with names of its own. */
function workspaceOf(clusters: number): Record<string, string> {
  const names = readdirSync(SAMPLE, { recursive: true, encoding: "utf8" }).filter((name) =>
    statSync(path.join(SAMPLE, name)).isFile(),
  );
  const files: Record<string, string> = {};
  for (let at = 0; at < clusters; at++) {
    for (const name of names) {
      const text = readFileSync(path.join(SAMPLE, name), "utf8");
      files[`cluster-${at}/${name}`] = at === 0 ? text : text.replaceAll("quarry", `quarry${at}`);
    }
  }
  return files;
}

/** Types a letter and takes it back, again and again; each of both is a keystroke. */
async function typed(client: LspClient, file: string, behind: string, letter: string): Promise<Figures> {
  const text = client.disk.get(client.uri(file));
  if (typeof text !== "string" || !text.includes(behind)) throw new Error(`${file} does not hold ${behind}`);
  const before = text.slice(0, text.indexOf(behind) + behind.length).split("\n");
  const start = { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
  const end = { line: start.line, character: start.character + letter.length };
  await client.open(file);
  const times: number[] = [];
  const cpus: number[] = [];
  for (let round = 0; round < WARM + ROUNDS; round++) {
    const range = round % 2 === 0 ? { start, end: start } : { start, end };
    const begun = performance.now();
    const used = process.cpuUsage();
    await client.change(file, round % 2 === 0 ? letter : "", range);
    if (round < WARM) continue;
    const { user, system } = process.cpuUsage(used);
    times.push(performance.now() - begun);
    cpus.push((user + system) / 1000);
  }
  await client.close(file);
  return { median: middle(times), cpu: middle(cpus), worst: Math.max(...times) };
}

function middle(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
