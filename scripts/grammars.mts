// Builds the TextMate grammars: syntaxes/*.yaml → dist/syntaxes/*.tmLanguage.json, the form that VS Code reads.
import { mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { parse } from "yaml";
import { root } from "./bundles.mts";

const folder = path.join(root, "syntaxes");

/** Every grammar of the folder as plain data, by the name of its file without the extension. */
function grammars(): ReadonlyMap<string, unknown> {
  return new Map(
    readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .sort()
      .map((name): [string, unknown] => [
        name.slice(0, -".yaml".length),
        parse(readFileSync(path.join(folder, name), "utf8")),
      ]),
  );
}

/** Writes all grammars to dist/syntaxes. */
export function buildGrammars(): void {
  const target = path.join(root, "dist/syntaxes");
  mkdirSync(target, { recursive: true });
  for (const [name, grammar] of grammars()) {
    writeFileSync(path.join(target, `${name}.tmLanguage.json`), JSON.stringify(grammar));
  }
}
