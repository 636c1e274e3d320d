// The main job on a workspace: npm start [-- FOLDER] [-- --no-open]
// Installs and builds where needed, prints the review, and opens the folder in a real VS Code; without VS Code it
// reports missing tools and serves the picture and the findings as a page.

import { mkdtempSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { installedCodeServer } from "./start/code-server-install.mjs";
import { openedInCode } from "./start/desktop-code.mjs";
import { openAddress } from "./start/open-address.mjs";
import { progressLine } from "./start/progress.mjs";
import { built, installed, root } from "./start/ready.mjs";
import { printedReview, writtenPage } from "./start/review.mjs";
import { ended } from "./start/run-command.mjs";
import { servedPage } from "./start/serve-page.mjs";
import { startedWorkbench } from "./start/workbench.mjs";

const USAGE = "usage: npm start [-- [FOLDER] [--no-open]]";

async function main() {
  const { folder, isOpening } = chosen();
  await withProgress(async (tell) => {
    await installed(tell);
    await built(tell);
  });
  if (!printedReview(folder)) process.exit(2);
  const page = writtenPage(folder);
  console.log(page ? `\nThe picture and the findings as one page: ${page}` : "\nThe page could not be written.");
  if (!isOpening) return;

  const whyNotCode = await openedInCode(folder);
  if (whyNotCode === null) return console.log(`VS Code opens ${folder}. Run “Charm Mesh: Show Traffic Graph” there.`);
  try {
    const { address, missing } = await withProgress((tell) => openedInBrowser(folder, tell));
    console.log(`\nVS Code with the extension (${whyNotCode}, so it runs in the browser):\n\n  ${address}\n`);
    if (missing.length > 0)
      console.log(`Without ${missing.join(" and ")}: their native parts could not be built here.`);
    console.log("Run “Charm Mesh: Show Traffic Graph” there. Ctrl+C ends it.");
    openAddress(address);
  } catch (problem) {
    console.error(`\nVS Code could not be opened: ${whyNotCode}, and in the browser it did not work either:`);
    console.error(problem instanceof Error ? problem.message : String(problem));
    console.error("It is fetched from the npm registry on first use; once that works, npm start goes on where it was.");
    if (!page) process.exit(2);
    const address = await servedPage(page);
    console.log(`\nThe same picture and findings as a page:\n\n  ${address}\n\nCtrl+C ends it.`);
    openAddress(address);
  }
}

/** The folder and whether to open it; wrong use ends here. */
function chosen() {
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
    const from = process.env.INIT_CWD ?? process.cwd();
    const folder = positionals[0] ? path.resolve(from, positionals[0]) : path.join(root, "samples", "observability");
    if (!statSync(folder, { throwIfNoEntry: false })?.isDirectory())
      throw new Error(`${folder} is not a folder.\n${USAGE}`);
    return { folder, isOpening: !values["no-open"] };
  } catch (problem) {
    console.error(problem instanceof Error ? problem.message : String(problem));
    process.exit(2);
  }
}

async function openedInBrowser(folder, tell) {
  const codeServer = await installedCodeServer("oldest", tell);
  tell("packing the extension");
  const packed = await ended(process.execPath, [path.join(root, "scripts", "package.mjs")], { cwd: root });
  if (packed.code !== 0) throw new Error(`packing the extension failed:\n${packed.output}`);
  tell("starting VS Code");
  const home = mkdtempSync(path.join(tmpdir(), "charm-mesh-"));
  const workbench = await startedWorkbench({
    codeServer,
    folder,
    home,
    extensions: [path.join(root, "dist", "charm-mesh.vsix")],
    settings: { "workbench.startupEditor": "none", "security.workspace.trust.enabled": false },
  });
  const end = async () => {
    await workbench.stop();
    rmSync(home, { recursive: true, force: true });
    process.exit(0);
  };
  process.once("SIGINT", end);
  process.once("SIGTERM", end);
  return { address: workbench.address, missing: codeServer.missing };
}

async function withProgress(work) {
  const line = progressLine();
  try {
    return await work(line.tell);
  } finally {
    line.done();
  }
}

await main().catch((problem) => {
  console.error(problem instanceof Error ? problem.message : String(problem));
  process.exit(2);
});
