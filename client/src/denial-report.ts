import { commands, Disposable, EventEmitter, env, l10n, Uri, window, workspace } from "vscode";
import { explainRequest, type GraphOptions } from "#protocol";
import { visibleText } from "#syntax";
import { asked } from "./requests.ts";
import type { ServerProcess } from "./server-process.ts";

/** The report on denied requests, as a document that is shown as Markdown. */
export interface DenialReports extends Disposable {
  /** Shows the report on a log; null: asks for the log first. */
  readonly explain: (log: string | null) => Promise<void>;
}

const SCHEME = "charm-mesh-denials";
const DOCUMENT = Uri.from({ scheme: SCHEME, path: "/Denied Requests.md" });

/** More of a log does not fit into one request of the language server; the command line reads logs of any size. */
const LARGEST_LOG = 32 * 1024 * 1024;

/** The reports of one language server; `options` selects the mesh mode and the topology. */
export function denialReports(server: ServerProcess, options: () => GraphOptions): DenialReports {
  const changed = new EventEmitter<Uri>();
  let report = "";
  const registered = Disposable.from(
    changed,
    workspace.registerTextDocumentContentProvider(SCHEME, {
      onDidChange: changed.event,
      provideTextDocumentContent: () => report,
    }),
  );
  return {
    explain: async (given) => {
      const log = given ?? (await chosenLog());
      if (log === null) return;
      if (log.length > LARGEST_LOG) throw tooLarge();
      report = (await asked(server, explainRequest, { options: options(), log })).text;
      changed.fire(DOCUMENT);
      await commands.executeCommand("markdown.showPreview", DOCUMENT);
    },
    dispose: () => void registered.dispose(),
  };
}

/** The text of a log: what is selected, the clipboard, or a file; null where nothing is chosen. */
async function chosenLog(): Promise<string | null> {
  const editor = window.activeTextEditor;
  const selected = editor && !editor.selection.isEmpty ? editor.document.getText(editor.selection) : "";
  const clipboard = await env.clipboard.readText();
  const choices = [
    ...(selected.trim() === "" ? [] : [{ label: l10n.t("The selected text"), read: async () => selected }]),
    ...(clipboard.trim() === ""
      ? []
      : [
          {
            label: l10n.t("The clipboard"),
            description: visibleText(clipboard.trim().slice(0, 80)),
            read: async () => clipboard,
          },
        ]),
    { label: l10n.t("A log file…"), read: chosenFile },
    { label: l10n.t("One line, typed or pasted…"), read: typedLine },
  ];
  const choice = await window.showQuickPick(choices, {
    title: l10n.t("Explain a Denied Request"),
    placeHolder: l10n.t("Where is the access log of ztunnel, the waypoint or the gateway?"),
  });
  return choice ? await choice.read() : null;
}

function tooLarge(): Error {
  return new Error(l10n.t("The log is larger than 32 MiB. Use charm-mesh explain on the command line."));
}

async function typedLine(): Promise<string | null> {
  const line = await window.showInputBox({
    title: l10n.t("Explain a Denied Request"),
    prompt: l10n.t("A line of the access log of ztunnel, the waypoint or the gateway"),
  });
  return line?.trim() ? line : null;
}

async function chosenFile(): Promise<string | null> {
  const [uri] = (await window.showOpenDialog({ openLabel: l10n.t("Explain"), canSelectMany: false })) ?? [];
  if (!uri) return null;
  const { size } = await workspace.fs.stat(uri);
  if (size > LARGEST_LOG) throw tooLarge();
  return (await workspace.openTextDocument(uri)).getText();
}
