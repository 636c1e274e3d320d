import type { FileEdit, TextEdit } from "#syntax";

/** One edit for each file, in order of first mention, without repetitions. */
export function mergedEdits(edits: readonly FileEdit[]): readonly FileEdit[] {
  const byPath = new Map<string, FileEdit & { readonly edits: TextEdit[] }>();
  for (const { path, create, edits: given } of edits) {
    const known = byPath.get(path) ?? { path, create, edits: [] };
    byPath.set(path, known);
    for (const each of given)
      if (!known.edits.some(({ span }) => span.start === each.span.start && span.end === each.span.end))
        known.edits.push(each);
  }
  return [...byPath.values()];
}
