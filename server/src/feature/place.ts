import {
  type LocationLink,
  type Location as LspLocation,
  type MarkupContent,
  MarkupKind,
  type Range,
} from "vscode-languageserver";
import type { Location, SourceFile, Span } from "#syntax";
import { fileAt, type ServerSnapshot } from "../snapshot.ts";

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
export function placeOf(snapshot: ServerSnapshot, { textDocument, position }: PositionParams): Place | null {
  const file = fileAt(snapshot, textDocument.uri);
  return file && { file, path: file.path, offset: snapshot.client.positions.offset(file, position) };
}

/** A span of a file as the client counts. */
export function rangeIn(snapshot: ServerSnapshot, file: SourceFile, span: Span): Range {
  return snapshot.client.positions.range(file, span);
}

/** The range of a place in its own file. */
export function rangeAt(snapshot: ServerSnapshot, { file, span }: Location): Range {
  return rangeIn(snapshot, file, span);
}

/** Places as LSP says them; those in files that the client could not open are left out. */
export function lspLocations(snapshot: ServerSnapshot, places: readonly Location[]): LspLocation[] {
  return places.flatMap((place) => {
    const uri = snapshot.names.uriOf(place.file.path);
    return uri === null ? [] : [{ uri, range: rangeAt(snapshot, place) }];
  });
}

/** The same as links, which also say what was under the cursor. */
export function lspLinks(snapshot: ServerSnapshot, origin: Location, places: readonly Location[]): LocationLink[] {
  return lspLocations(snapshot, places).map(({ uri, range }) => ({
    originSelectionRange: rangeAt(snapshot, origin),
    targetUri: uri,
    targetRange: range,
    targetSelectionRange: range,
  }));
}

/** Markdown for a client that says that it shows it; the same text unformatted for any other. */
export function markup(formats: readonly MarkupKind[] | undefined, markdown: string): MarkupContent {
  const isShown = formats?.includes(MarkupKind.Markdown) === true;
  return isShown
    ? { kind: MarkupKind.Markdown, value: markdown }
    : { kind: MarkupKind.PlainText, value: plainText(markdown) };
}

/** The words of a Markdown text: code keeps every character, marks of emphasis and escapes go elsewhere. */
function plainText(markdown: string): string {
  const lines: string[] = [];
  let fence: string | null = null;
  for (const line of markdown.split("\n")) {
    const mark = /^`{3,}/.exec(line)?.[0] ?? null;
    if (mark !== null && (fence === null || line === fence)) fence = fence === null ? mark : null;
    else lines.push(fence === null ? plainLine(line) : line);
  }
  return lines.join("\n");
}

function plainLine(line: string): string {
  let code: string | null = null;
  let text = "";
  for (const part of line.split(/(`+)/)) {
    if (part.startsWith("`") && (code === null || code === part)) code = code === null ? part : null;
    else text += code === null ? withoutMarks(part) : part;
  }
  return text;
}

function withoutMarks(text: string): string {
  return text.replace(/(?<!\\)\*|(?<![\w\\])_|(?<!\\)_(?!\w)/g, "").replace(/\\([^\w\s]|_)/g, "$1");
}
