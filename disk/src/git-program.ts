import { constants } from "node:fs";
import { access, realpath, stat } from "node:fs/promises";
import path from "node:path";
import { isWithin } from "./link-bounds.ts";

/** How git is called on this system; Windows looks up a bare name in the working directory first (libuv, src/win/process.c). */
const NAMES = process.platform === "win32" ? ["git.exe"] : ["git"];

/**
 * The absolute path of git from the folders that PATH names, so that nothing of a workspace is ever started in its place: relative
 * entries of PATH, and folders at or below `workspace`, do not count. Null where there is none.
 */
export async function gitProgram(workspace: string): Promise<string | null> {
  const inside = await realpath(workspace).catch(() => path.resolve(workspace));
  const isRoot = inside === path.parse(inside).root;
  for (const folder of (process.env["PATH"] ?? "").split(path.delimiter)) {
    if (!path.isAbsolute(folder)) continue;
    const real = await realpath(folder).catch(() => null);
    if (real === null || (!isRoot && isWithin(inside, real))) continue;
    for (const name of NAMES) {
      const candidate = path.join(folder, name);
      if (await isProgram(candidate)) return candidate;
    }
  }
  return null;
}

async function isProgram(file: string): Promise<boolean> {
  try {
    await access(file, constants.X_OK);
    return (await stat(file)).isFile();
  } catch {
    return false;
  }
}
