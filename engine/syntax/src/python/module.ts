import type { SourceFile } from "../text/source-file.ts";
import type { PyModule } from "./node.ts";
import { readStrictly } from "./parse/strict.ts";
import { editedModule, soundModule } from "./recovery/edited.ts";
import { type CleanPiece, changeBetween, cleanPieces, lastReading } from "./recovery/last.ts";
import { readTolerantly } from "./recovery/tolerant.ts";

const modules = new WeakMap<SourceFile, PyModule>();

/** The clean pieces of modules that were read tolerantly; those of the others are found when an edit asks for them. */
const pieces = new WeakMap<PyModule, ReadonlyMap<number, CleanPiece>>();

/**
 * The syntax tree of a Python file. Never throws, and takes time in proportion to the text. A text that is Python is read as
 * CPython reads it. Any other is cut by its layout and read line by line; what stays broken is a `broken` node with a problem at
 * its place, and the module is `damaged`.
 *
 * `previous` is the file before an edit, if it was read already: what the edit does not touch is taken over instead of read again,
 * and what stood there stands in for what is broken now, marked in `stale`. For a file that is Python the result is the same with
 * and without it. Cached by the file.
 */
export function parsePython(file: SourceFile, previous?: SourceFile): PyModule {
  const known = modules.get(file);
  if (known) return known;
  const last = previous && modules.get(previous);
  const module = last ? afterEdit(file, previous, last) : (sound(file) ?? tolerant(file));
  modules.set(file, module);
  return module;
}

function afterEdit(file: SourceFile, previous: SourceFile, last: PyModule): PyModule {
  const change = changeBetween(previous.text, file.text);
  const edited = last.damaged ? null : editedModule(file, previous, last, change);
  return edited ?? sound(file) ?? tolerant(file, previous, last);
}

/** The tree of a file that is Python; null for any other. */
function sound({ text }: SourceFile): PyModule | null {
  const read = readStrictly(text, 0, text.length, 0, 0);
  return read && soundModule(text, read.statements, read.comments);
}

function tolerant({ text }: SourceFile, previous?: SourceFile, last?: PyModule): PyModule {
  let before = null;
  if (previous && last) {
    const clean = pieces.get(last) ?? cleanPieces(previous.text, last.body);
    pieces.set(last, clean);
    before = lastReading(previous, last, clean, changeBetween(previous.text, text));
  }
  const { statements, clean, ...found } = readTolerantly(text, before);
  const span = { start: 0, end: text.length };
  const module: PyModule = { kind: "module", span, body: statements, ...found, damaged: found.recovered.length > 0 };
  pieces.set(module, clean);
  return module;
}
