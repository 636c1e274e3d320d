// Installs VS Code for the browser, from the npm package code-server, into a cache folder outside node_modules.

import { chmodSync, cpSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";
import { npm, type RunOptions } from "./run-command.mts";

/**
 * The oldest release has the VS Code that `engines.vscode` in package.json names, and runs on this project's Node. The newest release
 * needs a Node of its own.
 */
const RELEASES = {
  oldest: { version: "4.99.4", node: null },
  newest: { version: "4.139.1", node: "24.21.0" },
};

/** The only native part to build: the server works without the others, and file watching comes built. */
const NATIVE = { name: "node-pty", lost: "terminals" };

/** The folder for downloads that later runs use again. */
function cacheFolder(): string {
  if (process.env["XDG_CACHE_HOME"]) return path.join(process.env["XDG_CACHE_HOME"], "charm-mesh");
  if (process.platform === "win32" && process.env["LOCALAPPDATA"])
    return path.join(process.env["LOCALAPPDATA"], "charm-mesh");
  return path.join(homedir(), ".cache", "charm-mesh");
}

export type Release = keyof typeof RELEASES;

/** An installed code-server. */
export interface CodeServer {
  readonly version: string;
  /** The Node that runs it. */
  readonly node: string;
  /** The script to run. */
  readonly server: string;
  /** The features that are missing because their native parts could not be built. */
  readonly missing: readonly string[];
}

/** The steps that are complete, and the features that are missing so far. */
interface Installation {
  readonly steps: string[];
  missing: readonly string[];
}

/** Runs npm for one step; throws if it fails. */
type Need = (what: string, args: readonly string[], options: RunOptions) => Promise<void>;

/**
 * Returns a release, and installs it first if necessary. An interrupted installation continues at the step where it stopped. On failure,
 * throws an Error with the step and the path of its log.
 */
export async function installedCodeServer(
  which: Release,
  progress: (text: string) => void,
  cache = cacheFolder(),
): Promise<CodeServer> {
  const { version, node: ownNode } = RELEASES[which];
  const folder = path.join(cache, "code-server", version);
  const workbench = path.join(folder, "node_modules", "code-server", "lib", "vscode");
  const log = path.join(folder, "install.log");
  const state = path.join(folder, "installed.json");
  mkdirSync(folder, { recursive: true });
  const done: Installation = existsSync(state) ? JSON.parse(readFileSync(state, "utf8")) : { steps: [], missing: [] };

  const step = async (name: string, text: string, work: () => Promise<void>): Promise<void> => {
    if (done.steps.includes(name)) return;
    progress(text);
    await work();
    done.steps.push(name);
    writeFileSync(state, JSON.stringify(done));
  };
  const need: Need = async (what, args, options) => {
    const { code, output } = await npm([...args, "--no-audit", "--no-fund"], { log, ...options });
    if (code !== 0) throw new Error(`code-server ${version}: ${what} failed (log: ${log})\n${npmError(output)}`);
  };
  const flags = ["--ignore-scripts", "--no-save"];

  await step("server", `fetching VS Code for the browser (code-server ${version})`, () =>
    need("fetching the package", ["install", `code-server@${version}`, ...flags], { cwd: ownFolder(folder, ".") }),
  );
  await step("workbench", "fetching the parts of the workbench", () =>
    need("fetching the workbench's parts", ["install", "--omit=dev", "--ignore-scripts"], { cwd: workbench }),
  );
  let node = process.execPath;
  if (ownNode) {
    const name = `node-${process.platform === "win32" ? "win" : process.platform}-${process.arch}`;
    await step("node", `fetching Node ${ownNode} for VS Code`, () =>
      need("fetching Node", ["install", `${name}@${ownNode}`, ...flags], { cwd: ownFolder(folder, "node") }),
    );
    node = path.join(folder, "node", "node_modules", name, "bin", process.platform === "win32" ? "node.exe" : "node");
  }
  await step("search", "fetching the file search", () => searchInstalled(folder, workbench, need));
  await step("native", "building native parts", async () => {
    const headers = path.join(path.dirname(node), "..");
    const env = existsSync(path.join(headers, "include", "node", "node.h")) ? { npm_config_nodedir: headers } : {};
    const built = await npm(["rebuild", NATIVE.name], { cwd: workbench, log, node, env: { ...process.env, ...env } });
    done.missing = built.code === 0 ? [] : [NATIVE.lost];
  });
  return { version, node, server: path.join(workbench, "out", "server-main.js"), missing: done.missing };
}

/**
 * Installs ripgrep for the file search. The package that VS Code uses downloads it in an install script; the newer packages for one
 * platform contain it. Also links the second name of the modules' folder, where extensions look for ripgrep.
 */
async function searchInstalled(folder: string, workbench: string, need: Need): Promise<void> {
  const name = `@vscode/ripgrep-${process.platform}-${process.arch}`;
  await need("fetching ripgrep", ["install", `${name}@1.18.0`, "--ignore-scripts", "--no-save", "--force"], {
    cwd: ownFolder(folder, "search"),
  });
  const file = process.platform === "win32" ? "rg.exe" : "rg";
  const target = path.join(workbench, "node_modules", "@vscode", "ripgrep", "bin");
  mkdirSync(target, { recursive: true });
  cpSync(path.join(folder, "search", "node_modules", name, "bin", file), path.join(target, file));
  chmodSync(path.join(target, file), 0o755);
  const alias = path.join(workbench, "node_modules.asar");
  if (!existsSync(alias)) symlinkSync("node_modules", alias, "junction");
}

/** Makes a folder with a package.json, so that npm installs there and not in a parent folder. */
function ownFolder(folder: string, name: string): string {
  const own = path.join(folder, name);
  mkdirSync(own, { recursive: true });
  writeFileSync(path.join(own, "package.json"), '{ "private": true }\n');
  return own;
}

/** The first lines of the error that npm reports. */
function npmError(output: string): string {
  const lines = output.split("\n").filter((line) => line.startsWith("npm error "));
  return (lines.length > 0 ? lines.slice(0, 4) : output.trimEnd().split("\n").slice(-4)).join("\n");
}
