import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

/** The repository's root folder. */
export const root = path.resolve(import.meta.dirname, "../..");

/** One room: a folder with a tsconfig.json, what it may import from other rooms, and which packages it may use. */
export interface Room {
  readonly folder: string;
  readonly imports: readonly string[];
  readonly packages: readonly string[];
}

/** Who may import whom: the table of ARCHITECTURE.md as data. `#name` is another room's public face. */
export const ROOMS: readonly Room[] = [
  { folder: "engine/syntax", imports: [], packages: ["yaml", "@renovatebot/pep440"] },
  { folder: "engine/python", imports: ["#syntax"], packages: [] },
  { folder: "engine/charm", imports: ["#syntax", "#python"], packages: [] },
  { folder: "engine/mesh", imports: ["#syntax", "#python", "#charm"], packages: ["zod", "@noble/hashes"] },
  {
    folder: "engine/ide",
    imports: ["#syntax", "#python", "#charm", "#mesh"],
    packages: ["zod", "diff", "fastest-levenshtein"],
  },
  { folder: "engine/picture", imports: ["#syntax", "#python", "#mesh", "#protocol"], packages: ["@dagrejs/dagre"] },
  { folder: "protocol", imports: [], packages: ["zod"] },
  { folder: "disk", imports: ["#syntax", "#charm", "#ide"], packages: ["node:"] },
  {
    folder: "server/src",
    imports: ["#syntax", "#charm", "#mesh", "#ide", "#picture", "#protocol"],
    packages: ["vscode-languageserver", "zod"],
  },
  {
    folder: "server/node",
    imports: ["#disk"],
    packages: ["node:", "vscode-languageserver"],
  },
  {
    folder: "server/browser",
    imports: ["#protocol"],
    packages: ["vscode-languageserver"],
  },
  { folder: "client/src", imports: ["#protocol", "#syntax"], packages: ["vscode", "vscode-languageclient", "zod"] },
  { folder: "client/node", imports: [], packages: ["node:", "vscode", "vscode-languageclient"] },
  { folder: "client/browser", imports: ["#protocol"], packages: ["vscode", "vscode-languageclient"] },
  {
    folder: "webview",
    imports: ["#protocol", "#picture"],
    packages: ["preact", "d3-selection", "d3-zoom", "mermaid", "zod", "@vscode/codicons"],
  },
  {
    folder: "cli",
    imports: ["#syntax", "#python", "#charm", "#mesh", "#ide", "#picture", "#protocol", "#disk"],
    packages: ["node:", "commander", "diff"],
  },
];

/** Platform projects, each with the neutral project beside it that it may import by relative paths. */
export const NEUTRAL_PARTS: Readonly<Record<string, string>> = {
  "server/node": "server/src",
  "server/browser": "server/src",
  "client/node": "client/src",
  "client/browser": "client/src",
};

/** All files below a folder, relative to the root, whose name matches; build output and packages are left out. */
export function filesBelow(folder: string, matches: RegExp): string[] {
  const found: string[] = [];
  for (const entry of readdirSync(path.join(root, folder), { withFileTypes: true })) {
    const at = path.posix.join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!["node_modules", "dist", "out", "artifacts", ".git"].includes(entry.name))
        found.push(...filesBelow(at, matches));
    } else if (matches.test(entry.name)) found.push(at);
  }
  return found.sort();
}

export function textOf(file: string): string {
  return readFileSync(path.join(root, file), "utf8");
}

/** What a TypeScript file imports, in source order; `typeOnly` imports vanish when the code is built. */
export function importsOf(text: string): { readonly from: string; readonly typeOnly: boolean }[] {
  const found: { from: string; typeOnly: boolean }[] = [];
  const statements = /^(?:import|export)\s+(type\s+)?(?:[\w*{][^;"']*?\sfrom\s+)?["']([^"']+)["']/gm;
  for (const match of text.matchAll(statements)) found.push({ from: match[2] ?? "", typeOnly: match[1] !== undefined });
  for (const match of text.matchAll(/\bimport\(\s*["']([^"']+)["']\s*\)/g))
    found.push({ from: match[1] ?? "", typeOnly: false });
  return found;
}

/** The room that a file stands in, or undefined. The longest folder wins. */
export function roomOf(file: string): Room | undefined {
  return ROOMS.filter((room) => file.startsWith(`${room.folder}/`)).sort(
    (a, b) => b.folder.length - a.folder.length,
  )[0];
}
