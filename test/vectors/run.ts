import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type VectorFile, vectorFile } from "./vector-file.ts";

/*
 * npm run vectors -- FOLDER… : every *.json vector file in each folder (default test/vectors) through the engine.
 * Prints each failing case, and last `N passed, N failed`. A folder or file that can't be read or is of no known kind counts
 * as one failure. Exit code 1 on any failure, 2 for wrong use.
 */

interface Tally {
  passed: number;
  failed: number;
}

function vectorFilesIn(folder: string, tally: Tally): readonly string[] {
  try {
    const names = readdirSync(folder).filter((name) => name.endsWith(".json"));
    if (names.length === 0) throw new Error("no vector file (*.json) in it");
    return names.sort().map((name) => path.join(folder, name));
  } catch (error) {
    tally.failed++;
    console.log(`FAILED folder ${folder}: ${error instanceof Error ? error.message : String(error)}`);
    return [];
  }
}

function runFile(file: string, tally: Tally): void {
  const outcome = vectorFileAt(file);
  if ("unreadable" in outcome) {
    tally.failed++;
    console.log(`FAILED ${file}: ${outcome.unreadable}`);
    return;
  }
  for (const result of outcome.results) {
    if (result.passed) {
      tally.passed++;
      continue;
    }
    tally.failed++;
    console.log(`FAILED ${result.id}: ${result.about}\n  expected ${result.expected}\n  got      ${result.got}`);
  }
}

function vectorFileAt(file: string): VectorFile {
  try {
    return vectorFile(readFileSync(file, "utf8"));
  } catch (error) {
    return { unreadable: error instanceof Error ? error.message : String(error) };
  }
}

function run(folders: readonly string[]): number {
  const option = folders.find((folder) => folder.startsWith("-"));
  if (option !== undefined) {
    console.error(`unknown option ${option}\nusage: npm run vectors -- [FOLDER…]`);
    return 2;
  }
  const tally: Tally = { passed: 0, failed: 0 };
  for (const folder of folders.length > 0 ? folders : [path.join("test", "vectors")]) {
    for (const file of vectorFilesIn(folder, tally)) runFile(file, tally);
  }
  console.log(`${tally.passed} passed, ${tally.failed} failed`);
  return tally.failed > 0 ? 1 : 0;
}

process.exitCode = run(process.argv.slice(2));
