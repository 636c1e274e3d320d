import { l10n, Uri, window, workspace } from "vscode";
import type { ExportKind } from "#protocol";
import type { Platform } from "../platform.ts";
import { messageText, shownPath } from "../shown-text.ts";

const ENDINGS: Readonly<Record<ExportKind, { readonly ending: string; readonly label: string }>> = {
  svg: { ending: "svg", label: "SVG" },
  png: { ending: "png", label: "PNG" },
  mermaid: { ending: "mmd", label: "Mermaid" },
  markdown: { ending: "md", label: "Markdown" },
  yaml: { ending: "yaml", label: "YAML" },
  json: { ending: "json", label: "JSON" },
};

/** Every kind that can be exported, with its name for people. */
export const EXPORTS: readonly { readonly format: ExportKind; readonly label: string }[] = Object.entries(ENDINGS).map(
  ([kind, { label }]) => ({ format: kind as ExportKind, label }),
);

/** Writes what the panel exported where the person says; nothing where they say nowhere. */
export async function savedExport(platform: Platform, kind: ExportKind, content: string): Promise<void> {
  const { ending, label } = ENDINGS[kind];
  const folder = workspace.workspaceFolders?.[0]?.uri;
  const target = await window.showSaveDialog({
    ...(folder ? { defaultUri: Uri.joinPath(folder, `mesh-traffic.${ending}`) } : {}),
    filters: { [label]: [ending] },
  });
  if (!target) return;
  await workspace.fs.writeFile(
    target,
    kind === "png" ? platform.bytesOfBase64(content) : platform.bytesOfText(content),
  );
  const open = l10n.t("Open");
  const choice = await window.showInformationMessage(messageText(l10n.t("Saved {0}.", shownPath(target))), open);
  if (choice === open) await window.showTextDocument(target);
}
