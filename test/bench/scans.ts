import { spawnSync } from "node:child_process";
import { existsSync, statSync } from "node:fs";
import path from "node:path";
import { readWorkspace } from "#disk";
import { analysis, DEFAULT_SETTINGS } from "#ide";
import { root } from "../tidy/source-tree.ts";
import { benchFolder, bytesOf, filesBelow } from "./bench-folder.ts";
import { pyrightCommand } from "./rivals.ts";
import { median, type Row } from "./rows.ts";

const ROUNDS = 5;

/**
 * The scan of a whole workspace (walk, read, parse, all findings) in one process, and `check` as a person starts it, on 100 charms
 * among 3,000 files and on real repositories where they are named; pyright's command line beside it.
 */
export async function scanRows(cache: string | null, real: readonly string[]): Promise<readonly Row[]> {
  const bench = benchFolder(25, 0, 2_600);
  const rows = [
    ...(await scanned("3,000 files with 100 charms", bench.folder, 500)),
    checked("3,000 files with 100 charms", bench.folder, cache, null),
    ...real.map((folder) => checked(path.basename(folder), folder, cache, null)),
  ];
  bench.remove();
  return rows;
}

async function scanned(what: string, folder: string, target: number): Promise<readonly Row[]> {
  const times: number[] = [];
  let [seen, bytes] = [0, 0];
  for (let round = 0; round < ROUNDS; round++) {
    const begun = performance.now();
    const disk = await readWorkspace(["."], { base: folder });
    const found = analysis({ ...disk, settings: DEFAULT_SETTINGS, settingsFiles: disk.settings });
    found.diagnostics();
    times.push(performance.now() - begun);
    seen = disk.seen;
    bytes = disk.charms.flatMap(({ files }) => [...files.values()]).reduce((sum, { text }) => sum + text.length, 0);
  }
  // The first round is what a person waits for: nothing is compiled or cached yet.
  const [first = Number.NaN] = times;
  const row = (name: string, unit: Row["unit"], own: number, limit: number | null): Row => ({
    what: `${what}: ${name}`,
    unit,
    own,
    rivals: {},
    target: limit,
  });
  return [
    row("scan with all findings, first", "ms", first, target),
    row("the same, warm", "ms", median(times), target),
    row("files looked at", "files/s", (seen / first) * 1000, null),
    row("charm text read, parsed and checked", "MB/s", bytes / 1e3 / first, null),
  ];
}

/** `check` beside pyright, processes started and ended: what CI waits for. */
function checked(what: string, folder: string, cache: string | null, target: number | null): Row {
  const pyright = pyrightCommand(cache);
  const own: number[] = [];
  const rival: number[] = [];
  for (let round = 0; round < 3; round++) {
    own.push(timed([path.join(root, "dist/cli.js"), "check", "."], folder));
    if (pyright && round === 0) rival.push(timed([...pyright, "."], folder));
  }
  const files = filesBelow(folder);
  const size = `${files.length} files, ${(bytesOf(files) / 1e6).toFixed(1)} MB`;
  const rivals: Record<string, number> = pyright ? { pyright: median(rival) } : {};
  return { what: `${what} (${size}): check, start to end`, unit: "ms", own: median(own), rivals, target };
}

function timed(command: readonly string[], cwd: string): number {
  const begun = performance.now();
  spawnSync(process.execPath, command, { cwd, stdio: "ignore" });
  return performance.now() - begun;
}

/** Sizes of what is built, in kilobytes, beside their targets. */
export function sizeRows(): readonly Row[] {
  const size = (name: string): number => {
    const file = path.join(root, "dist", name);
    return existsSync(file) ? statSync(file).size / 1000 : Number.NaN;
  };
  const row = (what: string, own: number, target: number | null): Row => ({
    what,
    unit: "kB",
    own,
    rivals: {},
    target,
  });
  return [
    row("server before `initialize` is answered", size("server-node.js"), null),
    row("server, both bundles", size("server-node.js") + size("server-engine.js"), 600),
    row("command line", size("cli.js"), null),
    row("panel with its drawing script", size("webview.js"), null),
    row("charm-mesh.vsix", size("charm-mesh.vsix"), 3_000),
  ];
}
