import type { Command } from "commander";
import { addMeshSupport } from "#ide";
import type { FileEdit } from "#syntax";
import { EXIT, Failure } from "../failure.ts";
import { patchText, texts, writeFiles } from "../file-edits.ts";
import { collected } from "../output.ts";
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
      else terminal.out(patchText(session, edits));
      finish(EXIT.fine);
    });
}

async function write(session: Session, edits: readonly FileEdit[], terminal: Terminal): Promise<void> {
  await writeFiles(session, edits, terminal);
  if (edits.some((edit) => texts(session, edit).after.includes("# GAP:")))
    terminal.err("Look for GAP in them: what could not be read is marked.");
}
