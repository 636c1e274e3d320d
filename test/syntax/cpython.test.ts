import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type PyModule, parsePython, sourceFile } from "#syntax";
import { dice } from "../evaluate/dice.ts";
import { charm } from "./breakages.ts";
import { corpus } from "./corpus.ts";
import { program } from "./generated.ts";
import { noting } from "./our-expressions.ts";
import { ourTree } from "./our-tree.ts";

/*
 * Our tree against that of CPython's own `ast` module: kinds, spans and values of every node, and which texts are Python at all.
 * CHARM_MESH_PYTHON names another Python than `python3`; with CHARM_MESH_STDLIB=all the whole standard library and its tests are
 * compared, and with a path all Python below that. Python 3.12 and newer also give the places inside f-strings.
 */

const PYTHON = process.env["CHARM_MESH_PYTHON"] ?? "python3";
const STDLIB = process.env["CHARM_MESH_STDLIB"] ?? "";
const about = spawnSync(
  PYTHON,
  ["-c", "import sys, sysconfig; print(sys.version_info[1], sysconfig.get_paths()['stdlib'])"],
  { encoding: "utf8" },
);
const [minor = "0", library = ""] = about.stdout?.trim().split(" ") ?? [];
const available = Number(minor) >= 11;
/** Read in one go: Python's start is what costs, but a list of all files would not fit into memory. */
const BATCH = 50;

/** CPython's nodes of each source; null where it finds an error. */
function cpythonTrees(sources: readonly string[]): (string[] | null)[] {
  const run = spawnSync(PYTHON, ["test/syntax/cpython-tree.py"], {
    input: JSON.stringify(sources),
    encoding: "utf8",
    maxBuffer: 1 << 30,
  });
  expect(run.stderr).toBe("");
  const trees = JSON.parse(run.stdout) as (unknown[][] | null)[];
  return trees.map((tree) => tree?.map((node) => JSON.stringify(node)) ?? null);
}

const treeOf = (module: PyModule) => noting(Number(minor) >= 12, () => ourTree(module).sort());

function compare(sources: readonly string[]): void {
  const trees = cpythonTrees(sources);
  for (const [index, source] of sources.entries()) {
    const module = parsePython(sourceFile("x.py", source));
    const theirs = trees[index];
    expect(theirs, `CPython must accept\n${source}`).not.toBeNull();
    expect({ source, problems: module.problems }).toEqual({ source, problems: [] });
    expect({ source, nodes: treeOf(module) }).toEqual({ source, nodes: [...(theirs ?? [])].sort() });
  }
}

function pythonBelow(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const at = path.join(folder, entry.name);
      if (entry.isDirectory()) return entry.name === "site-packages" ? [] : pythonBelow(at);
      return entry.isFile() && entry.name.endsWith(".py") ? [at] : [];
    });
}

/** A file's text as an editor shows it; null for what is not UTF-8 or says that it is not. */
function textOf(file: string): string | null {
  const bytes = readFileSync(file);
  if (/^(?:.*\n)?[ \t\f]*#.*?coding[:=][ \t]*(?!utf-?8)[-\w.]+/i.test(bytes.subarray(0, 300).toString("latin1")))
    return null;
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/** How files differ between CPython and us: one line for each file that does. */
function differences(files: readonly string[]): { readonly compared: number; readonly different: readonly string[] } {
  let compared = 0;
  const different: string[] = [];
  for (let at = 0; at < files.length; at += BATCH) {
    const texts = files.slice(at, at + BATCH).flatMap((file) => {
      const text = textOf(file);
      return text === null ? [] : [{ file, text }];
    });
    const trees = cpythonTrees(texts.map(({ text }) => text));
    for (const [index, { file, text }] of texts.entries()) {
      const module = parsePython(sourceFile(file, text));
      const theirs = trees[index] ?? null;
      if (theirs === null || module.damaged) {
        if ((theirs === null) !== module.damaged)
          different.push(`${file}: ${theirs ? "we reject it" : "we accept it"}`);
        continue;
      }
      compared++;
      const [a, b] = [treeOf(module), theirs.sort()];
      const odd = [
        ...a.filter((node) => !b.includes(node)).slice(0, 2),
        ...b.filter((node) => !a.includes(node)).slice(0, 2),
      ];
      if (a.join("\n") !== b.join("\n")) different.push(`${file}: ${odd.join(" ")}`);
    }
  }
  return { compared, different };
}

describe.skipIf(!available)("our Python tree is CPython's (needs python3, 3.11 or newer)", () => {
  it("for the sources written by hand", () => {
    compare(corpus);
  });

  it("for a whole charm", () => {
    compare([charm]);
  });

  it("for generated programs", () => {
    compare(fc.sample(program, { numRuns: 100, seed: 20260 }));
  });

  it(
    "for the standard library and its tests",
    () => {
      const all = pythonBelow(STDLIB === "" || STDLIB === "all" ? library : STDLIB);
      const roll = dice(31);
      const files = STDLIB === "" ? Array.from({ length: 60 }, () => all[roll(all.length)] ?? "") : all;
      const { compared, different } = differences(files);
      expect(different).toEqual([]);
      expect(compared).toBeGreaterThan(files.length / 2);
    },
    STDLIB === "" ? 300_000 : 7_200_000,
  );

  it("and what CPython does not read is damaged, what it reads is not, for broken texts", () => {
    const roll = dice(7);
    // What an f-string may hold has changed with Python 3.12.
    const sources = [charm, ...corpus.slice(3), ...fc.sample(program, { numRuns: 60, seed: 11 })].filter(
      (source) => Number(minor) >= 12 || !/\bf["']/.test(source),
    );
    const texts = Array.from({ length: 1500 }, () => {
      const source = sources[roll(sources.length)] ?? "";
      // Not within a character of two units: half of it is no text that Python could be handed.
      const spot = roll(source.length + 1);
      const at = /[\udc00-\udfff]/.test(source.charAt(spot)) ? spot + 1 : spot;
      const extra =
        ["", "", "", "(", ")", "]", "}", "'", '"', ":", ",", ".", "=", "x", " ", "\n", "  ", "*", "not "][roll(19)] ??
        "";
      return source.slice(0, at) + extra + source.slice(at + (extra === "" ? 1 : 0));
    });
    const trees = cpythonTrees(texts);
    const different = texts.flatMap((text, index) => {
      const module = parsePython(sourceFile("x.py", text));
      const theirs = trees[index] ?? null;
      if ((theirs === null) !== module.damaged) return [{ text, cpython: theirs ? "reads it" : "does not" }];
      if (!theirs) return [];
      return treeOf(module).join("\n") === theirs.sort().join("\n") ? [] : [{ text, cpython: "reads it otherwise" }];
    });
    expect(different).toEqual([]);
  });
});
