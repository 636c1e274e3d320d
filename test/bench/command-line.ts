import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";
import { parsePython, sourceFile } from "#syntax";
import { root } from "../tidy/source-tree.ts";
import { benchFolder } from "./bench-folder.ts";
import { median, type Row } from "./rows.ts";

const ROUNDS = 7;
const CLI = path.join(root, "dist/cli.js");

interface Started {
  /** Milliseconds to the first byte of output, and to the end. */
  readonly first: number;
  readonly end: number;
}

/**
 * The command line as a person starts it, beside a Node that does nothing, in alternating rounds: one charm, 60 charms, and
 * `--version`. The targets are shares of the same run (design/performance.md).
 */
export async function commandLineRows(): Promise<readonly Row[]> {
  const one = benchFolder(1, 42, 0, true);
  const many = benchFolder(15, 42, 0, true);
  const runs = {
    nothing: [] as Started[],
    version: [] as Started[],
    one: [] as Started[],
    many: [] as Started[],
  };
  for (let round = 0; round < ROUNDS; round++) {
    runs.nothing.push(await started(["-e", "0"], root));
    runs.version.push(await started([CLI, "--version"], root));
    runs.one.push(await started([CLI, "check", "coordinator"], path.join(one.folder, "cluster-0")));
    if (round < 3) runs.many.push(await started([CLI, "check", "."], many.folder));
  }
  one.remove();
  many.remove();
  const end = (of: readonly Started[]): number => median(of.map((each) => each.end));
  const first = (of: readonly Started[]): number => median(of.map((each) => each.first));
  const nothing = end(runs.nothing);
  const row = (what: string, own: number, rivals: Row["rivals"], target: number | null): Row => ({
    what,
    unit: "ms",
    own,
    rivals,
    target,
  });
  return [
    row("`--version`, start to end", end(runs.version), { "node -e 0": nothing }, nothing * 1.3),
    row("`check` of one charm, start to end", end(runs.one), { "node -e 0": nothing }, nothing * 5),
    row("the same, first output", first(runs.one), { "node -e 0": nothing }, null),
    row("`check` of 60 charms, first output", first(runs.many), {}, first(runs.one) * 1.3),
    row("the same, start to end", end(runs.many), {}, null),
    parserRow(),
  ];
}

/** Megabytes of Python that the parser reads in a second, once it is compiled: charm.py of the sample, 42 kB. */
function parserRow(): Row {
  const folder = benchFolder(1, 42);
  const text = readFileSync(path.join(folder.folder, "cluster-0/coordinator/src/charm.py"), "utf8");
  folder.remove();
  const times: number[] = [];
  for (let round = 0; round < 60; round++) {
    const file = sourceFile("charm.py", text);
    const begun = performance.now();
    parsePython(file);
    if (round >= 30) times.push(performance.now() - begun);
  }
  return { what: "Python parser, warm", unit: "MB/s", own: text.length / 1e3 / median(times), rivals: {}, target: 80 };
}

function started(command: readonly string[], cwd: string): Promise<Started> {
  return new Promise((resolve, reject) => {
    const begun = performance.now();
    let first = Number.NaN;
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "ignore"] });
    child.stdout.on("data", () => {
      if (Number.isNaN(first)) first = performance.now() - begun;
    });
    child.on("error", reject);
    child.on("close", () => resolve({ first, end: performance.now() - begun }));
  });
}
