import { fuzzed } from "./fuzz.ts";
import { readers } from "./readers.ts";
import { samples } from "./samples.ts";

/** The long mode, in which each case is read twice and compared: npm run fuzz -- --cases 2000000 --seed 7 [--reader Python]. */
const options = new Map<string, string>();
for (let at = 2; at < process.argv.length; at += 2) options.set(process.argv[at] ?? "", process.argv[at + 1] ?? "");
const cases = Number(options.get("--cases") ?? 1_000_000);
const seed = Number(options.get("--seed") ?? Date.now() % 1_000_000);
const only = options.get("--reader");

const all = readers(samples());
const chosen = all.filter((reader) => only === undefined || reader.name === only);
const whole = chosen.reduce((sum, reader) => sum + reader.share, 0);
let failed = 0;
for (const reader of chosen) {
  const {
    cases: ran,
    failures,
    slowest,
  } = fuzzed(reader, Math.ceil((cases * reader.share) / whole), seed, { oneOf: 1 });
  console.log(`${reader.name}: ${ran} cases, slowest ${slowest.toFixed(1)} ms, ${failures.length} failures`);
  for (const failure of failures)
    console.log(`  seed ${failure.seed}: ${failure.what}\n  ${JSON.stringify(failure.text.slice(0, 2000))}`);
  failed += failures.length;
}
console.log(`seed ${seed}`);
process.exitCode = failed > 0 ? 1 : 0;
