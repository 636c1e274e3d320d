import { type CharmFiles, charmSources } from "#charm";
import { confirmedCharms, discovery } from "#ide";
import { type SourceFile, sourceFile, visibleText } from "#syntax";
import type { TextFile } from "./text-file.ts";
import type { DiskProblem } from "./walk.ts";

const MOST_SENTENCES = 20;

/** The charms, deployment files and settings files of a workspace as values for the engine, and what could not be read of them. */
export interface WorkspaceContents {
  readonly charms: readonly CharmFiles[];
  readonly topologies: readonly SourceFile[];
  /** The project files `.charm-mesh.yaml`, nearest to the root first. */
  readonly settings: readonly SourceFile[];
  readonly problems: readonly DiskProblem[];
  /** Topology and settings files that exist but are unreadable: name to reason. `problems` lists them too. */
  readonly unreadable: ReadonlyMap<string, string>;
}

/** Reads some files: each name with its text, or with why there is none. */
export type Reader = (names: readonly string[]) => Promise<ReadonlyMap<string, TextFile>>;

/**
 * What matters among the named files of a workspace, read: what a disk and a commit have in common. `read` is called twice, for
 * each metadata.yaml that has to say whether it is a charm's, then for all that is needed. What can't be read becomes an entry of its
 * charm's `unreadable`, or a problem where it belongs to none.
 */
export async function workspaceContents(names: Iterable<string>, read: Reader): Promise<WorkspaceContents> {
  const found = discovery(names);
  const metadata = await read(found.charms.flatMap(({ undecided }) => undecided ?? []));
  const charms = confirmedCharms(found.charms, (name) => {
    const content = metadata.get(name);
    return content && "text" in content ? content.text : null;
  });
  const contents = await read([...charms.flatMap(({ paths }) => paths), ...found.topologies, ...found.settings]);
  const topologies = contentsOf(found.topologies, contents);
  const settings = contentsOf(found.settings, contents);
  const unreadable = new Map([...topologies.unreadable, ...settings.unreadable]);
  return {
    charms: charms.map(({ root, paths }) => {
      const { files, unreadable: unread } = contentsOf(paths, contents);
      const relative = (name: string): string => (root === "" ? name : name.slice(root.length + 1));
      return charmSources({
        root,
        files: new Map(files.map((file) => [relative(file.path), file])),
        unreadable: new Map([...unread].map(([name, why]) => [relative(name), why])),
      });
    }),
    topologies: topologies.files,
    settings: settings.files,
    problems: [...unreadable].map(([name, message]) => ({ path: name, message })),
    unreadable,
  };
}

/**
 * A sentence for each path that could not be looked into or read, files of charms too; where these are many (a clone that holds
 * no contents), the last sentence counts the others.
 */
export function leftOut({ charms, problems }: Pick<WorkspaceContents, "charms" | "problems">): readonly string[] {
  const sentences = problems.map((problem) => `${visibleText(problem.path)} ${problem.message}`);
  for (const { root, unreadable } of charms)
    for (const [name, why] of unreadable)
      sentences.push(`${visibleText(root === "" ? name : `${root}/${name}`)} ${why}`);
  const more = sentences.length - MOST_SENTENCES;
  return more <= 1 ? sentences : [...sentences.slice(0, MOST_SENTENCES), `and ${more} others could not be read`];
}

function contentsOf(
  names: readonly string[],
  contents: ReadonlyMap<string, TextFile>,
): { readonly files: readonly SourceFile[]; readonly unreadable: ReadonlyMap<string, string> } {
  const files: SourceFile[] = [];
  const unreadable = new Map<string, string>();
  for (const name of names) {
    const content = contents.get(name);
    if (!content) continue;
    if ("unreadable" in content) unreadable.set(name, content.unreadable);
    else files.push(sourceFile(name, content.text));
  }
  return { files, unreadable };
}
