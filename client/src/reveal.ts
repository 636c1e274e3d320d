import { Position, Range, type TextEditor, Uri, ViewColumn, window, workspace } from "vscode";
import { type Place, uriRequest } from "#protocol";
import { columnBeside } from "./column-beside.ts";
import { asked } from "./requests.ts";
import type { ServerProcess } from "./server-process.ts";

/**
 * Opens the line of a place and puts the cursor there; null where the server doesn't know the file. `panel` is the column of a panel that
 * stays in sight.
 */
export async function revealedPlace(
  server: ServerProcess,
  place: Place,
  panel?: ViewColumn,
): Promise<TextEditor | null> {
  const { uri } = await asked(server, uriRequest, { path: place.path });
  if (uri === null) return null;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const at = new Position(place.line, place.character);
  return window.showTextDocument(document, {
    viewColumn: panel === undefined ? ViewColumn.Active : columnBeside(panel),
    selection: new Range(at, at),
    preview: true,
  });
}
