import { readFile } from "node:fs/promises";
import path from "node:path";
import { readWorkspace, walk } from "#disk";
import { type Analysis, analysis, DEFAULT_SETTINGS, editedWorkspace, renamed, type Workspace } from "#ide";
import { type FileEdit, positionAt, type SourceFile, type Span, sourceFile } from "#syntax";

/** One place that a rename changes, or leaves, as a reader judges it: `path:line: text of the line`. */
export interface RenamedPlace {
  readonly place: string;
  /** True where the line speaks of something that is no relation: a container, an application, a service, a role. */
  readonly isUnusual: boolean;
}

/** What the rename of one relation does to a workspace. */
export interface RenameResult {
  /** `charm root: endpoint`. */
  readonly relation: string;
  /** The reason of the refusal; null where the rename is possible. */
  readonly refusal: string | null;
  readonly silent: readonly RenamedPlace[];
  readonly asked: readonly RenamedPlace[];
  /** Strings that hold the same word and stay as they are, without a question. */
  readonly left: readonly RenamedPlace[];
  readonly problems: readonly string[];
}

/** An entry of an endpoint map, and `application:endpoint`, without the name. */
const USUAL_FORMS = /^\s*"[\w-]+": "",?$|:"/;

/** The charms, topologies and Terraform sources below a folder, which the command line reads without the last. */
export async function workspaceBelow(folder: string): Promise<Workspace> {
  const disk = await readWorkspace(["."], { base: folder });
  const { files } = await walk(path.resolve(folder));
  const sources = files
    .filter((file) => file.endsWith(".tf"))
    .map(async (file) => sourceFile(path.relative(folder, file), await readFile(file, "utf8")));
  return {
    charms: disk.charms,
    topologies: disk.topologies,
    terraform: await Promise.all(sources),
    settings: DEFAULT_SETTINGS,
    settingsFiles: disk.settings,
    unreadable: disk.unreadable,
  };
}

/** Words of a line that make its reader doubt that the string on it names a relation. */
const OTHER_THINGS = /container|\bapp|_app\b|application|service|workload|role|enum|deploy|user|database|image|snap/i;
const RELATIONS = /relation|endpoint|integrat|requires|provides|peer|self\.on\b|UnitPolicy|AppPolicy/i;

/**
 * Renames every relation of every charm of a workspace alone, in memory, without the places that a client asks about. A result has
 * problems where the workspace then checks differently: findings are compared by file, rule and message, in which the new name counts
 * as the old one. A refusal is no problem.
 */
export function renameSweep(workspace: Workspace): readonly RenameResult[] {
  const before = analysis(workspace);
  return before.charms.flatMap((charm) =>
    charm.metadata.relations.map(({ endpoint, key }) => {
      const newName = `zz-${endpoint}`;
      const relation = `${charm.charm.root || "."}: ${endpoint}`;
      const made = renamed(before, key.file.path, key.span.start, newName);
      if (made === null || "refusal" in made)
        return { relation, refusal: made?.refusal ?? "no name", silent: [], asked: [], left: [], problems: [] };
      const files = new Map(filesOf(workspace).map((file) => [file.path, file]));
      const own = [...charm.charm.files.values()];
      return {
        relation,
        refusal: null,
        silent: placesOf(files, made.edits),
        asked: placesOf(files, made.uncertain),
        left: leftPlaces(own, endpoint, made),
        problems: differences(
          findings(before, newName, endpoint),
          findings(analysis(editedWorkspace(workspace, made.edits)), newName, endpoint),
        ),
      };
    }),
  );
}

function filesOf({ charms, topologies, terraform }: Workspace): readonly SourceFile[] {
  return [...charms.flatMap(({ files }) => [...files.values()]), ...topologies, ...(terraform ?? [])];
}

function placesOf(files: ReadonlyMap<string, SourceFile>, edits: readonly FileEdit[]): readonly RenamedPlace[] {
  return edits.flatMap(({ path, edits: inFile }) => {
    const file = files.get(path);
    return file ? inFile.map(({ span }) => placeAt(file, span)) : [];
  });
}

function placeAt(file: SourceFile, { start, end }: Span): RenamedPlace {
  const from = file.text.lastIndexOf("\n", start - 1) + 1;
  const to = file.text.indexOf("\n", end);
  const line = file.text.slice(from, to < 0 ? undefined : to);
  const context = line.slice(0, start - from) + line.slice(end - from);
  return {
    place: `${file.path}:${positionAt(file, start).line + 1}: ${`${line.slice(0, start - from)}«${line.slice(start - from, end - from)}»${line.slice(end - from)}`.trim()}`,
    isUnusual:
      file.path.endsWith(".py") && OTHER_THINGS.test(context) && !RELATIONS.test(context) && !USUAL_FORMS.test(context),
  };
}

type Edits = Exclude<NonNullable<ReturnType<typeof renamed>>, { refusal: string }>;

/** Strings of the charm's own Python that are the name, outside of what the rename edits or asks about. */
function leftPlaces(files: readonly SourceFile[], name: string, made: Edits): readonly RenamedPlace[] {
  const touched = new Set(
    [...made.edits, ...made.uncertain].flatMap(({ path, edits }) => edits.map(({ span }) => `${path}:${span.start}`)),
  );
  return files
    .filter(({ path }) => path.endsWith(".py") && !/(?:^|\/)lib\/charms\//.test(path))
    .flatMap((file) =>
      [...file.text.matchAll(new RegExp(`(?<=["':])${name}(?=["'])`, "g"))]
        .filter(({ index }) => !touched.has(`${file.path}:${index}`))
        .map(({ index }) => placeAt(file, { start: index, end: index + name.length })),
    );
}

function findings(of: Analysis, newName: string, name: string): readonly string[] {
  const written = (text: string): string =>
    text.replaceAll(newName, name).replaceAll(newName.replaceAll("-", "_"), name.replaceAll("-", "_"));
  return of.diagnostics().map(({ code, message, location }) => written(`${location.file.path} ${code}: ${message}`));
}

/** Lines that are in one list and not in the other, each with a sign for its list. */
function differences(before: readonly string[], after: readonly string[]): readonly string[] {
  const count = (lines: readonly string[], line: string): number => lines.filter((each) => each === line).length;
  return [...new Set([...before, ...after])].flatMap((line) => {
    const more = count(after, line) - count(before, line);
    return more === 0 ? [] : [`${more > 0 ? "new" : "gone"}: ${line}`];
  });
}
