import { l10n, Uri, window, workspace } from "vscode";
import type { WorkspaceEdit as LspWorkspaceEdit } from "vscode-languageclient";
import { addMeshSupportRequest, charmsRequest } from "#protocol";
import { asked } from "./requests.ts";
import type { ServerProcess } from "./server-process.ts";
import { messageText, shownPath } from "./shown-text.ts";

/**
 * Offers the guide's steps over a charm as an edit to look at before it is made: the charm of `file`, of the active editor, or one that
 * is chosen. VS Code shows the edit where a gap asks to be confirmed. Otherwise the steps and their files are listed, with *Apply*.
 * One message says afterwards how many files were changed and what is left to do: gaps to fill in, and locks of requirements, which
 * are not ours to make; or that there is nothing to add.
 */
export async function offeredMeshSupport(server: ServerProcess, file: string | null): Promise<void> {
  const uri = file === null ? await charmToSupport(server) : Uri.parse(file);
  if (!uri) return;
  const { edit, charms, gaps, notices } = await asked(server, addMeshSupportRequest, { uri: uri.toString() });
  const names = charms.join(", ");
  if (edit === null) {
    const nothing = names
      ? l10n.t("{0}: service mesh support is complete as far as it can be added.", names)
      : l10n.t("{0} belongs to no charm.", shownPath(uri));
    void window.showInformationMessage(messageText(nothing));
    return;
  }
  if (gaps === 0 && !(await isAccepted(names, edit as LspWorkspaceEdit))) return;
  const client = await server.client();
  const made = await client.protocol2CodeConverter.asWorkspaceEdit(edit as LspWorkspaceEdit);
  const isMade = await workspace.applyEdit(made, { isRefactoring: true });
  if (!isMade) return;
  const left =
    gaps > 0 ? [l10n.t("Gaps left to fill in: {0}. They are marked GAP, or left out if not confirmed.", gaps)] : [];
  const changed = l10n.t("Added service mesh support to {0}. Files changed: {1}.", names, made.size);
  void window.showInformationMessage(messageText([changed, ...left, ...notices].join(" ")));
}

/** Asks whether an edit is to be made, with the guide's steps and the files that each of them changes. */
async function isAccepted(names: string, { documentChanges = [], changeAnnotations = {} }: LspWorkspaceEdit) {
  const apply = l10n.t("Apply");
  const steps = Object.entries(changeAnnotations).map(([id, { label }]) => {
    const files = documentChanges.flatMap((change) =>
      "textDocument" in change && change.edits.some((edit) => "annotationId" in edit && edit.annotationId === id)
        ? shownPath(Uri.parse(change.textDocument.uri))
        : [],
    );
    return `${label}: ${[...new Set(files)].join(", ")}`;
  });
  const question = l10n.t("Add service mesh support to {0}?", names);
  return (
    (await window.showInformationMessage(messageText(question), { modal: true, detail: steps.join("\n") }, apply)) ===
    apply
  );
}

/** A file of the chosen charm: the active file if it belongs to a charm, otherwise one that the user picks. */
async function charmToSupport(server: ServerProcess): Promise<Uri | undefined> {
  const { charms } = await asked(server, charmsRequest, {});
  const active = window.activeTextEditor?.document.uri;
  const around = charms.find(({ uri }) => active?.toString().startsWith(`${Uri.parse(uri).toString()}/`));
  if (around && active) return active;
  const [only, another] = charms;
  if (only && !another) return metadataIn(only.uri);
  const choice = await window.showQuickPick(
    charms.map(({ name, path, uri }) => ({ label: name ?? path, description: path, uri })),
    { placeHolder: l10n.t("Add service mesh support to which charm? Its cluster comes along.") },
  );
  return choice && metadataIn(choice.uri);
}

function metadataIn(folder: string): Uri {
  return Uri.joinPath(Uri.parse(folder), "charmcraft.yaml");
}
