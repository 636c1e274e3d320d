import { type Disposable, l10n, StatusBarAlignment, window } from "vscode";
import type { ChangedNotification } from "#protocol";

/** The entry in the status bar with the number of findings; hidden until a charm is found. */
export interface StatusItem extends Disposable {
  readonly show: (state: ChangedNotification) => void;
  /** The server stays stopped: what was counted last is no longer true. */
  readonly stopped: () => void;
}

/** The status bar's item; a click opens the graph. */
export function statusItem(): StatusItem {
  const item = window.createStatusBarItem("charmMesh.status", StatusBarAlignment.Left, 10);
  item.name = "Charm Mesh";
  return {
    show: ({ charms, findings }) => {
      if (charms.length === 0) return item.hide();
      item.command = "charmMesh.showGraph";
      const { error, warning } = findings;
      const counts = [...(error > 0 ? [`$(error) ${error}`] : []), ...(warning > 0 ? [`$(warning) ${warning}`] : [])];
      item.text = `$(type-hierarchy) Mesh ${counts.length > 0 ? counts.join(" ") : "$(check)"}`;
      item.tooltip = l10n.t(
        "Charm Mesh: {0} charms, {1} errors, {2} warnings. Click to see the traffic graph.",
        charms.length,
        error,
        warning,
      );
      item.accessibilityInformation = { label: l10n.t("Charm Mesh, {0} errors, {1} warnings", error, warning) };
      item.show();
    },
    stopped: () => {
      item.command = "charmMesh.restartServer";
      item.text = "$(type-hierarchy) Mesh $(debug-disconnect)";
      item.tooltip = l10n.t("Charm Mesh's language server is stopped. Click to start it again.");
      item.accessibilityInformation = { label: l10n.t("Charm Mesh, stopped") };
    },
    dispose: () => item.dispose(),
  };
}
