import { access, realpath } from "node:fs/promises";
import path from "node:path";

/**
 * The folder that symbolic links below `folder` may lead to: the git repository around it, as charms of one repository share
 * files by links; without one, the folder itself. As a real path; a folder that is not there is its own.
 */
export async function linkBounds(folder: string): Promise<string> {
  const real = await realpath(folder).catch(() => path.resolve(folder));
  for (let at = real; ; at = path.dirname(at)) {
    const isRepository = await access(path.join(at, ".git")).then(
      () => true,
      () => false,
    );
    if (isRepository) return at;
    if (at === path.dirname(at)) return real;
  }
}

/** Whether a real path is a folder's own or below it. */
export function isWithin(folder: string, inside: string): boolean {
  return inside === folder || inside.startsWith(folder.endsWith(path.sep) ? folder : folder + path.sep);
}
