import { execFileSync } from "node:child_process";
import { linkSync, mkdirSync, readdirSync, rmSync, symlinkSync, truncateSync, writeFileSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, test } from "vitest";
import { type DiskWorkspace, linkBounds, readWorkspace, textFile, walk } from "#disk";
import { SIZE_LIMIT } from "../../disk/src/text-file.ts";
import { diskFiles } from "../../server/node/files.ts";
import { put, smallCharm, withFolder } from "./folder.ts";

const isLinux = process.platform === "linux";

const unreadable = async (folder: string) => {
  const { charms, problems } = await readWorkspace(["."], { base: folder });
  return { charms: charms.map(({ root, unreadable: files }) => [root, ...files]), problems };
};

test("a metadata.yaml beside no Python is a charm's where its keys say so", async () => {
  const files = {
    "a/metadata.yaml": "name: a\nrequires:\n  db: {interface: sql}\n",
    "docs/metadata.yaml": "name: guide\nauthors: []\n",
  };
  await withFolder(files, async (folder) => {
    expect((await unreadable(folder)).charms).toEqual([["a"]]);
  });
});

describe("files that can't be read", () => {
  test.each<[string, (file: string) => void, RegExp]>([
    ["a folder in place of a file", (file) => mkdirSync(file), /is a folder/],
    ["a pipe, which would wait for a writer", (file) => execFileSync("mkfifo", [file]), /is no regular file/],
    ["a device", (file) => symlinkSync("/dev/zero", file), /is no regular file/],
    ["a link to itself", (file) => symlinkSync(path.basename(file), file), /leads back to itself/],
    ["nothing", () => undefined, /does not exist/],
    ["a binary file", (file) => writeFileSync(file, Uint8Array.of(0x7f, 0x45, 0x4c, 0x46, 0, 1)), /binary/],
    [
      "Latin-1",
      (file) => writeFileSync(file, Uint8Array.of(0x23, 0x20, 0xe9, 0x0a)),
      /not UTF-8 \(first bad byte at offset 2\)/,
    ],
    ["UTF-16", (file) => writeFileSync(file, Buffer.from("\ufeffname: x", "utf16le")), /binary|not UTF-8/],
    ["a name too long", () => undefined, /name that is too long/],
  ])("%s", async (name, make, said) => {
    await withFolder({}, async (folder) => {
      const file = path.join(folder, name === "a name too long" ? "x".repeat(300) : "charm.py");
      make(file);
      const content = await textFile(file);
      expect("unreadable" in content ? content.unreadable : "text").toMatch(said);
    });
  });

  test("what is over the limit is said with the limit, and not read", async () => {
    await withFolder(smallCharm("a"), async (folder) => {
      const file = path.join(folder, "a/src/huge.py");
      writeFileSync(file, "");
      // A hole in the file: as large as a film, and no byte on disk.
      truncateSync(file, 4 * 1024 ** 3);
      const { charms } = await unreadable(folder);
      expect(charms).toEqual([["a", ["src/huge.py", "is larger than 8.0 MiB and was left out (4096.0 MiB)"]]]);
      truncateSync(file, SIZE_LIMIT + 1);
      expect(await textFile(file)).toHaveProperty("unreadable");
      expect(await textFile(file, { limit: 10 })).toEqual({ unreadable: expect.stringContaining("0.0 MiB") });
    });
  });

  test.runIf(isLinux)("a file whose size the system does not know is read no further than the limit", async () => {
    expect(await textFile("/proc/self/stat")).toHaveProperty("text");
    expect(await textFile("/proc/self/stat", { limit: 3 })).toHaveProperty("unreadable");
  });

  test("one bad file leaves the others of its charm, and all other charms", async () => {
    await withFolder({ ...smallCharm("a"), ...smallCharm("b") }, async (folder) => {
      writeFileSync(path.join(folder, "a/src/bad.py"), Uint8Array.of(0xff));
      const { charms, problems } = await readWorkspace(["."], { base: folder });
      expect(charms.map(({ root, files }) => [root, files.size])).toEqual([
        ["a", 2],
        ["b", 2],
      ]);
      expect([...(charms[0]?.unreadable.keys() ?? [])]).toEqual(["src/bad.py"]);
      expect(problems).toEqual([]);
    });
  });

  test("files and folders that vanish between the walk and the reading", async () => {
    await withFolder({ ...smallCharm("a"), ...smallCharm("b"), "bundle.yaml": "applications: {}" }, async (folder) => {
      // The exclusion is asked on the walk: the first charm's files go while the second is still looked for.
      let isGone = false;
      const excluded = (absolute: string): boolean => {
        if (!isGone && absolute.endsWith("b/charmcraft.yaml")) {
          isGone = true;
          rmSync(path.join(folder, "a"), { recursive: true });
          rmSync(path.join(folder, "bundle.yaml"));
        }
        return false;
      };
      const { charms, problems } = await readWorkspace(["."], { base: folder, excluded });
      expect(isGone).toBe(true);
      expect(charms.find(({ root }) => root === "b")?.files.size).toBe(2);
      for (const { message } of problems) expect(message).toBe("does not exist");
      for (const { root, unreadable: files } of charms)
        if (root === "a") expect(new Set(files.values())).toEqual(new Set(["does not exist"]));
    });
  });

  test.runIf(isLinux)("many files are not all open at once: the system lets a process have only so many", async () => {
    const files = Object.fromEntries(Array.from({ length: 800 }, (_, at) => [`a/src/part${at}.py`, "x = 1\n"]));
    await withFolder({ ...smallCharm("a"), ...files }, async (folder) => {
      const opened = (): number => readdirSync("/proc/self/fd").length;
      const before = opened();
      let most = before;
      let read: DiskWorkspace | null = null;
      const reading = readWorkspace(["."], { base: folder }).then((result) => {
        read = result;
        return result;
      });
      while (read === null) {
        most = Math.max(most, opened());
        await new Promise((resolve) => setImmediate(resolve));
      }
      expect((await reading).charms[0]?.files.size).toBe(802);
      expect(most - before).toBeLessThan(64);
    });
  });
});

