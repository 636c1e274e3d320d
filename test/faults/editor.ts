import type { Diagnostic, PublishDiagnosticsParams } from "vscode-languageserver/node";
import { changedNotification } from "#protocol";
import { FOLDER, type LspClient, lspClient } from "../support/lsp-client.ts";
import { type EditorFiles, editorFiles } from "./editor-files.ts";
import { edited, rangeOf, type TextEdit } from "./text-edit.ts";

/** A charm of its own whose name is changed to find out how far the server is. */
const MARKER = "zz-marker/charmcraft.yaml";

/** An editor with a server: sends what is done without waiting, as editors do, and keeps book of what is true. */
export interface Editor {
  readonly client: LspClient;
  readonly files: EditorFiles;
  readonly open: (path: string, version?: number, text?: string) => void;
  readonly change: (path: string, edits: readonly TextEdit[]) => void;
  readonly close: (path: string) => void;
  /** Writes files, or (null) takes them away, and tells of it: of all paths, or of the ones in `reported` instead. */
  readonly write: (texts: Readonly<Record<string, string | null>>, reported?: readonly string[]) => void;
  /** Ends when the server has taken in and published all that was sent. */
  readonly settled: () => Promise<void>;
  /** The diagnostics that are shown now, by path; files without any are left out. */
  readonly shown: () => ReadonlyMap<string, readonly Diagnostic[]>;
  readonly dispose: () => void;
}

/** An editor on some files on disk. `pause` is what every look of the server at the disk waits for. */
export async function editorOn(
  texts: Readonly<Record<string, string>>,
  pause: () => Promise<void> = async () => undefined,
): Promise<Editor> {
  // One that takes over from another ends its first settling with the same marker, so that both hold the same texts.
  let marker = texts[MARKER] === undefined ? 0 : Number(/\d+/.exec(texts[MARKER])?.[0]) - 1;
  const files = editorFiles({ ...texts, [MARKER]: markerText(marker) });
  const client = await lspClient({
    files: Object.fromEntries([...files.disk].map(([path, text]) => [uriOf(path), text])),
    pause,
  });
  const shown = new Map<string, readonly Diagnostic[]>();
  const published = ({ uri, diagnostics }: PublishDiagnosticsParams): void => {
    if (diagnostics.length === 0) shown.delete(uri);
    else shown.set(uri, diagnostics);
  };
  for (const params of client.publications) published(params);
  let arrived: (names: readonly (string | null)[]) => void = () => undefined;
  // Replaces the listeners of the simple client: an editor keeps only the last.
  client.connection.onNotification("textDocument/publishDiagnostics", published);
  client.connection.onNotification(
    changedNotification.method,
    ({ charms }: { charms: readonly { name: string | null }[] }) => arrived(charms.map(({ name }) => name)),
  );
  const notify = (method: string, params: unknown): void => void client.connection.sendNotification(method, params);

  const write: Editor["write"] = (changes, reported) => {
    const events = Object.entries(changes).map(([path, text]) => {
      const uri = uriOf(path);
      const type = text === null ? 3 : client.disk.has(uri) ? 2 : 1;
      if (text === null) {
        client.disk.delete(uri);
        files.disk.delete(path);
      } else {
        client.disk.set(uri, text);
        files.disk.set(path, text);
      }
      return { uri, type };
    });
    const others = reported?.map((path) => ({ uri: uriOf(path), type: client.disk.has(uriOf(path)) ? 2 : 3 }));
    notify("workspace/didChangeWatchedFiles", { changes: others ?? events });
  };

  return {
    client,
    files,
    open: (path, version = 1, text = files.text(path) ?? "") => {
      files.open.set(path, { text, version });
      const languageId = path.endsWith(".py") ? "python" : "yaml";
      notify("textDocument/didOpen", { textDocument: { uri: uriOf(path), languageId, version, text } });
    },
    change: (path, edits) => {
      const before = files.open.get(path);
      if (!before) return;
      const contentChanges: unknown[] = [];
      let { text } = before;
      for (const edit of edits) {
        contentChanges.push({ range: rangeOf(text, edit), text: edit.text });
        text = edited(text, edit);
      }
      const version = before.version + 1;
      files.open.set(path, { text, version });
      notify("textDocument/didChange", { textDocument: { uri: uriOf(path), version }, contentChanges });
    },
    close: (path) => {
      files.open.delete(path);
      notify("textDocument/didClose", { textDocument: { uri: uriOf(path) } });
    },
    write,
    settled: async () => {
      marker++;
      const name = `marker-${marker}`;
      const reached = new Promise<void>((resolve) => {
        arrived = (names) => {
          if (names.includes(name)) resolve();
        };
      });
      write({ [MARKER]: markerText(marker) });
      await reached;
    },
    shown: () => new Map([...shown].map(([uri, own]) => [decodeURIComponent(uri.slice(FOLDER.length + 1)), own])),
    dispose: () => client.dispose(),
  };
}

/** A path's URI in the spelling of editors. */
export function uriOf(path: string): string {
  return `${FOLDER}/${path.split("/").map(encodeURIComponent).join("/")}`;
}

function markerText(number: number): string {
  return `name: marker-${number}\ntype: charm\n`;
}

/** An editor that has just been started on what another one holds now: the same disk, the same documents open. */
export async function freshEditor(files: EditorFiles): Promise<Editor> {
  const fresh = await editorOn(Object.fromEntries(files.disk));
  for (const [path, { version, text }] of files.open) fresh.open(path, version, text);
  await fresh.settled();
  return fresh;
}
