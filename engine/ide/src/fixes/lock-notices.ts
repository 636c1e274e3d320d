import type { FileEdit } from "#syntax";

/** Locks of requirements, and what makes them anew. */
const LOCKS = [
  { name: "uv.lock", command: "uv lock" },
  { name: "poetry.lock", command: "poetry lock" },
];

/**
 * A sentence for each lock, or compiled list, of requirements that edits leave behind, with the command to run: nothing here resolves
 * packages. `has` returns whether there is a file of that name; edits that change nothing leave nothing behind.
 */
export function lockNotices(edits: readonly FileEdit[], has: (path: string) => boolean): readonly string[] {
  return edits.flatMap(({ path, edits: changes }) => {
    const nameAt = path.lastIndexOf("/") + 1;
    const name = path.slice(nameAt);
    if (changes.length === 0) return [];
    if (name === "requirements.in")
      return [`${path} is what requirements.txt beside it is compiled from: compile that again.`];
    if (name !== "pyproject.toml") return [];
    const folder = path.slice(0, nameAt);
    const lock = LOCKS.find((each) => has(folder + each.name));
    return lock ? [`${folder}${lock.name} holds the old requirements: run \`${lock.command}\` in its folder.`] : [];
  });
}