describe("links", () => {
  const names = async (folder: string): Promise<string[]> =>
    (await walk(folder)).files.map((file) => path.relative(folder, file));

  test("loops end, and say nothing", async () => {
    await withFolder(smallCharm("a"), async (folder) => {
      symlinkSync(".", path.join(folder, "self"));
      symlinkSync("..", path.join(folder, "a/up"));
      symlinkSync("../a", path.join(folder, "a/src/round"));
      symlinkSync("two", path.join(folder, "one"));
      symlinkSync("one", path.join(folder, "two"));
      symlinkSync("nowhere", path.join(folder, "gone.yaml"));
      expect(await names(folder)).toEqual(["a/charmcraft.yaml", "a/src/charm.py"]);
      expect((await walk(folder)).problems).toEqual([]);
    });
  });

  test("two charms that link to the same libraries both have them", async () => {
    const library = { "shared/lib/charms/x/v0/y.py": "LIBAPI = 0\n" };
    await withFolder({ ...smallCharm("a"), ...smallCharm("b"), ...library }, async (folder) => {
      for (const charm of ["a", "b"]) symlinkSync("../shared/lib", path.join(folder, charm, "lib"));
      const { charms } = await readWorkspace(["."], { base: folder });
      expect(charms.map(({ files }) => files.has("lib/charms/x/v0/y.py"))).toEqual([true, true]);
    });
  });

  test("a charm that links lead to is one charm, in its own place", async () => {
    await withFolder(smallCharm("deep/er/charm"), async (folder) => {
      symlinkSync("deep/er/charm", path.join(folder, "alias"));
      symlinkSync("deep/er", path.join(folder, "all"));
      for (let round = 0; round < 5; round++) {
        const { charms } = await readWorkspace(["."], { base: folder });
        expect(charms.map(({ root }) => root)).toEqual(["deep/er/charm"]);
      }
    });
  });

  test("links that multiply end at a limit that is said", async () => {
    await withFolder({ "l20/x.py": "" }, async (folder) => {
      for (let level = 0; level < 20; level++) {
        mkdirSync(path.join(folder, `l${level}`));
        for (const side of ["a", "b"]) symlinkSync(`../l${level + 1}`, path.join(folder, `l${level}`, side));
      }
      const { problems } = await walk(folder);
      expect(problems.map(({ message }) => message)).toEqual(["and other links are not followed: there are over 1000"]);
    });
  });

  test("out of the workspace none leads, be it a folder's or a file's, on the command line or in the server", async () => {
    await withFolder({ ...smallCharm("secret"), "secret/src/key.py": "TOKEN = 1" }, async (outside) => {
      await withFolder(smallCharm("a"), async (folder) => {
        symlinkSync(path.join(outside, "secret"), path.join(folder, "stolen"));
        symlinkSync(path.join(outside, "secret/src/key.py"), path.join(folder, "a/src/key.py"));
        symlinkSync("/", path.join(folder, "root"));
        const said = "is a link that leads out of the workspace";
        const { charms, problems } = await unreadable(folder);
        expect(charms).toEqual([["a", ["src/key.py", said]]]);
        expect(problems).toEqual([
          { path: "root", message: said },
          { path: "stolen", message: said },
        ]);
        const host = diskFiles();
        const listed = await host.list(pathToFileURL(folder).href, pathToFileURL(folder).href);
        const key = pathToFileURL(path.join(folder, "a/src/key.py")).href;
        expect(listed).toContain(key);
        expect(listed.filter((uri) => uri.includes("stolen"))).toEqual([]);
        expect(await host.read([key])).toEqual([{ unreadable: said }]);
      });
    });
  });

  test("within one repository charms may share files by links", async () => {
    await withFolder({ ...smallCharm("charms/a"), "pyproject.toml": "[project]\n" }, async (folder) => {
      mkdirSync(path.join(folder, ".git"));
      symlinkSync("../../pyproject.toml", path.join(folder, "charms/a/pyproject.toml"));
      const charm = path.join(folder, "charms/a");
      expect(await linkBounds(charm)).toBe(folder);
      const { charms } = await readWorkspace(["."], { base: charm });
      expect([...(charms[0]?.files.keys() ?? [])].sort()).toEqual([
        "charmcraft.yaml",
        "pyproject.toml",
        "src/charm.py",
      ]);
    });
  });
});

