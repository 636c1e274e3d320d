import { Disposable, Uri, workspace } from "vscode";

/** Folders that hold other people's projects or build output; a charm in one of them is no reason to start. */
const ELSEWHERE = "**/{node_modules,.git,.tox,.nox,venv,.venv,build,dist,parts,stage,prime}/**";

/** Whether the workspace holds a charm: a charmcraft.yaml, or a metadata.yaml with a charm's source beside it. */
export async function hasCharm(): Promise<boolean> {
  const [charmcraft] = await workspace.findFiles("**/charmcraft.yaml", ELSEWHERE, 1);
  if (charmcraft) return true;
  // metadata.yaml is a common name; beside src/charm.py it is a charm's.
  const sources = await workspace.findFiles("**/src/charm.py", ELSEWHERE, 100);
  const found = await Promise.all(sources.map((source) => exists(Uri.joinPath(source, "..", "..", "metadata.yaml"))));
  return found.includes(true);
}

/** Calls `act` once, when the first charm appears in the workspace, whichever of its files comes last. */
export function onFirstCharm(act: () => void): Disposable {
  const watcher = workspace.createFileSystemWatcher("**/{charmcraft.yaml,metadata.yaml,charm.py}", false, true, true);
  const listening = watcher.onDidCreate(() => {
    void hasCharm().then((isThere) => {
      if (!isThere) return;
      watcher.dispose();
      act();
    });
  });
  return Disposable.from(watcher, listening);
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
