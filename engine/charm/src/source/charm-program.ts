import { type ConfigDefault, configOf, type Program, program, takesConfig } from "#python";
import { type PyModule, type SourceFile, type Span, silentEdit } from "#syntax";
import { libraryConstant } from "../catalog/library-constants.ts";
import type { CharmFiles } from "../charm-files.ts";
import type { Moves } from "./moved.ts";
import { sourceRoots } from "./source-roots.ts";

/** A charm's Python as a program, and where the places that the program knows lie in the charm's files as they are now. */
export interface CharmProgram {
  readonly python: Program;
  readonly moves: Moves;
}

/** How far everything behind an offset of the text that the program was made of has moved. */
type Shifts = ReadonlyMap<number, number>;

/** A file that the program was made of, and the same file now. */
interface KeptFile {
  readonly made: SourceFile;
  readonly now: SourceFile;
  readonly shifts: Shifts;
}

interface Kept {
  readonly files: ReadonlyMap<string, KeptFile>;
  readonly roots: string;
  readonly python: Program;
}

/** The program that each charm had last, by the first of its Python files. */
const programs = new WeakMap<SourceFile, Kept>();

/**
 * A charm's Python as a program. Where nothing that the program could read has changed, the program from before comes back with all
 * that it has worked out: after a letter in YAML, unless a config option that it read has another type or default, and after an edit in
 * a comment or a docstring. What it says of places then has to be `moved`.
 */
export function charmProgram(
  charm: CharmFiles,
  parse: (file: SourceFile) => PyModule,
  config: ReadonlyMap<string, ConfigDefault>,
): CharmProgram {
  const roots = JSON.stringify(sourceRoots(charm));
  // Nothing else of the charm: what is kept must not hold on to files that are no longer there.
  const files = pythonOf(charm.files);
  const [first] = files.values();
  const [previous] = pythonOf(charm.previous ?? new Map()).values();
  const known = (first && programs.get(first)) ?? (previous && programs.get(previous));
  const kept = known?.roots === roots ? keptFiles(known, files) : null;
  if (known && kept && takesConfig(known.python, config)) {
    if (first) programs.set(first, { ...known, files: kept });
    return { python: known.python, moves: movesOf(kept, configOf(known.python), config) };
  }
  const python = program({ files }, parse, { roots: sourceRoots(charm), config, constants: libraryConstant });
  const made = new Map([...files].map(([path, file]) => [path, { made: file, now: file, shifts: new Map() }] as const));
  if (first) programs.set(first, { files: made, roots, python });
  return { python, moves: new Map() };
}

function pythonOf(files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, SourceFile> {
  return new Map([...files].filter(([path]) => path.endsWith(".py")));
}

/** The files of a program as they are now; null where the program may mean something else now. */
function keptFiles(known: Kept, files: ReadonlyMap<string, SourceFile>): ReadonlyMap<string, KeptFile> | null {
  if (known.files.size !== files.size) return null;
  const kept = new Map<string, KeptFile>();
  for (const [path, file] of files) {
    const before = known.files.get(path);
    if (!before) return null;
    if (before.now === file) kept.set(path, before);
    else if (before.made === file) kept.set(path, { made: file, now: file, shifts: new Map() });
    else {
      const edit = silentEdit(before.now, file);
      if (!edit) return null;
      // The place in the text that the program was made of: nothing that it knows begins or ends inside of a comment or docstring.
      const at = unshifted(before.shifts, edit.at);
      const shifts = new Map(before.shifts);
      shifts.set(at, (shifts.get(at) ?? 0) + edit.by);
      kept.set(path, { made: before.made, now: file, shifts });
    }
  }
  // Modules are found in the order of the files.
  return [...known.files.keys()].every((path, at) => path === [...files.keys()][at]) ? kept : null;
}

function shifted(shifts: Shifts, offset: number): number {
  let by = 0;
  for (const [at, each] of shifts) if (at < offset) by += each;
  return offset + by;
}

/** The offset that `shifted` takes to this one, for one that no edit lies around. */
function unshifted(shifts: Shifts, offset: number): number {
  let made = offset;
  for (const [at, by] of [...shifts].sort(([a], [b]) => a - b)) if (at < made) made -= by;
  return made;
}

/** Where places of the texts and options that a program was made of lie now. */
function movesOf(
  files: ReadonlyMap<string, KeptFile>,
  made: ReadonlyMap<string, ConfigDefault>,
  now: ReadonlyMap<string, ConfigDefault>,
): Moves {
  const moves = new Map<SourceFile, { readonly file: SourceFile; readonly place: (span: Span) => Span }>();
  for (const each of files.values()) {
    if (each.made === each.now) continue;
    const place = ({ start, end }: Span): Span => ({
      start: shifted(each.shifts, start),
      end: shifted(each.shifts, end),
    });
    moves.set(each.made, { file: each.now, place });
  }
  if (made === now) return moves;
  const places = new Map<string, Span>();
  for (const [name, { location }] of made) {
    const next = now.get(name)?.location;
    if (!next || next.file === location.file) continue;
    places.set(keyOf(location.span), next.span);
    moves.set(location.file, { file: next.file, place: (span) => places.get(keyOf(span)) ?? span });
  }
  return moves;
}

function keyOf({ start, end }: Span): string {
  return `${start},${end}`;
}
