import {
  type LocationLink,
  type Location as LspLocation,
  type MarkupContent,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import type { Location, SourceFile, Span } from "#syntax";
import { fileAt, type Moment } from "../moment.ts";

/** Where a request points to: the engine's file and offset. */
export interface Place {
  readonly file: SourceFile;
  readonly path: string;
  readonly offset: number;
}

/** Parameters of every request about one position. */
export interface PositionParams {
  readonly textDocument: { readonly uri: string };
  readonly position: { readonly line: number; readonly character: number };
}

/** The place of a request, or null for a file that is no matter of ours: the answer is then "nothing". */
export function placeOf(moment: Moment, { textDocument, position }: PositionParams): Place | null {
  const file = fileAt(moment, textDocument.uri);
  return file && { file, path: file.path, offset: moment.client.positions.offset(file, position) };
}

/** A span of a file as the client counts. */
export function rangeIn(moment: Moment, file: SourceFile, span: Span): Range {
  return moment.client.positions.range(file, span);
}

/** The range of a place in its own file. */
export function rangeAt(moment: Moment, { file, span }: Location): Range {
  return rangeIn(moment, file, span);
}

/** Places as LSP says them; those in files that the client could not open are left out. */
export function lspLocations(moment: Moment, places: readonly Location[]): LspLocation[] {
  return places.flatMap((place) => {
    const uri = moment.names.uriOf(place.file.path);
    return uri === null ? [] : [{ uri, range: rangeAt(moment, place) }];
  });
}

/** The same as links, which also say what was under the cursor. */
export function lspLinks(moment: Moment, origin: Location, places: readonly Location[]): LocationLink[] {
  return lspLocations(moment, places).map(({ uri, range }) => ({
    originSelectionRange: rangeAt(moment, origin),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}

/** Markdown for a client that shows it; the same text unformatted for one that does not. */
export function markup(formats: readonly MarkupKind[] | undefined, markdown: string): MarkupContent {
  const isShown = formats === undefined || formats.includes(MarkupKind.Markdown);
  return isShown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: markdown.replace(/[*_`]{1,3}|\\(?=[^\w\s])/g, "") };
}