describe("names", () => {
  test("line breaks, quotes, blanks and shell syntax are names like others", async () => {
    const odd = ["new\nline", 'quo"te', "it's", " blank ", "$(touch pwned)", "a;b", "-rf", "100%", "ünï", "𝒳", "a\\b"];
    const files = Object.assign({}, ...odd.map((name) => smallCharm(name, "odd")));
    await withFolder(files, async (folder) => {
      const { charms, problems } = await readWorkspace(["."], { base: folder });
      expect(charms.map(({ root }) => root).sort()).toEqual([...odd].sort());
      expect(charms.every(({ files: own, unreadable: bad }) => own.size === 2 && bad.size === 0)).toBe(true);
      expect(problems).toEqual([]);
      // Through URIs they come back as they were.
      const host = diskFiles();
      const uris = await host.list(pathToFileURL(folder).href, pathToFileURL(folder).href);
      expect(uris).toHaveLength(odd.length * 2);
      for (const content of await host.read(uris)) expect(content).toHaveProperty("text");
    });
  });

  test("bytes that are no UTF-8 are said to be so, and the rest is read", async () => {
    await withFolder(smallCharm("a"), async (folder) => {
      const bytes = Buffer.concat([Buffer.from(path.join(folder, "a/src/")), Buffer.of(0xe9), Buffer.from(".py")]);
      writeFileSync(bytes, "x = 1\n");
      const { charms } = await readWorkspace(["."], { base: folder });
      expect(charms[0]?.files.size).toBe(2);
      expect([...(charms[0]?.unreadable.values() ?? [])]).toEqual(["has a name that is not UTF-8"]);
    });
  });

  test("what is given on the command line may be a file, nothing, or climb", async () => {
    await withFolder(smallCharm("a"), async (folder) => {
      const { problems } = await readWorkspace(["a/charmcraft.yaml", "nowhere", "a/../a/../missing"], { base: folder });
      expect(problems.map(({ message }) => message)).toEqual([
        "is a file; give the folder of the charm",
        "does not exist",
        "does not exist",
      ]);
      const { charms } = await readWorkspace(["a"], { base: path.join(folder, "a", "..") });
      expect(charms.map(({ root }) => root)).toEqual(["a"]);
    });
  });
});

describe("a workspace of 100,000 files", () => {
  test("is read in seconds, and only what matters of it", async () => {
    await withFolder(smallCharm("charms/a"), async (folder) => {
      for (let at = 0; at < 500; at++) {
        const source = path.join(folder, `data/d${at}/f0.txt`);
        put(folder, { [`data/d${at}/f0.txt`]: "" });
        for (let each = 1; each < 200; each++) linkSync(source, path.join(folder, `data/d${at}/f${each}.txt`));
      }
      const started = performance.now();
      const { charms, seen } = await readWorkspace(["."], { base: folder });
      const seconds = (performance.now() - started) / 1000;
      console.log(`100,000 files: ${Math.round(seen / seconds)} files/s`);
      expect(seen).toBe(100_002);
      expect(charms.map(({ files }) => files.size)).toEqual([2]);
    });
  }, 120_000);
});
