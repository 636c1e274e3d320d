import path from "node:path";
import type { CharmModel } from "#charm";
import { type DiskWorkspace, isWithin, leftOut, readWorkspace, streamText, textFile } from "#disk";
import { type Analysis, analysis, type Settings } from "#ide";
import { type SourceFile, sourceFile } from "#syntax";
import { Failure } from "./failure.ts";
import { counted } from "./report/plural.ts";
import type { Terminal } from "./terminal.ts";

/** What a command works on: the charms below its paths, read and analysed. */
export interface Session {
  readonly analysis: Analysis;
  readonly disk: DiskWorkspace;
  readonly paths: readonly string[];
  /** The charms that a deployment is made of: a charm of tests is one only where its folder is named. */
  readonly models: readonly CharmModel[];
  fileOf(path: string): SourceFile | undefined;
}

export interface SessionOptions {
  readonly base?: string;
  readonly exclude?: readonly string[];
  readonly settings: Settings;
  /** The command reports findings, which already name unreadable files; standard error then does not repeat them. */
  readonly findings?: boolean;
  /** Whether a path without any charm is wrong use (the default) or simply nothing to do. */
  readonly charmsNeeded?: boolean;
}

/**
 * Reads and analyses everything below some folders (none: the working directory). A folder that can't be read, or
 * without a charm, ends the command with exit code 2; the session reports a single unreadable file inside and reads the rest.
 */
export async function openedSession(
  paths: readonly string[],
  options: SessionOptions,
  terminal: Terminal,
): Promise<Session> {
  const base = options.base ?? process.cwd();
  const wanted = paths.length > 0 ? paths : ["."];
  terminal.progress("reading charms…");
  const disk = await readWorkspace(wanted, { base, excluded: exclusion(base, options.exclude ?? []) });
  terminal.progress(null);
  const missing = disk.problems.filter((problem) => wanted.includes(problem.path));
  if (missing.length > 0) throw new Failure(missing.map((problem) => `${problem.path} ${problem.message}`));
  for (const text of leftOut({ ...disk, charms: options.findings ? [] : disk.charms }))
    terminal.err(terminal.paintError("yellow", text));
  const places = wanted.map((one) => `“${one}”`).join(", ");
  if (disk.charms.length === 0 && options.charmsNeeded !== false) {
    throw new Failure(
      `No charm found below ${places} (${counted(disk.seen, "file")} looked at).`,
      "A charm is a folder with charmcraft.yaml or metadata.yaml and Python in src.",
    );
  }
  const result = analysis({
    charms: disk.charms,
    topologies: disk.topologies,
    settings: options.settings,
    settingsFiles: disk.settings,
    unreadable: disk.unreadable,
  });
  if (result.charms.length === 0 && options.charmsNeeded !== false)
    throw new Failure([`No charm could be read below ${places}.`, ...leftOut(disk)]);
  const files = new Map<string, SourceFile>();
  for (const charm of disk.charms) for (const file of charm.files.values()) files.set(file.path, file);
  for (const file of [...disk.topologies, ...disk.settings]) files.set(file.path, file);
  const models = result.charms.filter((charm) => !charm.test || isNamed(charm.charm.root, wanted, base));
  return { analysis: result, disk, paths: wanted, models, fileOf: (name) => files.get(name) };
}

/** Whether one of the paths names a folder of tests, or one below it, and the charm lies there. */
function isNamed(root: string, paths: readonly string[], base: string): boolean {
  const charm = path.resolve(base, root);
  return paths.some((given) => {
    const folder = path.resolve(base, given);
    if (
      !path
        .relative(base, folder)
        .split(path.sep)
        .some((part) => /^tests?$/.test(part))
    )
      return false;
    return isWithin(folder, charm);
  });
}

/** Names the standard input where a file is wanted. */
const STANDARD_INPUT = "-";

/**
 * One file that was named on the command line, or `-` for the standard input; one that can't be read ends the command with exit
 * code 2.
 */
export async function namedFile(name: string, base: string = process.cwd()): Promise<SourceFile> {
  const given = name === STANDARD_INPUT;
  const content = given ? await streamText(process.stdin) : await textFile(path.resolve(base, name));
  const called = given ? "standard input" : name;
  if ("unreadable" in content) throw new Failure(`${called} ${content.unreadable}`);
  if (given && content.text.trim() === "") throw new Failure("Standard input is empty.");
  return sourceFile(called, content.text);
}

function exclusion(base: string, excluded: readonly string[]): (absolute: string) => boolean {
  const folders = excluded.map((one) => path.resolve(base, one));
  return (absolute) => folders.some((folder) => absolute === folder || absolute.startsWith(folder + path.sep));
}
