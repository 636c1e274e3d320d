import { Position, Range, type TextEditor, Uri, ViewColumn, window, workspace } from "vscode";
import { type Place, uriRequest } from "#protocol";
import { asked } from "./requests.ts";
import type { ServerLife } from "./server-life.ts";

/** Opens the line of a place beside the panel and puts the cursor there; null where the server knows no such file. */
export async function revealedPlace(server: ServerLife, place: Place, panel?: ViewColumn): Promise<TextEditor | null> {
  const { uri } = await asked(server, uriRequest, { path: place.path });
  if (uri === null) return null;
  const document = await workspace.openTextDocument(Uri.parse(uri));
  const at = new Position(place.line, place.character);
  return window.showTextDocument(document, {
    viewColumn: columnBeside(panel),
    selection: new Range(at, at),
    preview: true,
  });
}

/** A column that does not cover the panel: one that shows text already, else the other of the first two. */
function columnBeside(panel: ViewColumn | undefined): ViewColumn {
  const shown = window.visibleTextEditors.find(({ viewColumn }) => viewColumn !== undefined && viewColumn !== panel);
  return shown?.viewColumn ?? (panel === ViewColumn.One ? ViewColumn.Two : ViewColumn.One);
}
