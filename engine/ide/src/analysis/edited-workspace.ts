import type { CharmFiles } from "#charm";
import { applyEdits, edited, type FileEdit, type SourceFile, sourceFile } from "#syntax";
import type { Workspace } from "./workspace.ts";

/**
 * The workspace after some edits: only what they touch becomes new objects, the rest is found again in the caches. An edit of
 * a path that is in no charm and no list makes a new file in the charm whose folder contains it, or nothing.
 */
export function editedWorkspace(workspace: Workspace, edits: readonly FileEdit[]): Workspace {
  const byPath = new Map(edits.map((each) => [each.path, each]));
  const after = (file: SourceFile): SourceFile => {
    const edit = byPath.get(file.path);
    return edit && edit.edits.length > 0 ? edited(file, edit.edits) : file;
  };
  const charms = workspace.charms.map((charm) => editedCharm(charm, after, newFilesOf(charm, workspace.charms, edits)));
  return {
    ...workspace,
    charms,
    topologies: workspace.topologies.map(after),
    ...(workspace.terraform ? { terraform: workspace.terraform.map(after) } : {}),
    ...(workspace.settingsFiles ? { settingsFiles: workspace.settingsFiles.map(after) } : {}),
  };
}

function editedCharm(
  charm: CharmFiles,
  after: (file: SourceFile) => SourceFile,
  added: ReadonlyMap<string, SourceFile>,
): CharmFiles {
  let changed = added.size > 0;
  const files = new Map<string, SourceFile>();
  for (const [path, file] of charm.files) {
    const next = after(file);
    if (next !== file) changed = true;
    files.set(path, next);
  }
  for (const [path, file] of added) files.set(path, file);
  return changed ? { ...charm, files } : charm;
}

function newFilesOf(
  charm: CharmFiles,
  charms: readonly CharmFiles[],
  edits: readonly FileEdit[],
): ReadonlyMap<string, SourceFile> {
  const added = new Map<string, SourceFile>();
  for (const { path, create, edits: inFile } of edits) {
    const prefix = charm.root === "" ? "" : `${charm.root}/`;
    if (!create || !path.startsWith(prefix) || charm.files.has(path.slice(prefix.length))) continue;
    const nearer = charms.some((other) => other.root.length > charm.root.length && path.startsWith(`${other.root}/`));
    if (!nearer) added.set(path.slice(prefix.length), sourceFile(path, applyEdits("", inFile)));
  }
  return added;
}
