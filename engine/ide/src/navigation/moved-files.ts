import { type FileEdit, parseYamlDocuments, type SourceFile, type TextEdit, yamlGet } from "#syntax";
import type { Analysis } from "../analysis/snapshot.ts";
import { mergedEdits } from "./merged-edits.ts";

/** A file or folder that is about to be moved; paths as the workspace names its files. */
export interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * The edits that keep the workspace whole when files are moved: the paths of local charms in bundles (`charm: ./coordinator`), and the
 * imports of libraries and of modules below a charm's `src`. Empty where nothing names what moves.
 */
export function movedFileEdits(analysis: Analysis, moves: readonly Move[]): readonly FileEdit[] {
  return mergedEdits(moves.flatMap((move) => [...bundleEdits(analysis, move), ...importEdits(analysis, move)]));
}

function bundleEdits({ workspace }: Analysis, { from, to }: Move): readonly FileEdit[] {
  return workspace.topologies.flatMap((file) => {
    const folder = file.path.slice(0, file.path.lastIndexOf("/") + 1);
    // A bundle that moves along with its charms names them as before.
    if (file.path.startsWith(`${from}/`)) return [];
    const edits = parseYamlDocuments(file).flatMap(({ root }) => {
      const applications = yamlGet(root, "applications");
      if (applications?.kind !== "map") return [];
      return applications.entries.flatMap(({ value }): TextEdit[] => {
        const charm = yamlGet(value, "charm");
        if (charm?.kind !== "scalar" || !/^\.{1,2}\//.test(String(charm.value))) return [];
        const written = String(charm.value);
        const path = joined(folder, written);
        if (path !== from && !path.startsWith(`${from}/`)) return [];
        const start = file.text.indexOf(written, charm.span.start);
        if (start < 0 || start + written.length > charm.span.end) return [];
        const newText = relative(folder, to + path.slice(from.length));
        return [{ span: { start, end: start + written.length }, newText }];
      });
    });
    return edits.length > 0 ? [{ path: file.path, create: false, edits }] : [];
  });
}

/** A library (`lib/charms/…/v0/x.py`) or a module below `src` that gets another dotted name inside its charm. */
function importEdits({ charms }: Analysis, { from, to }: Move): readonly FileEdit[] {
  return charms.flatMap(({ charm }) => {
    const prefix = charm.root === "" ? "" : `${charm.root}/`;
    if (!from.startsWith(prefix) || !to.startsWith(prefix)) return [];
    const [before, after] = [moduleName(from.slice(prefix.length)), moduleName(to.slice(prefix.length))];
    if (before === null || after === null || before === after) return [];
    return [...charm.files.values()]
      .filter(({ path, text }) => path.endsWith(".py") && path !== from && text.includes(lastPart(before)))
      .flatMap((file) => {
        const edits = importsOf(file, before, after);
        return edits.length > 0 ? [{ path: file.path, create: false, edits }] : [];
      });
  });
}

function importsOf({ text }: SourceFile, before: string, after: string): readonly TextEdit[] {
  const [folder, newFolder] = [before, after].map((name) => name.slice(0, Math.max(0, name.lastIndexOf("."))));
  const edits: TextEdit[] = [];
  let offset = 0;
  for (const line of text.split("\n")) {
    const [, keyword = "", name = ""] = /^([ \t]{0,80}(?:from|import)[ \t]{1,80})([\w.]+)/.exec(line) ?? [];
    const start = offset + keyword.length;
    // `from charms.x.v0 import y` names the module in two parts.
    const taken = /^[ \t]{1,80}import[ \t]{1,80}(\w+)/.exec(line.slice(keyword.length + name.length))?.[1];
    if (name === before) edits.push({ span: { start, end: start + name.length }, newText: after });
    else if (
      name !== "" &&
      name === folder &&
      taken === lastPart(before) &&
      taken === lastPart(after) &&
      !line.includes(",")
    )
      edits.push({ span: { start, end: start + name.length }, newText: newFolder ?? after });
    offset += line.length + 1;
  }
  return edits;
}

/** The dotted name of a Python file below `lib` or `src`; null for any other. */
function moduleName(path: string): string | null {
  const module = /^(?:lib|src)\/(.+)\.py$/.exec(path)?.[1];
  return module !== undefined && /^[\w/]+$/.test(module) ? module.replaceAll("/", ".") : null;
}

function lastPart(dotted: string): string {
  return dotted.slice(dotted.lastIndexOf(".") + 1);
}

function joined(folder: string, written: string): string {
  const parts: string[] = [];
  for (const part of `${folder}${written}`.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "." && part !== "") parts.push(part);
  }
  return parts.join("/");
}

/** The path as a bundle in a folder writes it: it always begins with `./` or `../`. */
function relative(folder: string, path: string): string {
  const from = folder.split("/").filter((part) => part !== "");
  const to = path.split("/");
  let same = 0;
  while (same < from.length && same < to.length - 1 && from[same] === to[same]) same++;
  const up = from.length - same;
  return `${up === 0 ? "./" : "../".repeat(up)}${to.slice(same).join("/")}`;
}
