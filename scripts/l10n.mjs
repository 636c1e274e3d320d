// The client's texts for vscode.l10n: a translation starts from l10n/bundle.l10n.json.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const CALL = /\bl10n\.t\(\s*("(?:[^"\\]|\\.)*")/g;

/**
 * Every text of `l10n.t("…")` below a folder, each standing for itself, in alphabetical order: the bundle as VS Code reads it.
 * @param {string} folder @returns {Record<string, string>}
 */
export function l10nBundle(folder) {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const texts = files.flatMap((name) =>
    [...readFileSync(path.join(folder, name), "utf8").matchAll(CALL)].map(([, text]) => JSON.parse(text)),
  );
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}
