// Builds the TextMate grammars: syntaxes/*.yaml → dist/syntaxes/*.tmLanguage.json, the form that VS Code reads.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "./bundles.mjs";

const folder = path.join(root, "syntaxes");

/** Every grammar of the folder as plain data, by the name of its file without the ending. */
export function grammars() {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name) => [name.slice(0, -".yaml".length), parse(readFileSync(path.join(folder, name), "utf8"))]),
  );
}

/** Writes them all. */
export function buildGrammars() {
  const target = path.join(root, "dist/syntaxes");
  mkdirSync(target, { recursive: true });
  for (const [name, grammar] of grammars()) {
    writeFileSync(path.join(target, `${name}.tmLanguage.json`), JSON.stringify(grammar));
  }
}
