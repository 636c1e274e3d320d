import { readdirSync } from "node:fs";
import path from "node:path";
import { readWorkspace } from "#disk";
import { DEFAULT_SETTINGS } from "#ide";
import { fixSweep } from "./fix-problems.ts";

/*
 * Tries every fix on charms outside the repository: npm run fixes -- FOLDER…
 * Each folder that lies directly in a FOLDER is one workspace. Nothing on disk is changed. Exit code 1: a fix has a problem.
 */
const folders = process.argv.slice(2).flatMap((folder) =>
  readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => path.resolve(folder, entry.name)),
);
if (folders.length === 0) {
  console.error("usage: npm run fixes -- FOLDER…   (folders that hold one folder for each repository of charms)");
  process.exit(2);
}
let offered = 0;
let problems = 0;
for (const folder of folders) {
  const disk = await readWorkspace(["."], { base: folder });
  const swept = fixSweep({
    charms: disk.charms,
    topologies: disk.topologies,
    settings: DEFAULT_SETTINGS,
    settingsFiles: disk.settings,
    unreadable: disk.unreadable,
  });
  console.log(`${path.basename(folder)}: ${swept.offered} fixes, ${swept.problems.length} problems`);
  for (const problem of swept.problems) console.log(`  ${problem}`);
  offered += swept.offered;
  problems += swept.problems.length;
}
console.log(`${folders.length} folders, ${offered} fixes, ${problems} problems`);
process.exitCode = problems > 0 ? 1 : 0;
