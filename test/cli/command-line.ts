import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { root } from "../tidy/source-tree.ts";

/** How a run of the built command line ended. */
export interface Run {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** The built command line. */
export const ENTRY = path.join(root, "dist/cli.js");

/** Runs `dist/cli.js` in a folder of the repository (or an absolute one), without colours; `input` is its standard input. */
export function charmMesh(
  args: readonly string[],
  cwd = "samples",
  env: Readonly<Record<string, string>> = {},
  input = "",
): Run {
  const run = spawnSync(process.execPath, [ENTRY, ...args], {
    cwd: path.resolve(root, cwd),
    encoding: "utf8",
    input,
    env: { PATH: process.env["PATH"] ?? "", HOME: process.env["HOME"] ?? "", ...env },
    maxBuffer: 64 * 1024 * 1024,
  });
  return { code: run.status, out: run.stdout, err: run.stderr };
}

/** A folder with some files, gone after `use`. */
export function inFolder<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  const folder = folderWith(files);
  try {
    return use(folder);
  } finally {
    removed(folder);
  }
}

/** A folder with some files; the caller removes it. */
export function folderWith(files: Readonly<Record<string, string | Uint8Array>>): string {
  const folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-test-"));
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    writeFileSync(path.join(folder, name), content);
  }
  return folder;
}

/** Takes a folder away with all that is in it. */
export function removed(folder: string): void {
  rmSync(folder, { recursive: true, force: true });
}
