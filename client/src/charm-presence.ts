import { Disposable, type TextDocument, Uri, workspace } from "vscode";

/** Folders that hold other people's projects or build output; a charm in one of them is no reason to start. */
const ELSEWHERE = "**/{node_modules,.git,.tox,.nox,venv,.venv,build,dist,parts,stage,prime}/**";

/** At most so many files of a common name are looked at. */
const LOOKED_AT = 100;

/** And at most so many bytes of each. */
const SIZE_LIMIT = 65_536;

/** What a charm's metadata.yaml says and few others of that name do. The server looks closer; one that finds no charm does no harm. */
const CHARM_KEYS = /^["']?(?:requires|provides|peers|containers)["']?\s*:/m;

/** Whether the workspace holds a charm: a charmcraft.yaml, or a metadata.yaml that has a charm's source beside it or a charm's keys. */
async function hasCharm(): Promise<boolean> {
  const [charmcraft] = await workspace.findFiles("**/charmcraft.yaml", ELSEWHERE, 1);
  if (charmcraft) return true;
  // metadata.yaml is a common name; beside src/charm.py it is a charm's.
  const sources = await workspace.findFiles("**/src/charm.py", ELSEWHERE, LOOKED_AT);
  const found = await Promise.all(sources.map((source) => exists(Uri.joinPath(source, "..", "..", "metadata.yaml"))));
  if (found.includes(true)) return true;
  const metadata = await workspace.findFiles("**/metadata.yaml", ELSEWHERE, LOOKED_AT);
  return (await Promise.all(metadata.map(hasCharmKeys))).includes(true);
}

/** The names of the files that make a folder a charm. */
const CHARM_FILES = ["charmcraft.yaml", "metadata.yaml", "charm.py"];

/**
 * Calls `act` once: at once if the workspace holds a charm, else when its first charm appears, whichever of the charm's files
 * comes last. The watcher starts before the first search, so a charm that appears during the search is found too. An opened or
 * saved document counts as well, because virtual workspaces have no watcher.
 */
export function onFirstCharm(act: () => void): Disposable {
  let isFound = false;
  const look = () => {
    void hasCharm().then((isThere) => {
      if (!isThere || isFound) return;
      isFound = true;
      subscriptions.dispose();
      act();
    });
  };
  const lookAt = ({ uri }: TextDocument) => {
    if (CHARM_FILES.some((name) => uri.path.endsWith(`/${name}`))) look();
  };
  const watcher = workspace.createFileSystemWatcher(`**/{${CHARM_FILES.join(",")}}`, false, false, true);
  const subscriptions = Disposable.from(
    watcher,
    watcher.onDidCreate(look),
    watcher.onDidChange(look),
    workspace.onDidOpenTextDocument(lookAt),
    workspace.onDidSaveTextDocument(lookAt),
    workspace.onDidChangeWorkspaceFolders(look),
  );
  look();
  return subscriptions;
}

async function hasCharmKeys(uri: Uri): Promise<boolean> {
  return workspace.fs.readFile(uri).then(
    // The keys are ASCII, whatever stands between them.
    (bytes) => CHARM_KEYS.test(Array.from(bytes.subarray(0, SIZE_LIMIT), (byte) => String.fromCharCode(byte)).join("")),
    () => false,
  );
}

async function exists(uri: Uri): Promise<boolean> {
  return workspace.fs.stat(uri).then(
    () => true,
    () => false,
  );
}
