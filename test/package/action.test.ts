import { execFileSync, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { root } from "../tidy/source-tree.ts";

// What a workflow and pre-commit run, in a repository of its own. npm test builds first.

const action = parse(readFileSync(path.join(root, "action.yml"), "utf8"));
const [hook] = parse(readFileSync(path.join(root, ".pre-commit-hooks.yaml"), "utf8"));

let folder = "";
beforeEach(() => {
  folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-action-"));
  cpSync(path.join(root, "samples/observability"), folder, { recursive: true });
  git("init", "-q");
  committed("correct");
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

function git(...args: readonly string[]): void {
  execFileSync("git", ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.invalid", ...args], { cwd: folder });
}

function committed(message: string): void {
  git("add", "-A");
  git("commit", "-q", "-m", message);
}

/** Makes a relation's name in the endpoint map wrong, and opens a policy to every port. */
function spoil(): void {
  const file = path.join(folder, "coordinator/src/charm.py");
  writeFileSync(file, readFileSync(file, "utf8").replace('"logging": "logging"', '"logging": "loging"'));
}

/** Runs the action's step as a runner does: its `run` in bash, its `env` with the inputs put in. */
function step(inputs: Readonly<Record<string, string>> = {}): {
  code: number | null;
  out: string;
  err: string;
  outputs: string;
  summary: string;
} {
  const [{ env, run, shell }] = action.runs.steps;
  const given: Record<string, string> = Object.fromEntries(
    Object.entries(action.inputs as Record<string, { default: string }>).map(([name, { default: value }]) => [
      name,
      inputs[name] ?? value,
    ]),
  );
  const values = Object.entries(env as Record<string, string>).map(([name, value]) => [
    name,
    value.replace(/\$\{\{ (?:inputs\.([\w-]+)|github\.action_path) \}\}/g, (_, input?: string) =>
      input ? (given[input] ?? "") : root,
    ),
  ]);
  const [outputs, summary] = ["outputs", "summary"].map((name) => path.join(folder, ".git", name)) as [string, string];
  for (const file of [outputs, summary]) writeFileSync(file, "");
  const ran = spawnSync(shell, ["--noprofile", "--norc", "-eo", "pipefail", "-c", run], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: process.env["PATH"] ?? "",
      GITHUB_ACTION_PATH: root,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(values),
    },
  });
  const [said, told] = [readFileSync(outputs, "utf8"), readFileSync(summary, "utf8")];
  return { code: ran.status, out: ran.stdout, err: ran.stderr, outputs: said, summary: told };
}

describe("action.yml", () => {
  test("has the form of a composite action, and no input is ever part of a command", () => {
    expect(Object.keys(action).sort()).toEqual([
      "author",
      "branding",
      "description",
      "inputs",
      "name",
      "outputs",
      "runs",
    ]);
    expect(action.runs.using).toBe("composite");
    for (const { run, shell } of action.runs.steps) {
      expect(run).not.toContain("${{");
      expect(shell).toBe("bash");
    }
    const used = JSON.stringify(action.runs).match(/inputs\.[\w-]+/g) ?? [];
    expect(new Set(used)).toEqual(new Set(Object.keys(action.inputs).map((name) => `inputs.${name}`)));
    for (const [name, input] of Object.entries(action.inputs as Record<string, object>))
      expect(Object.keys(input).sort(), name).toEqual(["default", "description"]);
  });

  test("a correct repository passes and says so", () => {
    const { code, out, outputs } = step();
    expect([code, outputs]).toEqual([0, "code=0\n"]);
    expect(out).not.toContain("::error");
  });

  test("a report is written where it is asked for, and through no link that is checked out", () => {
    expect(step({ format: "sarif", output: "report.sarif" }).code).toBe(0);
    expect(JSON.parse(readFileSync(path.join(folder, "report.sarif"), "utf8")).version).toBe("2.1.0");
    const outside = mkdtempSync(path.join(tmpdir(), "charm-mesh-outside-"));
    symlinkSync(outside, path.join(folder, "reports"));
    symlinkSync(path.join(outside, "taken"), path.join(folder, "link.sarif"));
    for (const output of ["link.sarif", "reports/report.sarif", "../report.sarif"]) {
      const { code, err } = step({ format: "sarif", output });
      expect([code, err.includes(output)]).toEqual([2, true]);
    }
    expect(readdirSync(outside)).toEqual([]);
    expect(step({ format: "sarif", output: path.join(outside, "meant.sarif") }).code).toBe(0);
    rmSync(outside, { recursive: true });
  });

  test("a mistake becomes an annotation and fails the step; what it changes goes to the summary", () => {
    spoil();
    const { code, out, outputs, summary } = step({ "compare-with": "HEAD" });
    expect(out).toContain("::error file=coordinator/src/charm.py,line=");
    expect([code, outputs]).toEqual([1, "code=1\n"]);
    expect(summary).not.toBe("");
  });

  test("several paths, another threshold, a baseline, a report in a file", () => {
    spoil();
    expect(step({ paths: "ingest-worker\nquery-worker" }).code).toBe(0);
    expect(step({ paths: "coordinator", output: "report.sarif", format: "sarif" }).code).toBe(1);
    expect(JSON.parse(readFileSync(path.join(folder, "report.sarif"), "utf8")).version).toBe("2.1.0");
    execFileSync(process.execPath, [path.join(root, "dist/cli.js"), "check", "--write-baseline", "baseline.json"], {
      cwd: folder,
      stdio: "ignore",
    });
    expect(step({ baseline: "baseline.json", "fail-on": "hint" }).code).toBe(0);
  });

  test("inputs with shell syntax in them are words like others", () => {
    for (const bad of ["$(touch pwned)", "; touch pwned", "`touch pwned`", "--write-baseline pwned", "--format=text"]) {
      expect(step({ paths: bad }).code, bad).toBe(2);
      expect(step({ "fail-on": bad }).code, bad).toBe(2);
    }
    expect(step({ "compare-with": "$(touch pwned)" }).code).not.toBe(0);
    expect(spawnSync("ls", ["pwned"], { cwd: folder }).status).not.toBe(0);
  }, 120_000);
});

describe(".pre-commit-hooks.yaml", () => {
  test("names a script of ours, and what it looks at", () => {
    expect([hook.language, hook.pass_filenames]).toEqual(["script", false]);
    expect(statSync(path.join(root, hook.entry)).mode & 0o111).not.toBe(0);
    const files = new RegExp(hook.files);
    for (const name of ["charmcraft.yaml", "a/metadata.yaml", "src/charm.py", "uv.lock", "requirements-dev.txt"])
      expect(files.test(name), name).toBe(true);
    for (const name of ["README.md", "a/b.yaml", "Cargo.lock"]) expect(files.test(name), name).toBe(false);
  });

  test("its entry fails on a mistake and passes without, also with what git sets for a hook", () => {
    const run = (): number | null =>
      spawnSync(path.join(root, hook.entry), {
        cwd: folder,
        env: { ...process.env, GIT_DIR: ".git", GIT_INDEX_FILE: ".git/index" },
      }).status;
    expect(run()).toBe(0);
    spoil();
    expect(run()).toBe(1);
  });
});
