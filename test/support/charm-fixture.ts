import { type CharmFiles, charmSources } from "#charm";
import { confirmedCharms, discovery } from "#ide";
import { type SourceFile, sourceFile } from "#syntax";

/*
 * Charms in one string. Every file starts with a header line:
 *
 *     //- charmcraft.yaml
 *     name: mini
 *     //- src/charm.py
 *     import ops
 *
 * What stands before the first header is left out, as is one line break after the last file.
 */

const HEADER = /^\/\/- (\S+)[^\S\n]*$/;

/** The files of a fixture by path, in order. A path that stands twice keeps its last text. */
export function fixtureFiles(text: string): ReadonlyMap<string, string> {
  const files = new Map<string, string>();
  let path: string | null = null;
  let lines: string[] = [];
  const close = () => {
    if (path !== null) files.set(path, lines.join("\n"));
    lines = [];
  };
  for (const line of text.split("\n")) {
    const header = HEADER.exec(line)?.[1];
    if (header === undefined) lines.push(line);
    else {
      close();
      path = header;
    }
  }
  close();
  return files;
}

/** A fixture's files laid over another's: the same path replaces, an empty one (`//- path` and nothing) removes. */
export function overlaid(base: string, overlay: string): ReadonlyMap<string, string> {
  const files = new Map(fixtureFiles(base));
  for (const [path, text] of fixtureFiles(overlay)) {
    if (text.trim() === "") files.delete(path);
    else files.set(path, text);
  }
  return files;
}

/** One charm from its files. `root` is the charm's folder as a host would name it; paths in the text are relative to it. */
export function charmFiles(files: ReadonlyMap<string, string>, root = ""): CharmFiles {
  const sources = new Map<string, SourceFile>();
  for (const [path, text] of files) sources.set(path, sourceFile(root === "" ? path : `${root}/${path}`, text));
  return { root, files: sources, unreadable: new Map() };
}

/** One charm from one string. */
export function charmFilesOf(fixture: string, root = ""): CharmFiles {
  return charmFiles(fixtureFiles(fixture), root);
}

/** Several charms from one string, found as every host finds them; paths are relative to the workspace. */
export function charmsIn(fixture: string): readonly CharmFiles[] {
  const texts = fixtureFiles(fixture);
  const sources = new Map([...texts].map(([path, text]) => [path, sourceFile(path, text)]));
  const found = confirmedCharms(discovery(texts.keys()).charms, (path) => texts.get(path) ?? null);
  return found.map(({ root, paths }) =>
    charmSources({
      root,
      files: new Map(
        paths.flatMap((path) => {
          const file = sources.get(path);
          return file ? [[root === "" ? path : path.slice(root.length + 1), file] as const] : [];
        }),
      ),
      unreadable: new Map(),
    }),
  );
}

/** A fixture without its `$0`, and where that stood. Throws in a test that forgot the mark. */
export function withCursor(fixture: string): {
  readonly fixture: string;
  readonly path: string;
  readonly offset: number;
} {
  for (const [path, text] of fixtureFiles(fixture)) {
    const offset = text.indexOf("$0");
    if (offset >= 0) return { fixture: fixture.replace("$0", ""), path, offset };
  }
  throw new Error("the fixture has no $0");
}

/** The same charm after one file was changed, other files the same objects: what an editor's snapshot looks like. */
export function edited(charm: CharmFiles, path: string, change: (text: string) => string): CharmFiles {
  const before = charm.files.get(path);
  if (!before) throw new Error(`the charm has no ${path}`);
  const files = new Map(charm.files);
  files.set(path, sourceFile(before.path, change(before.text), before.version + 1));
  return { ...charm, files, previous: charm.files };
}
