import { lstat, readlink, realpath } from "node:fs/promises";
import path from "node:path";
import { isWithin, linkBounds, writeWholeFiles } from "#disk";
import { Failure } from "./failure.ts";

/**
 * Writes a file that an option names. Anywhere a person says, but a name in the working directory stays there: a link of the
 * workspace that leads out of it, or a file that can't be written, ends the command with exit code 2.
 */
export async function writeNamed(name: string, text: string): Promise<void> {
  const target = path.resolve(name);
  try {
    const real = await realPlace(target);
    if (isWithin(process.cwd(), target) && !isWithin(await linkBounds(process.cwd()), real))
      throw new Error("it lies outside of the workspace");
    await writeWholeFiles([{ target: real, text, isNew: false }]);
  } catch (error) {
    throw new Failure(`${name} can't be written: ${error instanceof Error ? error.message : String(error)}`);
  }
}

/** The real path of a file, existing or new: it follows links, also a link to a path that does not exist yet. */
export async function realPlace(target: string, depth = 0): Promise<string> {
  const real = await realpath(target).catch(() => null);
  if (real !== null) return real;
  const folder = await realPlaceOfFolder(target, depth);
  const here = path.join(folder, path.basename(target));
  const isLink = await lstat(here).then(
    (found) => found.isSymbolicLink(),
    () => false,
  );
  // Links in a circle lead nowhere, and writing to them fails by itself.
  return isLink && depth < 40 ? await realPlace(path.resolve(folder, await readlink(here)), depth + 1) : here;
}

async function realPlaceOfFolder(target: string, depth: number): Promise<string> {
  const parent = path.dirname(target);
  return parent === target ? target : await realPlace(parent, depth);
}
