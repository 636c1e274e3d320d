import { mkdir } from "node:fs/promises";
import path from "node:path";
import { createTwoFilesPatch } from "diff";
import { isWithin, linkBounds, type WholeFile, writeWholeFiles } from "#disk";
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
 * Writes all the files or, where one can't be written or links lead out of the workspace with one, none: then the command ends with exit
 * code 2. Each is reported on standard error.
 * Where a project file with a lock beside it changes, it says that the lock has to follow: nothing here resolves packages.
 */
export async function writeFiles(session: Session, edits: readonly FileEdit[], terminal: Terminal): Promise<void> {
  const failure = (what: string, error: unknown): Failure =>
    new Failure(`${what} can't be written: ${error instanceof Error ? error.message : String(error)}`);
  const files: WholeFile[] = [];
  for (const edit of edits) {
    const target = path.resolve(edit.path);
    try {
      const real = await boundedPlace(session, target);
      if (edit.create) await mkdir(path.dirname(target), { recursive: true });
      // A new file takes no other's place, and no link's that leads to where nothing is yet.
      files.push({
        target: edit.create ? target : real,
        text: texts(session, edit).after,
        isNew: edit.create === true,
      });
    } catch (error) {
      throw failure(edit.path, error);
    }
  }
  await writeWholeFiles(files).catch((error: unknown) => {
    throw failure(counted(files.length, "file"), error);
  });
  for (const edit of edits) terminal.err(`${edit.create ? "created" : "changed"} ${edit.path}`);
  terminal.err(`${counted(edits.length, "file")} written.`);
  tellLocks(session, edits, terminal);
}

/** The lock files of requirements that must be updated after some edits. */
export function tellLocks(session: Session, edits: readonly FileEdit[], terminal: Terminal): void {
  for (const notice of lockNotices(edits, (name) => session.fileOf(name) !== undefined)) terminal.err(notice);
}

/** Where a file really lies or would be made; throws where that is outside of what the command was given. */
async function boundedPlace(session: Session, target: string): Promise<string> {
  const real = await realPlace(target);
  const bounds = await Promise.all(session.paths.map((given) => linkBounds(path.resolve(given))));
  if (!bounds.some((folder) => isWithin(folder, real))) throw new Error("it lies outside of the workspace");
  return real;
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
