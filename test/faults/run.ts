import { editRun } from "./edit-run.ts";

/** The longer mode: node scripts/run.mjs test/faults/run.ts --edits 100000 --seed 7 --runs 3 --every 50. */
const options = new Map<string, string>();
for (let at = 2; at < process.argv.length; at += 2) options.set(process.argv[at] ?? "", process.argv[at + 1] ?? "");
const edits = Number(options.get("--edits") ?? 100_000);
const checkEvery = Number(options.get("--every") ?? 50);
const first = Number(options.get("--seed") ?? Date.now() % 1_000_000);
for (let seed = first; seed < first + Number(options.get("--runs") ?? 1); seed++) {
  const started = process.cpuUsage();
  const run = await editRun({ seed, edits, checkEvery });
  const { user, system } = process.cpuUsage(started);
  const { failures, ...counts } = run;
  console.log(`seed ${seed}: ${JSON.stringify(counts)}, ${((user + system) / 1e6).toFixed(1)} s of CPU`);
  for (const failure of failures) console.log(failure);
  if (failures.length > 0) process.exitCode = 1;
}
