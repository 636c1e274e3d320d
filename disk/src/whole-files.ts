import { randomUUID } from "node:crypto";
import { copyFile, type FileHandle, link, lstat, open, rename, stat, unlink } from "node:fs/promises";
import path from "node:path";

/** One file to write: where it really lies (links followed), and its text, which is written as UTF-8. */
export interface WholeFile {
  readonly target: string;
  readonly text: string;
  /** The file must not be there yet; else it may be, and keeps its mode and its byte order mark. */
  readonly isNew: boolean;
}

/** A target with what was written beside it, and a second name of what it held before. */
interface Prepared {
  readonly target: string;
  readonly isNew: boolean;
  readonly beside: string;
  backup: string | null;
  isReplaced: boolean;
}

/**
 * Writes several files: all of them, or none where one can't be written. Each text is written and flushed beside its target and takes
 * its name at the end, so that whenever a process or a disk ends, each file holds either all of the old or all of the new text
 * (POSIX.1-2024, rename: the name refers to one of both at any time). Throws the error of the first that failed.
 */
export async function writeWholeFiles(files: readonly WholeFile[]): Promise<void> {
  const prepared: Prepared[] = [];
  try {
    for (const file of files) prepared.push(await written(file));
    for (const each of prepared) await replace(each);
  } catch (error) {
    for (const each of prepared) await restore(each);
    throw error;
  } finally {
    for (const { beside, backup } of prepared) {
      await unlink(beside).catch(() => undefined);
      if (backup !== null) await unlink(backup).catch(() => undefined);
    }
  }
  for (const folder of new Set(files.map(({ target }) => path.dirname(target)))) await flushFolder(folder);
}

async function written({ target, text, isNew }: WholeFile): Promise<Prepared> {
  if (isNew && (await lstat(target).catch(() => null)) !== null)
    throw Object.assign(new Error("it is there already"), { code: "EEXIST" });
  const before = isNew ? null : await stat(target).catch(() => null);
  if (before !== null && !before.isFile()) throw new Error("it is no regular file");
  const beside = nameBeside(target);
  const mark = before !== null && (await startsWithMark(target)) ? "\ufeff" : "";
  const handle = await open(beside, "wx");
  try {
    if (before !== null) {
      // Whom it belongs to can be kept only where the process may give files away; its mode always.
      await handle.chown(before.uid, before.gid).catch(() => undefined);
      await handle.chmod(before.mode & 0o7777);
    }
    await handle.writeFile(mark + text);
    await handle.sync();
  } catch (error) {
    await unlink(beside).catch(() => undefined);
    throw error;
  } finally {
    await handle.close();
  }
  return { target, isNew, beside, backup: null, isReplaced: false };
}

async function replace(each: Prepared): Promise<void> {
  if (each.isNew) {
    // A second name never takes the place of a file that came meanwhile; where a file system has none, the name is looked at first.
    await link(each.beside, each.target).catch(async (error: NodeJS.ErrnoException) => {
      if (error.code === "EEXIST") throw error;
      await rename(each.beside, each.target);
    });
  } else {
    const backup = nameBeside(each.target);
    const isThere = (await lstat(each.target).catch(() => null)) !== null;
    if (isThere) {
      await link(each.target, backup).catch(() => copyFile(each.target, backup));
      each.backup = backup;
    }
    await rename(each.beside, each.target);
  }
  each.isReplaced = true;
}

async function restore({ target, backup, isReplaced }: Prepared): Promise<void> {
  if (!isReplaced) return;
  if (backup === null) await unlink(target).catch(() => undefined);
  else await rename(backup, target).catch(() => undefined);
}

function nameBeside(target: string): string {
  return path.join(path.dirname(target), `.charm-mesh-${randomUUID()}`);
}

async function startsWithMark(file: string): Promise<boolean> {
  const handle = await open(file, "r");
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(3), 0, 3, 0);
    return bytesRead === 3 && buffer.equals(Buffer.from("\ufeff"));
  } finally {
    await handle.close();
  }
}

/** Brings the new names to the disk; a system that can't flush a folder (Windows) does it by itself. */
async function flushFolder(folder: string): Promise<void> {
  const handle: FileHandle | null = await open(folder, "r").catch(() => null);
  await handle?.sync().catch(() => undefined);
  await handle?.close();
}
