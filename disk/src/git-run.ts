import { spawn } from "node:child_process";
import { gitProgram } from "./git-program.ts";

/** What git answered; `failure` is what it said instead, or null. */
export interface GitAnswer {
  readonly bytes: Buffer;
  readonly text: string;
  readonly failure: string | null;
}

/** Variables that bind git to another repository than the one it is run in: hooks set them (`git rev-parse --local-env-vars`). */
const LOCAL_VARIABLES = [
  "GIT_ALTERNATE_OBJECT_DIRECTORIES",
  "GIT_CONFIG",
  "GIT_CONFIG_PARAMETERS",
  "GIT_CONFIG_COUNT",
  "GIT_OBJECT_DIRECTORY",
  "GIT_DIR",
  "GIT_WORK_TREE",
  "GIT_IMPLICIT_WORK_TREE",
  "GIT_GRAFT_FILE",
  "GIT_INDEX_FILE",
  "GIT_NO_REPLACE_OBJECTS",
  "GIT_REPLACE_REF_BASE",
  "GIT_PREFIX",
  "GIT_SHALLOW_FILE",
  "GIT_COMMON_DIR",
];

/**
 * Nothing of the repository is run, and a bare repository that lies among its files is not taken for one (git 2.38 and later; `readGitWorkspace`
 * looks by itself too).
 */
const HARMLESS = [
  "core.fsmonitor=false",
  "core.hooksPath=/dev/null",
  "protocol.allow=never",
  "safe.bareRepository=explicit",
].flatMap((one) => ["-c", one]);

/**
 * Objects that a partial clone lacks are not fetched. A repository's own `protocol.<name>.allow` goes before `protocol.allow`, and git before
 * 2.45 does not know GIT_NO_LAZY_FETCH in all its releases, so GIT_ALLOW_PROTOCOL names a protocol that there is not: it goes before
 * every setting (https://git-scm.com/docs/git#Documentation/git.txt-GITALLOWPROTOCOL).
 */
const ENVIRONMENT = {
  GIT_ALLOW_PROTOCOL: "none",
  GIT_NO_LAZY_FETCH: "1",
  GIT_OPTIONAL_LOCKS: "0",
  GIT_TERMINAL_PROMPT: "0",
  LC_ALL: "C",
};

/**
 * Runs git in a folder: without a shell, without the network, without asking for anything, and without the repository's own
 * hooks or file-system monitor. Never rejects: that there is no git is a failure with a sentence too.
 */
export async function gitAnswer(cwd: string, args: readonly string[], input = ""): Promise<GitAnswer> {
  const program = await gitProgram(cwd);
  if (program === null) return answer([], "git can't be run: no folder of PATH outside of the workspace holds it");
  const answered = new Promise<GitAnswer>((resolve) => {
    const env: NodeJS.ProcessEnv = { ...process.env };
    for (const name of LOCAL_VARIABLES) delete env[name];
    const child = spawn(program, [...HARMLESS, ...args], {
      cwd,
      stdio: ["pipe", "pipe", "pipe"],
      env: { ...env, ...ENVIRONMENT },
    });
    const out: Buffer[] = [];
    const err: Buffer[] = [];
    child.stdout.on("data", (part: Buffer) => out.push(part));
    child.stderr.on("data", (part: Buffer) => err.push(part));
    child.stdin.on("error", () => undefined);
    child.stdin.end(input);
    child.on("error", (error) => resolve(answer([], `git can't be run: ${error.message}`)));
    child.on("close", (code) => {
      const said = Buffer.concat(err).toString("utf8").trim();
      resolve(answer(out, code === 0 ? null : said || `git ${args[0]} ended with code ${code}`));
    });
  });
  // Some of what keeps a process from starting is thrown at once: a folder that is a file, for one.
  return answered.catch((error: Error) => answer([], `git can't be run: ${error.message}`));
}

function answer(out: readonly Buffer[], failure: string | null): GitAnswer {
  const bytes = Buffer.concat(out);
  return { bytes, text: failure === null ? bytes.toString("utf8") : "", failure };
}
