import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { createTwoFilesPatch } from "diff";
import { addMeshSupport } from "#ide";
import { applyEdits, type FileEdit } from "#syntax";
import { EXIT, Failure } from "../failure.ts";
import { collected } from "../output.ts";
import { counted } from "../report/plural.ts";
import { openedSession, type Session } from "../session.ts";
import { commandLineSettings } from "../settings.ts";
import type { Terminal } from "../terminal.ts";

interface AddMeshOptions {
  readonly write?: boolean;
  readonly diff?: boolean;
  readonly exclude?: readonly string[];
}

/** Adds `add-mesh`: the guide's steps over all files of the charms below the paths, as a diff or written. */
export function addAddMesh(program: Command, terminal: Terminal, finish: (code: number) => void): void {
  program
    .command("add-mesh [paths...]")
    .description("carry out the guide's steps for service mesh support over all files of the charms below PATHS")
    .option("--diff", "show what would change (the default)")
    .option("--write", "change the files")
    .option("--exclude <path>", "leave out what lies at or below this path (again for more)", collected)
    .addHelpText(
      "after",
      "\nExamples:\n  charm-mesh add-mesh coordinator worker\n  charm-mesh add-mesh . --diff > mesh.patch\n  charm-mesh add-mesh . --write",
    )
    .action(async (paths: string[], options: AddMeshOptions) => {
      if (options.write && options.diff) throw new Failure("--write and --diff exclude each other.");
      const session = await openedSession(
        paths,
        { settings: commandLineSettings([]), exclude: options.exclude ?? [] },
        terminal,
      );
      const edits = addMeshSupport(session.analysis.charms, session.analysis.parser).filter(
        (edit) => edit.edits.length > 0,
      );
      if (edits.length === 0) terminal.err("Nothing to add: these charms have all of it.");
      else if (options.write) await write(session, edits, terminal);
      else terminal.out(edits.map((edit) => patch(session, edit)).join(""));
      finish(EXIT.fine);
    });
}

function texts(session: Session, edit: FileEdit): { readonly before: string; readonly after: string } {
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

async function write(session: Session, edits: readonly FileEdit[], terminal: Terminal): Promise<void> {
  for (const edit of edits) {
    const target = path.resolve(edit.path);
    if (edit.create) await mkdir(path.dirname(target), { recursive: true });
    try {
      await writeFile(target, texts(session, edit).after);
    } catch (error) {
      throw new Failure(`${edit.path} can't be written: ${error instanceof Error ? error.message : String(error)}`);
    }
    terminal.err(`${edit.create ? "created" : "changed"} ${edit.path}`);
  }
  terminal.err(`${counted(edits.length, "file")} written. Look for GAP in them: what could not be read is marked.`);
}
