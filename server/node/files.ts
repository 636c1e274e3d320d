import { existsSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { linkBounds, textFile, walk } from "#disk";
import type { FileContent, PlatformFiles } from "../src/index.ts";

/** Files of this machine's disk, by `file:` URIs. URIs of other schemes name nothing here. */
export function diskFiles(): PlatformFiles {
  /** What links may lead to, by the folder that was listed. */
  const bounds = new Map<string, string>();
  const boundsOf = (file: string): string | undefined => {
    const folder = [...bounds.keys()].find((listed) => file.startsWith(listed + path.sep));
    return folder === undefined ? undefined : bounds.get(folder);
  };
  const content = async (uri: string): Promise<FileContent | null> => {
    const file = pathOf(uri);
    if (file === null || !existsSync(file)) return null;
    const within = boundsOf(file);
    return textFile(file, within === undefined ? {} : { bounds: within });
  };
  return {
    list: async (folderUri, workspaceUri) => {
      const [folder, workspace] = [pathOf(folderUri), pathOf(workspaceUri)];
      if (folder === null || workspace === null) return [];
      const within = await linkBounds(path.resolve(workspace));
      const { files } = await walk(folder, () => false, within);
      bounds.set(path.resolve(workspace), within);
      return files.map((file) => pathToFileURL(file).href);
    },
    read: (uris) => Promise.all(uris.map(content)),
    charmFolder: async (fileUri) => {
      const file = pathOf(fileUri);
      const folder = file === null ? null : charmFolderAbove(path.dirname(file));
      return folder === null ? null : pathToFileURL(folder).href;
    },
  };
}

function charmFolderAbove(folder: string): string | null {
  for (let at = folder; ; at = path.dirname(at)) {
    if (existsSync(path.join(at, "charmcraft.yaml")) || existsSync(path.join(at, "metadata.yaml"))) return at;
    if (at === path.dirname(at)) return null;
  }
}

function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    // Not a file: URI, or one that names a platform: nothing on this disk.
    return null;
  }
}
