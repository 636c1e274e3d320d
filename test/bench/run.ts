import { readFileSync, writeFileSync } from "node:fs";
import { cpus, loadavg, totalmem } from "node:os";
import path from "node:path";
import { root } from "../tidy/source-tree.ts";
import { commandLineRows } from "./command-line.ts";
import { drawingTimings, drawingTimingTable } from "./drawing.ts";
import { graphTimings, graphTimingTable } from "./graph.ts";
import { policyRows, policyTable } from "./policies.ts";
import { installedRivals } from "./rivals.ts";
import { rowTable } from "./rows.ts";
import { scanRows, sizeRows } from "./scans.ts";
import { serverRows } from "./servers.ts";

/*
 * npm run bench -- [servers] [commands] [scans] [policies] [graph] [drawing] [--real FOLDER]… [--write]
 * Prints the tables of the parts that are named (all unless one is); `--write` keeps them in docs/benchmarks.md.
 */

const parts = new Set<string>();
const real: string[] = [];
const args = process.argv.slice(2);
for (const [at, arg] of args.entries()) {
  if (arg === "--real") real.push(path.resolve(args[at + 1] ?? "."));
  else if (!arg.startsWith("--") && args[at - 1] !== "--real") parts.add(arg);
}
const isWanted = (part: string): boolean => parts.size === 0 || parts.has(part);

const cache = installedRivals();
if (cache === null)
  console.error("The rivals can't be installed here: only our own numbers and the empty server's follow.");
const sections: Record<string, () => string | Promise<string>> = {
  servers: async () => rowTable(await serverRows(cache)),
  commands: async () => rowTable(await commandLineRows()),
  scans: async () => rowTable([...(await scanRows(cache, real)), ...sizeRows()]),
  policies: () => fenced(policyTable(policyRows())),
  graph: () => fenced(graphTimingTable(graphTimings())),
  drawing: async () => fenced(drawingTimingTable(await drawingTimings())),
};
const page = path.join(root, "docs/benchmarks.md");
for (const [name, measured] of Object.entries(sections)) {
  if (!isWanted(name)) continue;
  const table = await measured();
  const text = `${machine()}\n\n${table}`;
  console.log(`## ${name}\n\n${text}`);
  if (args.includes("--write")) keep(name, text);
}

/** What this run was measured on. */
function machine(): string {
  const [cpu] = cpus();
  const memory = Math.round(totalmem() / 2 ** 30);
  const day = new Date().toISOString().slice(0, 10);
  const load = loadavg()[0]?.toFixed(1);
  return `${day} · ${cpus().length} × ${cpu?.model ?? "?"} · ${memory} GiB · Node ${process.version} · ${process.platform} · load at the end ${load}`;
}

function fenced(text: string): string {
  return `\`\`\`\n${text.trim()}\n\`\`\`\n`;
}

/** Puts a part's tables between its two marks in docs/benchmarks.md. */
function keep(name: string, text: string): void {
  const before = readFileSync(page, "utf8");
  const [start, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const from = before.indexOf(start);
  const to = before.indexOf(end);
  if (from < 0 || to < from) throw new Error(`${page} has no place for ${name}`);
  writeFileSync(page, `${before.slice(0, from + start.length)}\n\n${text}\n${before.slice(to)}`);
}
