import type { FileEdit, Location, SourceFile, TextEdit } from "#syntax";
import type { Fix } from "../diagnostic.ts";

/** Edits of one file that is there. */
export function editsOf(file: SourceFile, edits: readonly TextEdit[]): FileEdit {
  return { path: file.path, create: false, edits };
}

/** A fix over some files; edits of the same file are put together. `preferred`: the one that "fix all" takes. */
export function fix(title: string, edits: readonly FileEdit[], preferred = true): Fix {
  return { title, edits: merged(edits), preferred };
}

/** A fix whose edits are computed only on request: for those that touch many files. */
export function lazyFix(title: string, edits: () => readonly FileEdit[], preferred = true): Fix {
  let made: readonly FileEdit[] | null = null;
  return {
    title,
    preferred,
    get edits() {
      made ??= merged(edits());
      return made;
    },
  };
}

/** A fix that replaces the text of one place. */
export function replacementFix(title: string, location: Location, newText: string, preferred = true): Fix {
  return fix(title, [editsOf(location.file, [{ span: location.span, newText }])], preferred);
}

/** One FileEdit per file, in the order in which the files first come. */
export function merged(edits: readonly FileEdit[]): FileEdit[] {
  const byPath = new Map<string, FileEdit>();
  for (const each of edits) {
    if (each.edits.length === 0 && !each.create) continue;
    const known = byPath.get(each.path);
    byPath.set(each.path, known ? { ...known, edits: [...known.edits, ...each.edits] } : each);
  }
  return [...byPath.values()];
}
