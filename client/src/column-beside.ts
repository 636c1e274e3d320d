import { ViewColumn, window } from "vscode";

/**
 * An editor column beside another one (of a panel or of the active editor): one that shows text, else any that exists. Only where there is no
 * other column a new one is opened.
 */
export function columnBeside(taken: ViewColumn | undefined): ViewColumn {
  const other = (column: ViewColumn | undefined): column is ViewColumn => column !== undefined && column !== taken;
  return (
    window.visibleTextEditors.map(({ viewColumn }) => viewColumn).find(other) ??
    window.tabGroups.all.map(({ viewColumn }) => viewColumn).find(other) ??
    ViewColumn.Beside
  );
}
