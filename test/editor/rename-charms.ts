import { readdirSync } from "node:fs";
import path from "node:path";
import { type RenamedPlace, renameSweep, workspaceBelow } from "./rename-problems.ts";

/*
 * Renames every relation of charms outside the repository: npm run renames -- [--edits] FOLDER…
 * Each folder that lies directly in a FOLDER is one workspace. Nothing on disk is changed. With --edits, each edit is written out for a
 * reader: `=` is changed silently, `?` is asked about, `-` stays; `!` marks a line that speaks of something that is no relation.
 * Exit code 1: a workspace checks differently after a rename.
 */
const given = process.argv.slice(2);
const showsEdits = given.includes("--edits");
const folders = given
  .filter((each) => !each.startsWith("--"))
  .flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => path.resolve(folder, entry.name)),
  );
if (folders.length === 0) {
  console.error(
    "usage: npm run renames -- [--edits] FOLDER…   (folders that hold one folder for each repository of charms)",
  );
  process.exit(2);
}
const total = { renamed: 0, refused: 0, silent: 0, asked: 0, problems: 0 };
for (const folder of folders) {
  const results = renameSweep(await workspaceBelow(folder));
  console.log(`${path.basename(folder)}: ${results.length} relations`);
  for (const { relation, refusal, silent, asked, left, problems } of results) {
    if (refusal !== null) total.refused++;
    else total.renamed++;
    total.silent += silent.length;
    total.asked += asked.length;
    total.problems += problems.length;
    if (showsEdits || problems.length > 0)
      console.log(`  ${relation}${refusal === null ? "" : `: refused, ${refusal}`}`);
    if (showsEdits)
      for (const [sign, places] of [
        ["=", silent],
        ["?", asked],
        ["-", left],
      ] as const)
        show(sign, places);
    for (const problem of problems) console.log(`    PROBLEM ${problem}`);
  }
}
console.log(
  `${folders.length} folders, ${total.renamed} relations renamed, ${total.refused} refused, ${total.silent} silent edits, ` +
    `${total.asked} questions, ${total.problems} problems`,
);
process.exitCode = total.problems > 0 ? 1 : 0;

function show(sign: string, places: readonly RenamedPlace[]): void {
  for (const { place, isUnusual } of places) console.log(`    ${sign}${isUnusual ? "!" : " "} ${place}`);
}
