import { execFileSync } from "node:child_process";
import { expect, test } from "vitest";
import { miniWorkspace } from "../support/mini-workspace.ts";
import { charmMesh, inFolder } from "./command-line.ts";

const LATIN = Uint8Array.of(0x23, 0xe9);
const WHY = "is not UTF-8 (first bad byte at offset 1)";

/** A repository whose one commit holds these files besides a small workspace. */
function inRepository<T>(files: Readonly<Record<string, string | Uint8Array>>, use: (folder: string) => T): T {
  return inFolder({ ...miniWorkspace(), ...files }, (folder) => {
    const git = (...args: readonly string[]) =>
      execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: folder, stdio: "pipe" });
    git("init", "-q");
    git("add", "-A");
    git("commit", "-q", "-m", "one");
    return use(folder);
  });
}

test("diff reports which files of either state could not be read, and standard output contains the result alone", () => {
  const files = { "bundle.yaml": LATIN, "coordinator/src/other.py": LATIN };
  inRepository(files, (folder) => {
    const expected = ["HEAD", "working tree"].flatMap((label) => [
      `${label}: bundle.yaml ${WHY}`,
      `${label}: coordinator/src/other.py ${WHY}`,
    ]);
    for (const format of ["text", "json"]) {
      const run = charmMesh(["diff", "HEAD", "--format", format], folder);
      expect(run.err.trimEnd().split("\n")).toEqual(expected);
      expect(run.out).not.toContain(WHY);
      expect(run.code).toBe(0);
    }
  });
});

test("the report for a pull request names what it could not read, as it would else promise too much", () => {
  const files = { "coordinator/src/other.py": LATIN, "coordinator/src/a|b.py": LATIN };
  inRepository(files, (folder) => {
    const lines = charmMesh(["diff", "HEAD", "--format", "markdown"], folder).out.split("\n");
    expect(lines.slice(1, 9)).toEqual([
      "",
      "> [!WARNING]",
      "> These files could not be read. What they say is missing here:",
      ">",
      `> - HEAD: coordinator/src/a&#124;b.py ${WHY}`,
      `> - HEAD: coordinator/src/other.py ${WHY}`,
      `> - working tree: coordinator/src/a&#124;b.py ${WHY}`,
      `> - working tree: coordinator/src/other.py ${WHY}`,
    ]);
    expect(lines.slice(9)).toEqual(["", "No flow is opened or closed.", ""]);
  });
});

test("the report for a pull request names five such files of a state, and says that there are more", () => {
  inRepository({}, (folder) =>
    expect(charmMesh(["diff", "HEAD", "--format", "markdown"], folder).out).not.toContain("WARNING"),
  );
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`coordinator/src/part_${at}.py`, LATIN]));
  inRepository(many, (folder) => {
    const named = charmMesh(["diff", "HEAD", "--format", "markdown"], folder).out.match(/^> - HEAD: .*$/gm);
    expect(named).toHaveLength(6);
    expect(named?.at(-1)).toBe("> - HEAD: and more, which `charm-mesh diff` lists in the terminal");
  });
});

test("diff says nothing where everything can be read, and counts the rest where much can't", () => {
  inRepository({}, (folder) => expect(charmMesh(["diff", "HEAD"], folder).err).toBe(""));
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, at) => [`coordinator/src/part_${at}.py`, LATIN]));
  inRepository(many, (folder) => {
    const lines = charmMesh(["diff", "HEAD"], folder).err.trimEnd().split("\n");
    expect(lines).toHaveLength(42);
    expect(lines[20]).toBe("HEAD: and 10 others could not be read");
  });
});
