// Shows a workspace: npm start [-- FOLDER] [-- --no-open]
// Builds if necessary, prints the review, and opens the folder in VS Code, or in VS Code for the browser. If neither works, reports why
// and serves the picture and the findings as a page.

import { existsSync, mkdtempSync, readdirSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { root } from "./bundles.mts";
import { installedCodeServer } from "./start/code-server-install.mts";
import { openedInCode } from "./start/desktop-code.mts";
import { openAddress } from "./start/open-address.mts";
import { progressLine } from "./start/progress.mts";
import { built } from "./start/ready.mts";
import { printedReview, writtenPage } from "./start/review.mts";
import { ended, scriptCommand } from "./start/run-command.mts";
import { servedPage } from "./start/serve-page.mts";
import { startedWorkbench } from "./start/workbench.mts";

const USAGE = "usage: npm start [-- [FOLDER] [--no-open]]";

/** What a newcomer tries first. */
const TRY = "Try this: delete a policy in src/charm.py, and see its finding and the line in the graph change.";

/** The source of the coordinator, or of the first charm by name; undefined without a charm at the usual place. */
function firstCharm(folder: string): string | undefined {
  const charms = ["coordinator", ".", ...readdirSync(folder).sort()];
  return charms.map((name) => path.join(folder, name, "src", "charm.py")).find((file) => existsSync(file));
}

async function main(): Promise<void> {
  const { folder, isOpening } = chosen();
  await withProgress(built);
  if (!printedReview(folder)) process.exit(2);
  const page = writtenPage(folder);
  console.log(page ? `\nThe picture and the findings as one page: ${page}` : "\nThe page could not be written.");
  if (!isOpening) return;

  const file = firstCharm(folder);
  const whyNotCode = await openedInCode(folder, file);
  if (whyNotCode === null)
    return console.log(`VS Code opens ${folder}. Run “Charm Mesh: Show Traffic Graph” there. ${TRY}`);
  try {
    const { address, missing } = await withProgress((progress) => openedInBrowser(folder, file, progress));
    console.log(`\nVS Code with the extension (${whyNotCode}, so it runs in the browser):\n\n  ${address}\n`);
    if (missing.length > 0)
      console.log(`Without ${missing.join(" and ")}: their native parts could not be built here.`);
    console.log(`${TRY}\nPress Ctrl+C to stop.`);
    openAddress(address);
  } catch (problem) {
    console.error(`\nVS Code could not be opened: ${whyNotCode}, and VS Code for the browser failed:`);
    console.error(problem instanceof Error ? problem.message : String(problem));
    console.error(
      "VS Code for the browser comes from the npm registry on first use. Run npm start again to continue the installation.",
    );
    if (!page) process.exit(2);
    const address = await servedPage(page);
    console.log(`\nThe same picture and findings as a page:\n\n  ${address}\n\nPress Ctrl+C to stop.`);
    openAddress(address);
  }
}

/** Reads the command line: the folder, and whether to open it. Prints the usage and exits on a wrong argument. */
function chosen(): { readonly folder: string; readonly isOpening: boolean } {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        "no-open": { type: "boolean", default: false },
        help: { type: "boolean", short: "h", default: false },
      },
    });
    if (values.help || positionals.length > 1) throw new Error(USAGE);
    // npm starts this script in the repository; a path is relative to the caller's folder.
    const from = process.env["INIT_CWD"] ?? process.cwd();
    const folder = positionals[0] ? path.resolve(from, positionals[0]) : path.join(root, "samples", "observability");
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`${folder} is not a folder.\n${USAGE}`);
    return { folder, isOpening: !values["no-open"] };
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exit(2);
  }
}

/** Starts VS Code for the browser. Returns its address, and the features that it lacks. */
async function openedInBrowser(
  folder: string,
  file: string | undefined,
  progress: (text: string) => void,
): Promise<{ readonly address: string; readonly missing: readonly string[] }> {
  const codeServer = await installedCodeServer("oldest", progress);
  progress("packing the extension");
  const packed = await ended(process.execPath, scriptCommand("package"), { cwd: root });
  if (packed.code !== 0) throw new Error(`packing the extension failed:\n${packed.output}`);
  progress("starting VS Code");
  const home = mkdtempSync(path.join(tmpdir(), "charm-mesh-"));
  const workbench = await startedWorkbench({
    codeServer,
    folder,
    ...(file === undefined ? {} : { file }),
    home,
    extensions: [path.join(root, "dist", "charm-mesh.vsix")],
    settings: {
      "workbench.startupEditor": "none",
      "security.workspace.trust.enabled": false,
      "charmMesh.showGraphAtStart": true,
    },
  });
  const end = async (): Promise<void> => {
    await workbench.stop();
    rmSync(home, { recursive: true, force: true });
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  return { address: workbench.address, missing: codeServer.missing };
}

async function withProgress<Result>(work: (progress: (text: string) => void) => Promise<Result>): Promise<Result> {
  const line = progressLine();
  try {
    return await work(line.show);
  } finally {
    line.done();
  }
}

await main().catch((problem) => {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exit(2);
});
