import type { Command } from "commander";
import { addMeshSupport, analysis, editedWorkspace } from "#ide";
import { type FileEdit, positionAt } from "#syntax";
import { EXIT, Failure } from "../failure.ts";
import { patchText, tellLocks, texts, writeFiles } from "../file-edits.ts";
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
      const edits = addMeshSupport(session.analysis.charms).filter((edit) => edit.edits.length > 0);
      if (edits.length === 0) terminal.err(nothingText(session));
      else if (options.write) await write(session, edits, terminal);
      else show(session, edits, terminal);
      finish(EXIT.fine);
    });
}

/** Why there is nothing to add. A charm without containers runs on machines, where no mesh is. */
function nothingText({ analysis }: Session): string {
  const onMachines = analysis.charms.filter((charm) => !charm.test && charm.metadata.containers.length === 0);
  return onMachines.length === 0
    ? "Nothing to add: these charms have all of it."
    : `Nothing to add. No containers, so no charm for Kubernetes: ${onMachines.map((charm) => charm.charm.root || ".").join(", ")}.`;
}

async function write(session: Session, edits: readonly FileEdit[], terminal: Terminal): Promise<void> {
  await writeFiles(session, edits, terminal);
  if (hasGap(session, edits)) terminal.err("Look for GAP in them: what could not be read is marked.");
  for (const left of leftErrors(session, edits)) terminal.err(left);
}

/** Standard output gets the patch alone; standard error gets the notes for the reader. */
function show(session: Session, edits: readonly FileEdit[], terminal: Terminal): void {
  terminal.patch(patchText(session, edits));
  tellLocks(session, edits, terminal);
  if (hasGap(session, edits)) terminal.err("Look for GAP in it: what could not be read is marked.");
  for (const left of leftErrors(session, edits)) terminal.err(left);
}

function hasGap(session: Session, edits: readonly FileEdit[]): boolean {
  return edits.some((edit) => texts(session, edit).after.includes("# GAP:"));
}

/** What keeps the charms from starting once they have mesh support, and only a person can mend: an old lock, an old pydantic. */
function leftErrors({ analysis: before, disk }: Session, edits: readonly FileEdit[]): string[] {
  const known = new Set(before.diagnostics().map((each) => each.message));
  const settings = commandLineSettings([]);
  const after = editedWorkspace({ charms: disk.charms, topologies: [], settings }, edits);
  return analysis(after)
    .diagnostics()
    .filter((each) => each.severity === "error" && !known.has(each.message))
    .map(({ location: { file, span }, message }) => `${file.path}:${positionAt(file, span.start).line + 1} ${message}`);
}
