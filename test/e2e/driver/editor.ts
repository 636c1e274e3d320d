import { cpSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installedCodeServer, type Release } from "../../../scripts/start/code-server-install.mts";
import { startedWorkbench } from "../../../scripts/start/workbench.mts";
import { openedWorkbench, type WorkbenchPage } from "./workbench-page.ts";

/** Why end-to-end tests in a release can't run here (scripts/test.mts says); undefined where they can. */
export const SKIPPED: Readonly<Record<Release, string | undefined>> = {
  oldest: process.env["CHARM_MESH_SKIPPED_OLDEST"],
  newest: process.env["CHARM_MESH_SKIPPED_NEWEST"],
};

/** A real VS Code in a real browser, on a copy of a workspace. */
export interface Editor extends Omit<WorkbenchPage, "close"> {
  /** The copy's folder. */
  readonly folder: string;
  readonly stop: () => Promise<void>;
}

export interface EditorOptions {
  readonly sample: string;
  readonly release?: Release;
  /** The file that the workbench opens at start, by its path in the sample. */
  readonly file?: string;
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Packages of extensions that are there beside ours. */
  readonly beside?: readonly string[];
  /** Called with the copy before the workbench starts. */
  readonly prepare?: (folder: string) => void;
}

/** Tests and tools run in the repository. */
const root = path.resolve(".");

/** Starts VS Code with the packed extension on a copy of a sample workspace and waits until its workbench stands. */
export async function startedEditor({
  sample,
  release = "oldest",
  file,
  settings = {},
  beside = [],
  prepare,
}: EditorOptions): Promise<Editor> {
  const home = mkdtempSync(path.join(tmpdir(), "charm-mesh-e2e-"));
  const folder = path.join(home, sample);
  cpSync(path.join(root, "samples", sample), folder, { recursive: true });
  prepare?.(folder);
  const workbench = await startedWorkbench({
    codeServer: await installedCodeServer(release, () => undefined),
    extensions: [path.join(root, "dist", "charm-mesh.vsix"), ...beside],
    folder,
    ...(file === undefined ? {} : { file: path.join(folder, file) }),
    home,
    settings: {
      "workbench.startupEditor": "none",
      "security.workspace.trust.enabled": false,
      "workbench.tips.enabled": false,
      "chat.commandCenter.enabled": false,
      "editor.minimap.enabled": false,
      "files.autoSave": "off",
      ...settings,
    },
  });
  const { close, ...verbs } = await openedWorkbench(workbench.address, folder);
  return {
    ...verbs,
    folder,
    stop: async () => {
      await close();
      await workbench.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
