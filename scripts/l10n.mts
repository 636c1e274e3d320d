// The client's texts for vscode.l10n: a translation starts from l10n/bundle.l10n.json.

import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const CALL = /\bl10n\.t\(\s*("(?:[^"\\]|\\.)*")/g;

/**
 * Returns every text of `l10n.t("…")` below a folder, mapped to itself, in alphabetical order. This is the form that VS Code reads.
 */
export function l10nBundle(folder: string): Readonly<Record<string, string>> {
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((name) => name.endsWith(".ts"));
  const texts = files.flatMap((name) =>
    [...readFileSync(path.join(folder, name), "utf8").matchAll(CALL)].map(([, text = ""]): string => JSON.parse(text)),
  );
  return Object.fromEntries([...new Set(texts)].sort().map((text) => [text, text]));
}
