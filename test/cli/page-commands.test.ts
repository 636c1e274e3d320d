import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { sampleStatus } from "../explain/sample-deployment.ts";
import { envoyText, ztunnelText } from "../explain/sample-lines.ts";
import { filesBelow, root, textOf } from "../tidy/source-tree.ts";
import { ENTRY } from "./command-line.ts";

/** One command line of a page, as a reader would paste it. */
interface PageCommand {
  readonly page: string;
  readonly line: string;
}

const PAGES = ["README.md", "CONTRIBUTING.md", "ARCHITECTURE.md", "SECURITY.md", ...filesBelow("docs", /\.md$/)];
const COMMANDS: readonly PageCommand[] = PAGES.flatMap((page) =>
  [...textOf(page).matchAll(/^```(?:sh|bash|console|shell)\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .filter((line) => line.trim() !== "")
      .map((line) => ({ page, line })),
  ),
);
/** Commands of the repository itself. They have tests of their own; here only their names are checked. */
const isNpm = ({ line }: PageCommand): boolean => /^(?:npm|code) /.test(line);

let home = "";
let folder = "";
const bin = (): string => path.join(home, "bin");

/** A program on PATH that stands for one that needs a cluster, or for an installed charm-mesh. */
function program(name: string, script: string): void {
  const file = path.join(bin(), name);
  writeFileSync(file, `#!/bin/sh\n${script}\n`);
  chmodSync(file, 0o755);
}

function run(command: string, shell = "bash") {
  return spawnSync(shell, [...(shell === "bash" ? ["-o", "pipefail"] : []), "-c", command], {
    cwd: folder,
    encoding: "utf8",
    env: {
      PATH: `${bin()}:${process.env["PATH"] ?? ""}`,
      HOME: home,
      GITHUB_STEP_SUMMARY: path.join(home, "summary.md"),
      GIT_AUTHOR_NAME: "t",
      GIT_AUTHOR_EMAIL: "t@example.com",
      GIT_COMMITTER_NAME: "t",
      GIT_COMMITTER_EMAIL: "t@example.com",
    },
  });
}

beforeAll(() => {
  home = mkdtempSync(path.join(tmpdir(), "charm-mesh-pages-"));
  folder = path.join(home, "charms");
  mkdirSync(bin());
  cpSync(path.join(root, "samples/observability"), folder, { recursive: true });
  // The pages speak of a coordinator and a worker.
  renameSync(path.join(folder, "ingest-worker"), path.join(folder, "worker"));
  for (const name of ["before", "after"]) cpSync(folder, path.join(home, name), { recursive: true });
  const logs = [
    ztunnelText({ from: "prometheus", to: "storefront", port: 9103 }),
    envoyText({ from: "storefront", to: "quarry", port: 9095 }),
  ].join("\n");
  writeFileSync(path.join(home, "denied.log"), `${logs}\n`);
  writeFileSync(path.join(home, "status.json"), sampleStatus());
  program("charm-mesh", `exec "${process.execPath}" "${ENTRY}" "$@"`);
  program("npx", '[ "$1" = charm-mesh ] || exit 9\nshift\nexec charm-mesh "$@"');
  program("kubectl", `case "$1" in logs) cat "${home}/denied.log";; *) charm-mesh policies -f yaml;; esac`);
  program("juju", `cat "${home}/status.json"`);
  const git = run(
    "git init -q -b work . && git add . && git commit -qm one && git tag v1.2 && git tag v1.3 && git update-ref refs/remotes/origin/main HEAD",
  );
  expect(git.stderr).toBe("");
});
afterAll(() => rmSync(home, { recursive: true, force: true }));

/** The shell that a line is for: its remark names the file that it belongs into. */
function shellOf(line: string): string {
  return /# ~\/\.zshrc/.test(line) ? "zsh" : /# ~\/\.config\/fish/.test(line) ? "fish" : "bash";
}

describe("every command of the pages runs as it is written", () => {
  test("there are some, of every kind", () => {
    expect(COMMANDS.filter((one) => !isNpm(one)).length).toBeGreaterThan(25);
    expect(COMMANDS.filter(isNpm).length).toBeGreaterThan(10);
  });

  test.each(COMMANDS.filter((one) => !isNpm(one)).map((one) => [`${one.page}: ${one.line}`, one] as const))(
    "%s",
    (_, { line }) => {
      const shell = shellOf(line);
      const prepared = shell === "zsh" ? `autoload -Uz compinit; compinit -u -d "$HOME/.zcompdump"; ${line}` : line;
      const { status, stderr } = run(prepared, shell);
      // 1 is an answer: findings, a denial, a difference. 2 and above: the page is wrong.
      expect([0, 1], stderr).toContain(status);
      expect(stderr).not.toMatch(/charm-mesh: |error: |not found|unknown/i);
    },
  );

  test.each(COMMANDS.filter(isNpm).map((one) => [`${one.page}: ${one.line}`, one] as const))("%s", (_, { line }) => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    const [, name = ""] = /^npm (?:run )?([\w-]+)/.exec(line) ?? [];
    if (/^npm ci\b/.test(line) || line.startsWith("code --install-extension dist/charm-mesh.vsix")) return;
    expect(Object.keys(scripts)).toContain(name);
  });

  test("what the pages name in a sentence as `npm run …` is a script too", () => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: Record<string, string> };
    for (const page of PAGES)
      for (const [, name = ""] of textOf(page).matchAll(/\bnpm run ([\w-]+)/g))
        expect(Object.keys(scripts), page).toContain(name);
  });
});
