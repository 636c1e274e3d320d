import type { SourceFile } from "./source-file.ts";
import type { Span } from "./span.ts";

/** Replaces the text of `span` by `newText`; an empty span inserts. */
export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

/** Edits of one file; `create` holds for a file that is not there yet (its text is then empty). */
export interface FileEdit {
  readonly path: string;
  readonly create: boolean;
  readonly edits: readonly TextEdit[];
}

/**
 * The text after the edits. Edits apply by position; of two that overlap the function drops the later one,
 * so that combined fixes can never scramble a file. Insertions at one place keep their given order.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, index) => ({ edit, index }))
    .sort((a, b) => a.edit.span.start - b.edit.span.start || a.edit.span.end - b.edit.span.end || a.index - b.index);
  let out = "";
  let at = 0;
  for (const { edit } of ordered) {
    if (edit.span.start < at) continue;
    out += text.slice(at, edit.span.start) + edit.newText;
    at = edit.span.end;
  }
  return out + text.slice(at);
}

/** A new file with the edits applied and its version raised by one. */
export function edited(file: SourceFile, edits: readonly TextEdit[]): SourceFile {
  return { path: file.path, version: file.version + 1, text: applyEdits(file.text, edits) };
}
