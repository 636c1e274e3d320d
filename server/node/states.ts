import path from "node:path";
import { fileURLToPath } from "node:url";
import { type GitWorkspace, leftOut, readState } from "#disk";
import type { PlatformStates } from "../src/index.ts";

/** Other states on this machine: a git ref of a folder's repository, or another folder. */
export function diskStates(): PlatformStates {
  return {
    read: async (folderUri, prefix, name) => {
      const state = await stateOf(folderUri, prefix, name);
      return "failure" in state ? state : { ...state, leftOut: leftOut(state) };
    },
  };
}

async function stateOf(folderUri: string, prefix: string, name: string): Promise<GitWorkspace> {
  const folder = pathOf(folderUri);
  if (folder === null) return { failure: `${folderUri} is not on this machine` };
  // Where several folders are open their files are named with the folder first, which a base one level up gives.
  return readState(name, { folder, base: prefix === "" ? folder : path.dirname(folder), prefix, words: "any" });
}

function pathOf(uri: string): string | null {
  try {
    return fileURLToPath(uri);
  } catch {
    // A folder of another file system, such as one on a virtual workspace.
    return null;
  }
}
