import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, cpSync, mkdirSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";
import { loggedServer, methodsInGuide, wireOf } from "./driver/wire.ts";

const TIMEOUT = 120_000;
const answerSchema = z.object({
  findings: z.array(z.string()),
  hover: z.string().optional(),
  definition: z.string(),
  fixed: z.literal(true),
  renamed: z.array(z.string()).optional(),
});

/** The guide's blocks in a language, as a user would copy them. */
function guideBlocks(language: string): readonly string[] {
  const guide = readFileSync("docs/guide/other-editors.md", "utf8");
  return [...guide.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(([, text = ""]) => text);
}

const works = (command: string, ...args: readonly string[]): boolean => spawnSync(command, args).status === 0;
const hasEmacs = works(
  "emacs",
  "--batch",
  "--eval",
  "(progn (package-initialize) (require 'eglot) (require 'lsp-mode))",
);
const hasAle = works(
  "vim",
  "-N",
  "-u",
  "NONE",
  "-es",
  "-c",
  "packadd ale",
  "-c",
  "if !exists(':ALEHover') | cquit | endif",
  "-c",
  "qall!",
);

// Clients that Debian packages, configured as docs/guide/other-editors.md says. `charm-mesh` is found on PATH, as after an installation.
describe("editors that Debian has", () => {
  let home: string;
  let folder: string;
  let file: string;
  let env: NodeJS.ProcessEnv;
  beforeEach(() => {
    home = realpathSync(mkdtempSync(path.join(tmpdir(), "charm-mesh-editors-")));
    folder = path.join(home, "faulty");
    file = path.join(folder, "coordinator/src/charm.py");
    cpSync("samples/faulty", folder, { recursive: true });
    execFileSync("git", ["init", "-q", folder]);
    const bin = path.join(home, "bin");
    mkdirSync(bin);
    writeFileSync(
      path.join(bin, "charm-mesh"),
      `#!/bin/sh\nexec ${loggedServer(path.join(home, "wire"))
        .map((part) => `"${part}"`)
        .join(" ")} "$@"\n`,
    );
    chmodSync(path.join(bin, "charm-mesh"), 0o755);
    env = { ...process.env, HOME: home, PATH: `${bin}:${process.env["PATH"]}`, FILE: file, NEW_NAME: "tls-certs" };
  });
  afterEach(() => rmSync(home, { recursive: true, force: true }));

  const emacs = (driver: string, block: number): z.infer<typeof answerSchema> => {
    const config = path.join(home, "config.el");
    writeFileSync(config, guideBlocks("elisp")[block] ?? "");
    const script = path.resolve("test/e2e/driver", driver);
    const output = execFileSync("emacs", ["--batch", "--eval", "(package-initialize)", "-l", config, "-l", script], {
      encoding: "utf8",
      timeout: TIMEOUT,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...env, STATE: home },
    });
    return answerSchema.parse(JSON.parse(output.trim().split("\n").at(-1) ?? ""));
  };

  const holds = ({ findings, definition }: z.infer<typeof answerSchema>): void => {
    expect(findings.join("\n")).toContain("“loging”");
    expect(definition).toBe(path.join(folder, "coordinator/charmcraft.yaml"));
  };

  /** The table of methods in the guide is what this editor sent, and every request was answered. */
  const proves = (editor: string): void => {
    const { methods, failures } = wireOf(path.join(home, "wire"));
    expect(failures).toEqual([]);
    expect(methodsInGuide(editor)).toEqual(methods);
  };

  test.skipIf(!hasEmacs).each([
    ["eglot", "eglot.el", 0],
    ["lsp-mode", "lsp-mode.el", 2],
  ] as const)("Emacs with %s: a finding, hover, a jump, a fix, a rename", { timeout: TIMEOUT }, (_, driver, block) => {
    const answer = emacs(driver, block);
    holds(answer);
    expect(answer.hover).toContain("tls-certificates");
    expect(answer.renamed?.toSorted()).toEqual([path.join(folder, "coordinator/charmcraft.yaml"), file]);
    proves(driver === "eglot.el" ? "eglot" : "lsp-mode");
  });

  test.skipIf(!hasAle)("Vim with ALE: a finding, a jump, a fix, a rename", { timeout: TIMEOUT }, () => {
    const [config, out] = [path.join(home, "config.vim"), path.join(home, "out.json")];
    writeFileSync(config, guideBlocks("vim")[0] ?? "");
    const args = ["-N", "-u", "NONE", "-i", "NONE", "-es", "-S", path.resolve("test/e2e/driver/ale.vim")];
    execFileSync("vim", args, { timeout: TIMEOUT, stdio: "ignore", env: { ...env, CONFIG: config, OUT: out } });
    holds(answerSchema.parse(JSON.parse(readFileSync(out, "utf8"))));
    expect(readFileSync(file, "utf8")).toContain('"certificates": "tls-certs"');
    expect(readFileSync(path.join(folder, "coordinator/charmcraft.yaml"), "utf8")).toContain("  tls-certs:");
    proves("Vim with ALE");
  });
});
