import { readFileSync } from "node:fs";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { PAGE_CHARMS } from "./page-charms.ts";

/*
 * A page of docs/rules is documentation and test. Its fences name a file and lay their text over the page charms:
 *
 *     ```yaml shop/charmcraft.yaml          sections and entries are merged in; `# no x` takes the entry x out
 *     ```python shop/src/charm.py#policies  takes the place of that region, indented like it
 *     ```toml shop/pyproject.toml           any other file is replaced as a whole (so is a YAML file with #whole)
 *
 * A line `^^^ error[name]` under a line expects a finding over just these columns. `###` headings divide a section
 * into scenes of their own.
 */

/** A finding that a page expects, with lines and columns of the laid-over file. */
export interface ExpectedFinding {
  readonly path: string;
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly severity: string;
  readonly code: string;
}

/** One state of the workspace that a page shows. */
export interface Scene {
  readonly title: string;
  readonly fences: readonly Fence[];
  readonly files: ReadonlyMap<string, string>;
  readonly expected: readonly ExpectedFinding[];
}

export interface RulePage {
  readonly sections: ReadonlyMap<string, string>;
  readonly example: readonly Scene[];
  readonly instead: readonly Scene[];
}

export const SECTIONS = ["What it does", "Why is this bad?", "Example", "Use instead", "Fix", "References"];

interface Line {
  readonly text: string;
  /** Set for a line of the page: its fence and its line there. */
  readonly own: string | null;
  /** How far it was indented when it was laid in. */
  readonly shift: number;
}

