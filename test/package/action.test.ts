import { execFileSync, spawn, spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
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

interface Step {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
  readonly outputs: string;
  readonly summary: string;
}

type Words = Readonly<Record<string, string>>;

/** The action's step as a runner starts it: its `run` in bash, its `env` with the inputs put in. */
function prepared(inputs: Words, runner: Words) {
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
  return {
    shell,
    args: ["--noprofile", "--norc", "-eo", "pipefail", "-c", run],
    env: {
      PATH: process.env["PATH"] ?? "",
      GITHUB_ACTION_PATH: root,
      GITHUB_OUTPUT: outputs,
      GITHUB_STEP_SUMMARY: summary,
      ...Object.fromEntries(values),
      ...runner,
    },
    ended: (code: number | null, out: string, err: string): Step => ({
      code,
      out,
      err,
      outputs: readFileSync(outputs, "utf8"),
      summary: readFileSync(summary, "utf8"),
    }),
  };
}

/** Runs the step to its end. */
function step(inputs: Words = {}, runner: Words = {}): Step {
  const { shell, args, env, ended } = prepared(inputs, runner);
  const ran = spawnSync(shell, args, { cwd: folder, encoding: "utf8", env });
  return ended(ran.status, ran.stdout, ran.stderr);
}

/** The same while this process goes on, which answers for GitHub. */
function stepBeside(inputs: Words, runner: Words): Promise<Step> {
  const { shell, args, env, ended } = prepared(inputs, runner);
  const child = spawn(shell, args, { cwd: folder, env });
  let [out, err] = ["", ""];
  child.stdout.on("data", (chunk) => {
    out += chunk;
  });
  child.stderr.on("data", (chunk) => {
    err += chunk;
  });
  return new Promise((resolve) => child.on("close", (code) => resolve(ended(code, out, err))));
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
    expect([code, outputs]).toEqual([0, "code=0\nerrors=0\nwarnings=0\n"]);
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
    expect(code).toBe(1);
    expect(outputs).toMatch(/^code=1\nerrors=1\nwarnings=\d+\nopened=\d+\nclosed=\d+\nwidened=\d+\nnarrowed=\d+\n$/);
    expect(summary).toContain("### Charm Mesh");
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
    // What is no commit can't be compared with, whatever option, folder or command it looks like.
    for (const bad of ["$(touch pwned)", "--output=pwned", "-h", "coordinator", ".", "no-such-ref"]) {
      const { code, err } = step({ "compare-with": bad });
      expect([code, err.includes("is no commit of this clone")], bad).toEqual([2, true]);
    }
    expect(spawnSync("ls", ["pwned"], { cwd: folder }).status).not.toBe(0);
  }, 120_000);
});

/** Opens the pods of a charm to every port. */
function widen(): void {
  const file = path.join(folder, "storefront/src/charm.py");
  writeFileSync(file, readFileSync(file, "utf8").replace(", ports=[METRICS_PORT]", ""));
}

describe("a change", () => {
  test("that widens a flow fails where that is asked for, and is counted and written as SARIF either way", () => {
    widen();
    const { code, outputs, summary } = step({ "compare-with": "HEAD", sarif: "change.sarif" });
    expect(code).toBe(0);
    expect(outputs).toContain("widened=1\n");
    expect(summary).toContain("**Widens:** prometheus");
    const log = JSON.parse(readFileSync(path.join(folder, "change.sarif"), "utf8"));
    expect(log.runs[0].results[0].ruleId).toBe("policy-widened");
    expect(step({ "compare-with": "HEAD", "fail-on-widened": "true" }).code).toBe(1);
    committed("widened");
    expect(step({ "compare-with": "HEAD", "fail-on-widened": "true" }).code).toBe(0);
    expect(step({ "fail-on-widened": "true" })).toMatchObject({
      code: 2,
      err: expect.stringContaining("need compare-with"),
    });
  });

  test("gets one comment, which is updated in place; a token that may not write it is a warning", async () => {
    widen();
    const comments: { id: number; body: string; user: { login: string } }[] = [
      { id: 1, body: "<!-- charm-mesh report -->\nof somebody else", user: { login: "stranger" } },
    ];
    const calls: string[] = [];
    let refuses = false;
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const answer = (code: number, value: unknown): void =>
          void response.writeHead(code, { "content-type": "application/json" }).end(JSON.stringify(value));
        calls.push(`${request.method} ${request.url}`);
        if (refuses || request.url === "/user")
          return answer(403, { message: "Resource not accessible by integration" });
        const text = body === "" ? "" : JSON.parse(body).body;
        if (request.method === "GET") return answer(200, comments);
        if (request.method === "POST") comments.push({ id: 2, body: text, user: { login: "github-actions[bot]" } });
        else for (const one of comments) if (request.url?.endsWith(`/comments/${one.id}`)) one.body = text;
        return answer(200, {});
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const { port } = server.address() as AddressInfo;
    const event = path.join(folder, ".git", "event.json");
    writeFileSync(event, JSON.stringify({ pull_request: { number: 7 } }));
    const runner = {
      GITHUB_API_URL: `http://127.0.0.1:${port}`,
      GITHUB_EVENT_PATH: event,
      GITHUB_REPOSITORY: "owner/charms",
      GITHUB_SERVER_URL: "https://github.com",
    };
    // The server answers in this process, so the step runs beside it.
    const run = () => stepBeside({ "compare-with": "HEAD", comment: "true" }, runner);
    expect((await run()).code).toBe(0);
    expect((await run()).code).toBe(0);
    expect(comments.map(({ id }) => id)).toEqual([1, 2]);
    expect(comments[0]?.body).toContain("somebody else");
    expect(comments[1]?.body).toMatch(
      /\]\(https:\/\/github\.com\/owner\/charms\/blob\/[0-9a-f]{40}\/storefront\/src\/charm\.py#L\d+\)/,
    );
    expect(calls.filter((call) => call.startsWith("POST"))).toEqual(["POST /repos/owner/charms/issues/7/comments"]);
    expect(calls.at(-1)).toBe("PATCH /repos/owner/charms/issues/comments/2");
    refuses = true;
    const refused = await run();
    expect(refused.code).toBe(0);
    expect(refused.out).toMatch(/::warning::comment: .*pull-requests: write/);
    await new Promise((resolve) => server.close(resolve));
  });
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
