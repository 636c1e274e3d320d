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
    show: (state) => {
      if (state.charms.length === 0) return item.hide();
      const { error, warning } = state.findings;
      const without = state.withoutMesh.length;
      const counts = [...(error > 0 ? [`$(error) ${error}`] : []), ...(warning > 0 ? [`$(warning) ${warning}`] : [])];
      const summary = l10n.t("Charm Mesh: {0} charms, {1} errors, {2} warnings.", state.charms.length, error, warning);
      const label = l10n.t("Charm Mesh, {0} errors, {1} warnings", error, warning);
      if (isNothingSetUp(state)) {
        item.command = "charmMesh.addMeshSupport";
        item.text = `$(type-hierarchy) ${l10n.t("Mesh: not set up")} ${counts.join(" ")}`.trimEnd();
        item.tooltip = [summary, l10n.t("No charm here has service mesh support. Click to add it.")].join(" ");
        item.accessibilityInformation = { label: [label, l10n.t("not set up")].join(", ") };
      } else {
        item.command = "charmMesh.showGraph";
        const rest = without > 0 ? ` · ${l10n.t("{0} not set up", without)}` : "";
        item.text = `$(type-hierarchy) Mesh ${counts.length > 0 ? counts.join(" ") : "$(check)"}${rest}`;
        const named = without > 0 ? [l10n.t("Without service mesh support: {0}.", namesWithout(state))] : [];
        item.tooltip = [summary, ...named, l10n.t("Click to see the traffic graph.")].join(" ");
        item.accessibilityInformation = { label: `${label}${rest && `, ${l10n.t("{0} not set up", without)}`}` };
      }
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

/** Whether some charm has no mesh support, and no other one has any. A worker goes with its coordinator. */
function isNothingSetUp({ charms, withoutMesh }: ChangedNotification): boolean {
  const has = charms.some(
    ({ kind, path }) => (kind === "coordinator" || kind === "standalone") && !withoutMesh.includes(path),
  );
  return withoutMesh.length > 0 && !has;
}

/** The names of the charms without mesh support; of many, the first ones. */
function namesWithout({ charms, withoutMesh }: ChangedNotification): string {
  const names = charms.filter(({ path }) => withoutMesh.includes(path)).map(({ name, path }) => name ?? path);
  return names.length > 10 ? `${names.slice(0, 10).join(", ")}, …` : names.join(", ");
}
