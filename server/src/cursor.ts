import type { TextDocumentPositionParams } from "vscode-languageserver";
import type { SourceFile } from "#syntax";
import { fileAt, type Moment } from "./moment.ts";

/** A client's position in a file that we know. */
export interface Cursor {
  readonly file: SourceFile;
  readonly offset: number;
}

/** Answers for a position; null for a file that is no matter of ours. */
export function atCursor<T>(
  moment: Moment,
  { textDocument, position }: TextDocumentPositionParams,
  answer: (cursor: Cursor) => T | null,
): T | null {
  const file = fileAt(moment, textDocument.uri);
  return file === null ? null : answer({ file, offset: moment.client.positions.offset(file, position) });
}
