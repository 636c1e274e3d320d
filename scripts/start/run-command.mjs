// Other programs, run to their end.

import { spawn } from "node:child_process";
import { appendFileSync } from "node:fs";

/** @typedef {{ cwd?: string, log?: string, env?: NodeJS.ProcessEnv, inherit?: boolean, timeout?: number }} Options */

/**
 * Runs a program to its end. Its output goes to the log file, or with `inherit` to this process's own output.
 * Never rejects: a program that fails to start ends with code 127 and the reason in `output`.
 * @param {string} command @param {readonly string[]} args @param {Options} [options]
 * @returns {Promise<{ code: number, output: string }>}
 */
export function ended(command, args, { cwd, log, env, inherit = false, timeout } = {}) {
  return new Promise((resolve) => {
    let output = "";
    const take = (chunk) => {
      output = (output + chunk).slice(-20_000);
      if (log) appendFileSync(log, chunk);
    };
    if (log) appendFileSync(log, `\n$ ${command} ${args.join(" ")}\n`);
    const child = spawn(command, args, {
      cwd,
      env: env ?? process.env,
      stdio: inherit ? "inherit" : ["ignore", "pipe", "pipe"],
      timeout,
      // npm and code are batch files there, which only a shell can run.
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

/**
 * The npm that runs us, or the one on PATH, to be run by some node.
 * @param {readonly string[]} args @param {Options & { node?: string }} [options]
 */
export function npm(args, { node = process.execPath, ...options } = {}) {
  const cli = process.env.npm_execpath;
  return cli?.endsWith(".js") ? ended(node, [cli, ...args], options) : ended("npm", args, options);
}
