import { type Analysis, analysis, DEFAULT_SETTINGS } from "#ide";
import type { Location, SourceFile } from "#syntax";
import { charmsIn, fixtureFiles, overlaid, withCursor } from "../support/charm-fixture.ts";

/** A workspace with a cursor in one of its files. */
export interface Scene {
  readonly analysis: Analysis;
  readonly path: string;
  readonly offset: number;
}

/** A fixture laid over another, analysed; the overlay holds the cursor `$0`. Cursors elsewhere are given by `at`. */
export async function scene(base: string, overlay: string): Promise<Scene> {
  const marked = withCursor(overlay);
  const files = overlaid(base, marked.fixture);
  return { analysis: await analysed(joined(files)), path: marked.path, offset: marked.offset };
}

/** A cursor before the n-th occurrence (from 0) of some text in a file of a fixture. */
export async function sceneAt(fixture: string, path: string, text: string, within = 0, nth = 0): Promise<Scene> {
  const content = fixtureFiles(fixture).get(path) ?? "";
  let found = -1;
  for (let count = 0; count <= nth; count++) found = content.indexOf(text, found + 1);
  if (found < 0) throw new Error(`${path} has no “${text}”`);
  return { analysis: await analysed(fixture), path, offset: found + within };
}

/** A fixture's charms, analysed beside some deployment files. */
export async function analysed(fixture: string, topologies: readonly SourceFile[] = []): Promise<Analysis> {
  return analysis({ charms: charmsIn(fixture), topologies, settings: DEFAULT_SETTINGS });
}

/** `path:line` (from 1) and the text of a place. */
export function placed({ file, span }: Location): string {
  const line = file.text.slice(0, span.start).split("\n").length;
  return `${file.path}:${line} ${file.text.slice(span.start, span.end).split("\n")[0]}`;
}

function joined(files: ReadonlyMap<string, string>): string {
  return [...files].map(([path, text]) => `//- ${path}\n${text}`).join("\n");
}