/** Reads the page of a rule. */
export function rulePage(name: string): RulePage {
  const text = readFileSync(`docs/rules/${name}.md`, "utf8");
  const sections = new Map<string, string>();
  for (const part of text.split(/^## /m).slice(1)) {
    const [title = "", ...rest] = part.split("\n");
    sections.set(title.trim(), rest.join("\n").trim());
  }
  return {
    sections,
    example: scenesIn(sections.get("Example") ?? ""),
    instead: scenesIn(sections.get("Use instead") ?? ""),
  };
}

/** The scenes of a text: what stands before its first `###` heading, and what stands under each. */
export function scenesIn(section: string): Scene[] {
  const parts = section.split(/^### /m);
  return parts
    .map((part, at) => sceneOf(at === 0 ? "" : (part.split("\n")[0] ?? ""), part))
    .filter((scene): scene is Scene => scene !== null);
}

/** One fence of a page: what it lays over which file or region. */
export interface Fence {
  readonly path: string;
  readonly region: string | null;
  readonly body: string;
}

function fencesOf(text: string): readonly Fence[] {
  return [...text.matchAll(/^```(\w+) (\S+)\n([\s\S]*?)^```$/gm)].map(([, , target = "", body = ""]) => ({
    path: target.replace(/#.*$/, ""),
    region: /#(.*)$/.exec(target)?.[1] ?? null,
    body: body.replace(/\n$/, ""),
  }));
}

function sceneOf(title: string, text: string): Scene | null {
  const fences = fencesOf(text);
  return fences.length === 0 ? null : laidOver(title, fences);
}

/** The page charms with some fences laid over them, one after the other. Throws where a fence's region is not there any more. */
export function laidOver(title: string, fences: readonly Fence[]): Scene {
  const base = fixtureFiles(PAGE_CHARMS);
  const deployment = fences.some((each) => !each.path.includes("/"));
  const shown = new Set(fences.map((each) => charmOf(each.path)));
  const files = new Map<string, readonly Line[]>();
  for (const [path, content] of base)
    if (deployment || shown.has(charmOf(path))) files.set(path, content.split("\n").map(baseLine));
  const markers: (Marker & { readonly path: string; readonly own: string })[] = [];
  for (const [at, fence] of fences.entries()) {
    const { lines, markers: inFence } = withoutMarkers(fence.body);
    if (fence.region === null && lines.every((line) => line.trim() === "")) files.delete(fence.path);
    else
      files.set(
        fence.path,
        laidIn(
          files.get(fence.path),
          lines.map((text, line) => ({ text, own: `${at}:${line}`, shift: 0 })),
          fence,
        ),
      );
    markers.push(...inFence.map((each) => ({ ...each, path: fence.path, own: `${at}:${each.line}` })));
  }
  const expected = markers.map(({ path, own, start, end, finding }): ExpectedFinding => {
    const lines = files.get(path) ?? [];
    const line = lines.findIndex((each) => each.own === own);
    const { shift = 0 } = lines[line] ?? {};
    return { path, line, start: start + shift, end: end + shift, ...finding };
  });
  const texts = new Map([...files].map(([path, lines]) => [path, lines.map((each) => each.text).join("\n")]));
  return { title, fences, files: texts, expected };
}

interface Marker {
  readonly line: number;
  readonly start: number;
  readonly end: number;
  readonly finding: { readonly severity: string; readonly code: string };
}

function withoutMarkers(body: string): { lines: string[]; markers: Marker[] } {
  const lines: string[] = [];
  const markers: Marker[] = [];
  for (const text of body.split("\n")) {
    const [, lead = "", carets = "", severity = "", code = ""] =
      /^(\s*(?:#\s*)?)(\^+) (error|warning|information|hint)\[([\w-]+)\]$/.exec(text) ?? [];
    if (carets === "") lines.push(text);
    else
      markers.push({
        line: lines.length - 1,
        start: lead.length,
        end: lead.length + carets.length,
        finding: { severity, code },
      });
  }
  return { lines, markers };
}

function laidIn(
  base: readonly Line[] | undefined,
  own: readonly Line[],
  { path, region }: { readonly path: string; readonly region: string | null },
): readonly Line[] {
  if (!base || region === "whole") return own;
  if (region !== null) return intoRegion(base, own, region, path);
  return path.endsWith(".yaml") ? merged(base, own) : own;
}

function intoRegion(base: readonly Line[], own: readonly Line[], region: string, path: string): Line[] {
  const start = base.findIndex((each) => each.text.trim() === `# region: ${region}`);
  if (start < 0) throw new Error(`${path} has no region ${region}`);
  const indent = /^ */.exec(base[start]?.text ?? "")?.[0] ?? "";
  let depth = 0;
  let end = start;
  do {
    const text = base[end]?.text.trim() ?? "";
    if (text.startsWith("# region:")) depth++;
    if (text === "# endregion") depth--;
    end++;
  } while (depth > 0 && end < base.length);
  const shifted = own.map((each) => ({
    text: each.text === "" ? "" : indent + each.text,
    own: each.own,
    shift: indent.length,
  }));
  // The marks stay, so that fences of several pages can be laid over each other.
  const marks = [base[start], base[end - 1]].filter((each) => each !== undefined);
  return [...base.slice(0, start), ...marks.slice(0, 1), ...shifted, ...marks.slice(1), ...base.slice(end)];
}

/** Entries of two blanks' indentation below keys of none, by name. */
function merged(base: readonly Line[], own: readonly Line[]): Line[] {
  const sections = sectionsOf(base);
  for (const section of sectionsOf(own)) {
    const present = sections.find((each) => each.name === section.name);
    if (!present || section.entries.length === 0) {
      if (present) sections[sections.indexOf(present)] = section;
      else sections.push(section);
      continue;
    }
    present.head = section.head;
    for (const entry of section.entries) {
      const dropped = /^\s*# no (\S+)$/.exec(entry.lines[0]?.text ?? "")?.[1];
      const at = present.entries.findIndex((each) => each.name === (dropped ?? entry.name));
      if (dropped) {
        if (at >= 0) present.entries.splice(at, 1, entry);
      } else if (at >= 0) present.entries[at] = entry;
      else present.entries.push(entry);
    }
  }
  return sections.flatMap((each) => [...each.head, ...each.entries.flatMap((entry) => entry.lines)]);
}

interface Section {
  readonly name: string;
  head: Line[];
  readonly entries: { readonly name: string; readonly lines: Line[] }[];
}

function sectionsOf(lines: readonly Line[]): Section[] {
  const sections: Section[] = [];
  for (const line of lines) {
    const top = /^([\w-]+):/.exec(line.text)?.[1];
    const entry = /^ {2}(?:(["'\w-]+):|# no (\S+)$|- )/.exec(line.text);
    const section = sections.at(-1);
    if (top !== undefined || !section) sections.push({ name: top ?? "", head: [line], entries: [] });
    else if (entry) section.entries.push({ name: entry[1] ?? entry[2] ?? `#${section.entries.length}`, lines: [line] });
    else (section.entries.at(-1)?.lines ?? section.head).push(line);
  }
  return sections;
}

function baseLine(text: string): Line {
  return { text, own: null, shift: 0 };
}

function charmOf(path: string): string {
  return path.split("/")[0] ?? "";
}
