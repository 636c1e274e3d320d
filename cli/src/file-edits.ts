import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createTwoFilesPatch } from "diff";
import { isWithin, linkBounds } from "#disk";
import { lockNotices } from "#ide";
import { applyEdits, type FileEdit } from "#syntax";
import { Failure } from "./failure.ts";
import { counted } from "./report/plural.ts";
import type { Session } from "./session.ts";
import type { Terminal } from "./terminal.ts";
import { realPlace } from "./written-file.ts";

/** What some edits would change, as patches that `git apply` and `patch -p1` take. */
export function patchText(session: Session, edits: readonly FileEdit[]): string {
  return edits.map((edit) => patch(session, edit)).join("");
}

/**
 * Writes the files, and tells each of them on standard error. A file that can't be written, or that links lead out of the workspace
 * with, ends the command with exit code 2.
 * Where a project file with a lock beside it changes, it says that the lock has to follow: nothing here resolves packages.
 */
export async function writeFiles(session: Session, edits: readonly FileEdit[], terminal: Terminal): Promise<void> {
  for (const edit of edits) {
    const target = path.resolve(edit.path);
    try {
      await refuseOutside(session, target);
      if (edit.create) await mkdir(path.dirname(target), { recursive: true });
      // A new file takes no other's place, and no link's that leads to where nothing is yet.
      await writeFile(target, texts(session, edit).after, { flag: edit.create ? "wx" : "w" });
    } catch (error) {
      throw new Failure(`${edit.path} can't be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    terminal.err(`${edit.create ? "created" : "changed"} ${edit.path}`);
  }
  terminal.err(`${counted(edits.length, "file")} written.`);
  tellLocks(session, edits, terminal);
}

/** Tells which locks of requirements have to follow some edits. */
export function tellLocks(session: Session, edits: readonly FileEdit[], terminal: Terminal): void {
  for (const notice of lockNotices(edits, (name) => session.fileOf(name) !== undefined)) terminal.err(notice);
}

/** Throws where the real path of a file, existing or new, is outside of the command's folders. */
async function refuseOutside(session: Session, target: string): Promise<void> {
  const real = await realPlace(target);
  const bounds = await Promise.all(session.paths.map((given) => linkBounds(path.resolve(given))));
  if (!bounds.some((folder) => isWithin(folder, real))) throw new Error("it lies outside of the workspace");
}

/** The text of a file before and after an edit. */
export function texts(session: Session, edit: FileEdit): { readonly before: string; readonly after: string } {
  const before = session.fileOf(edit.path)?.text ?? "";
  return { before, after: applyEdits(before, edit.edits) };
}

function patch(session: Session, edit: FileEdit): string {
  const { before, after } = texts(session, edit);
  return createTwoFilesPatch(
    edit.create ? "/dev/null" : `a/${edit.path}`,
    `b/${edit.path}`,
    before,
    after,
    undefined,
    undefined,
    { context: 3 },
  );
}
