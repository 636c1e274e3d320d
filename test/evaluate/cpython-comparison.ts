import { spawnSync } from "node:child_process";
import { argumentValue, callsNamed, type PyValue } from "../../engine/python/src/evaluate/evaluation.ts";
import { plain, programOf } from "./probing.ts";

/*
 * Whatever the evaluator says must hold in CPython, however the run-time decisions fall. It may say less than CPython knows,
 * never something else.
 */

const RUNS = 12;

/** Runs each program `RUNS` times with other flags; what each run probed, as JSON, null where it raised. */
const RUNNER = `
import json, sys, random
programs = json.load(sys.stdin)
results = []
class Stop(Exception): pass
for program in programs:
    code = compile(program, "p", "exec")
    runs = []
    for run in range(${RUNS}):
        dice = random.Random(run)
        budget = [5000]
        def flag():
            budget[0] -= 1
            if budget[0] < 0: raise Stop()
            return run == 1 or (run != 0 and dice.random() < 0.5)
        def maybe(items):
            return [n for n in items if flag()]
        def risky():
            if flag(): raise RuntimeError()
        seen = {}
        def probe(name, value):
            seen[name] = sorted(value) if isinstance(value, set) else value
        try:
            exec(code, {"flag": flag, "maybe": maybe, "risky": risky, "probe": probe, "__name__": "p"})
            runs.append(json.loads(json.dumps(seen)))
        except Exception as e:
            runs.append(None)
    results.append(runs)
json.dump(results, sys.stdout)
`;

/** Whether there is a python3 to compare with. */
export const available = spawnSync("python3", ["-c", "import sys; sys.exit(sys.version_info < (3, 8))"]).status === 0;

function pythonRuns(programs: readonly string[]): readonly (readonly (Record<string, unknown> | null)[])[] {
  const done = spawnSync("python3", ["-c", RUNNER], {
    input: JSON.stringify(programs),
    maxBuffer: 1 << 28,
    encoding: "utf8",
  });
  if (done.status !== 0) throw new Error(done.stderr);
  return JSON.parse(done.stdout);
}

/** Whether a value that CPython came to is one that the evaluator allows for. */
function allows(value: PyValue, actual: unknown): boolean {
  switch (value.kind) {
    case "unknown":
    case "instance":
    case "external":
    case "template":
      return true;
    case "one-of":
      return value.options.some((option) => allows(option, actual));
    case "sequence":
      return Array.isArray(actual) && allowsList(value, actual);
    case "dict":
      return allowsDict(value, actual as Record<string, unknown>);
    default:
      return plain(value) === actual;
  }
}

function allowsList(value: Extract<PyValue, { kind: "sequence" }>, actual: readonly unknown[]): boolean {
  const { elements, open } = value;
  const certain = elements.filter((one) => one.condition === null);
  const exact = open === null && certain.length === elements.length;
  if (exact && value.type !== "set" && !value.unordered) {
    return elements.length === actual.length && elements.every((one, i) => allows(one.value, actual[i]));
  }
  // Everything that is there is allowed for, and everything that is certain is there.
  const covered = open !== null || actual.every((item) => elements.some((one) => allows(one.value, item)));
  return covered && certain.every((one) => actual.some((item) => allows(one.value, item)));
}

function allowsDict(value: Extract<PyValue, { kind: "dict" }>, actual: Record<string, unknown>): boolean {
  if (value.open !== null) return true;
  return (
    Object.entries(actual).every(([key, item]) =>
      value.entries.some((entry) => allows(entry.key, key) && allows(entry.value, item)),
    ) && value.entries.every((entry) => entry.condition !== null || String(plain(entry.key)) in actual)
  );
}

function isReadable(value: PyValue): boolean {
  if (value.kind === "one-of") return value.options.every(isReadable);
  return value.kind !== "unknown" && !(value.kind === "sequence" && value.open !== null);
}

export interface Comparison {
  /** One line for each value that the evaluator doesn't allow for, with the index of its program. */
  readonly wrong: readonly { readonly program: number; readonly text: string }[];
  readonly probes: number;
  readonly readable: number;
}

/** What the evaluator says of every `probe(name, value)` of the programs, against what runs of them come to. */
export function comparedWithPython(programs: readonly string[]): Comparison {
  const results = pythonRuns(programs);
  const wrong: Comparison["wrong"][number][] = [];
  let probes = 0;
  let readable = 0;
  for (const [program, source] of programs.entries()) {
    const runs = (results[program] ?? []).filter((run) => run !== null);
    if (runs.length === 0) continue;
    const read = programOf(source);
    for (const site of callsNamed(read, ["probe"])) {
      const [named, given] = site.arguments.positional;
      const name = named && plain(argumentValue(read, named));
      if (typeof name !== "string" || !given) continue;
      const value = argumentValue(read, given);
      probes++;
      if (isReadable(value)) readable++;
      const bad = runs.find((run) => name in run && !allows(value, run[name]));
      if (bad)
        wrong.push({ program, text: `${name} is ${JSON.stringify(bad[name])}, said ${JSON.stringify(plain(value))}` });
    }
  }
  return { wrong, probes, readable };
}
