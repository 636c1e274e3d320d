// Runs other programs until they exit.

import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";
import path from "node:path";
import { root } from "../bundles.mts";

/** How a program runs. */
export interface RunOptions {
  readonly cwd?: string;
  /** The file that the output is appended to. */
  readonly log?: string;
  readonly env?: NodeJS.ProcessEnv;
  /** Whether the output goes to this process's own output. */
  readonly inherit?: boolean;
  /** Milliseconds. */
  readonly timeout?: number;
}

/** How a program ended: its exit code, and the last 20,000 characters of its output. */
export interface Ended {
  readonly code: number;
  readonly output: string;
}

/** Runs a program until it exits. Never rejects: a program that can't start gives code 127, and the reason as `output`. */
export function ended(
  command: string,
  args: readonly string[],
  { cwd, log, env, inherit = false, timeout }: RunOptions = {},
): Promise<Ended> {
  return new Promise((resolve) => {
    let output = "";
    const take = (chunk: string): void => {
      output = (output + chunk).slice(-20_000);
      if (log) appendFileSync(log, chunk);
    };
    if (log) appendFileSync(log, `\n$ ${command} ${args.join(" ")}\n`);
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
      timeout,
      // npm and code are batch files on Windows, which only a shell can run.
      shell: process.platform === "win32" && !command.endsWith(".exe"),
    });
    child.stdout?.on("data", (chunk) => take(String(chunk)));
    child.stderr?.on("data", (chunk) => take(String(chunk)));
    child.on("error", (problem) => {
      take(`${problem.message}\n`);
      resolve({ code: 127, output });
    });
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

/** Runs the npm that started this process, with the given node; otherwise the npm on PATH. */
export function npm(
  args: readonly string[],
  { node = process.execPath, ...options }: RunOptions & { readonly node?: string } = {},
): Promise<Ended> {
  const cli = process.env["npm_execpath"];
  return cli?.endsWith(".js") ? ended(node, [cli, ...args], options) : ended("npm", args, options);
}

/** The arguments with which Node runs one of the programs of `scripts`, for example "build". */
export function scriptCommand(name: string): readonly string[] {
  return [path.join(root, "scripts", "run.mjs"), path.join(root, "scripts", `${name}.mts`)];
}
