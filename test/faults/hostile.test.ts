import { existsSync, readFileSync, rmSync, symlinkSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { parsePyproject, parseRequirementsTxt, parseToml, parseYaml, sourceFile } from "#syntax";
import { charmMesh } from "../cli/command-line.ts";
import { put, smallCharm, withFolder } from "./folder.ts";

/** A bomb of aliases: nine levels, each ten times the one before. */
const BOMB = ["a0: &a0 [x,x,x,x,x,x,x,x,x,x]"]
  .concat(Array.from({ length: 30 }, (_, at) => `a${at + 1}: &a${at + 1} [${`*a${at},`.repeat(10)}]`))
  .join("\n");
const POLLUTION = "__proto__: { polluted: yes }\nconstructor: { prototype: { polluted: yes } }\n";
const DEEP = `${"[".repeat(5_000)}${"]".repeat(5_000)}`;

/** Files that a person may be given, by what they hold; each beside a sound charm. */
const HOSTILE: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "a bomb of aliases": {
    "b/charmcraft.yaml": `name: b\n${BOMB}\nrequires: *a30\n`,
    "b/src/charm.py": "import ops\n",
    "bundle.yaml": `applications: {}\n${BOMB}\n`,
    "mesh-topology.yaml": `models: *a30\n${BOMB}\n`,
    ".charm-mesh.yaml": BOMB,
  },
  "keys of JavaScript's own": {
    "b/charmcraft.yaml": `name: b\n${POLLUTION}requires:\n  __proto__: { interface: service_mesh }\n  constructor: { interface: constructor }\n`,
    "b/src/charm.py": 'import ops\nX = {"__proto__": 1, "constructor": 2}\n',
    "bundle.yaml": `applications:\n  __proto__: { charm: __proto__ }\n  toString: { charm: b }\nrelations: [["__proto__:x", "toString:y"]]\n${POLLUTION}`,
    ".charm-mesh.yaml": `rules:\n  __proto__: error\n  constructor: off\n${POLLUTION}`,
  },
  "nesting deeper than any stack": {
    "b/charmcraft.yaml": `name: b\nrequires: ${DEEP}\n`,
    "b/src/charm.py": `import ops\nX = ${DEEP}\nY = ${"-".repeat(5_000)}1\nZ = ${"x.".repeat(5_000)}x\n`,
    "b/pyproject.toml": `x = ${DEEP}\n`,
    "bundle.yaml": DEEP,
  },
};

describe("files that are made to do harm", () => {
  test.each(Object.entries(HOSTILE))(
    "%s: all is answered, and the sound charm beside is checked",
    async (_, files) => {
      await withFolder({ ...smallCharm("a", "sound"), ...files }, (folder) => {
        for (const args of [
          ["check", "."],
          ["inspect", "."],
          ["policies", ".", "--topology", "inferred"],
        ]) {
          const run = charmMesh([...args, "--format", "json"], folder);
          expect(run.err).not.toMatch(/RangeError|TypeError|at .*\.ts:\d+/);
          expect(run.code, run.err).not.toBe(2);
          expect(JSON.parse(run.out).version).toBe(1);
        }
      });
    },
    120_000,
  );

  test("nothing of the workspace is run or imported", async () => {
    const touch = "import os\nos.system('touch pwned')\nopen('pwned', 'w')\n";
    const files = {
      "a/charmcraft.yaml": "name: a\ntype: charm\nparts: { charm: { plugin: nil, override-build: touch pwned } }\n",
      "a/src/charm.py": `${touch}import ops\n`,
      "a/setup.py": touch,
      "a/conftest.py": touch,
      "a/sitecustomize.py": touch,
      "node_modules/commander/index.js": "require('fs').writeFileSync('pwned', '')",
      "package.json": '{ "scripts": { "prepare": "touch pwned" } }',
      git: "#!/bin/sh\ntouch pwned\n",
    };
    await withFolder(files, (folder) => {
      for (const args of [["check"], ["policies"], ["graph"], ["diff", "HEAD"], ["add-mesh"]]) charmMesh(args, folder);
      expect(existsSync(path.join(folder, "pwned")) || existsSync(path.join(folder, "a/pwned"))).toBe(false);
    });
  }, 120_000);
});

describe("text that makes careless expressions slow", () => {
  const LENGTH = 20_000;
  const again = (piece: string): string => piece.repeat(LENGTH / piece.length);
  const attacks: Readonly<Record<string, (piece: string) => unknown>> = {
    yaml: (piece) => parseYaml(sourceFile("x.yaml", `a: "b\n ${again(piece)}:'"'\n`)),
    toml: (piece) => parseToml(sourceFile("x.toml", `a = [\n[ ${again(piece)}=\n`)),
    requirements: (piece) =>
      parseRequirementsTxt(sourceFile("requirements.txt", `-e a#${again(piece)}\nb${again(piece)}\u0000\n`)),
    pyproject: (piece) =>
      parsePyproject(sourceFile("pyproject.toml", `[project]\ndependencies = ["a${again(piece)}\u0000"]\n`)),
  };
  test.each(Object.keys(attacks))(
    "%s",
    (reader) => {
      for (const piece of [
        " ",
        "\t",
        "-   ",
        "-",
        "#-",
        "&",
        "[",
        '["',
        "'",
        "\\",
        ",",
        " ,",
        "a.",
        "A[",
        "::",
        "--a ",
      ]) {
        const begun = process.cpuUsage();
        attacks[reader]?.(piece);
        const { user, system } = process.cpuUsage(begun);
        expect((user + system) / 1000, JSON.stringify(piece)).toBeLessThan(1_000);
      }
    },
    60_000,
  );
});

test("what is written stays in the workspace, wherever links lead", async () => {
  const charm = {
    "a/charmcraft.yaml":
      "name: a\ntype: charm\ncontainers:\n  a:\n    resource: a\nprovides:\n  web:\n    interface: ingress\n",
    "a/src/charm.py":
      "import ops\n\n\nclass C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n",
    "a/requirements.txt": "ops\n",
  };
  const findings = {
    ...charm,
    "a/charmcraft.yaml": "name: a\nrequires:\n  service-mesh:\n    interface: service_mesh\n",
  };
  const writes: [files: Record<string, string>, args: string[], written: string[]][] = [
    [charm, ["add-mesh", ".", "--write"], Object.keys(charm)],
    [findings, ["check", ".", "--fix"], ["a/charmcraft.yaml"]],
    [findings, ["check", ".", "--write-baseline", "a/baseline.json"], ["a/baseline.json"]],
  ];
  for (const [files, args, written] of writes)
    for (const way of ["as they are", "a link", "a link of its folder"])
      await withFolder(files, async (outside) => {
        await withFolder({}, (folder) => {
          const texts = (): readonly (string | null)[] =>
            written.map((name) => (existsSync(path.join(outside, name)) ? textAt(outside, name) : null));
          const before = texts();
          if (way === "as they are") put(folder, files);
          else if (way === "a link of its folder") symlinkSync(path.join(outside, "a"), path.join(folder, "a"));
          else {
            // What is there leads out; what is not there yet would be made outside.
            put(folder, files);
            for (const name of written) {
              rmSync(path.join(folder, name), { force: true });
              symlinkSync(path.join(outside, name), path.join(folder, name));
            }
          }
          charmMesh(args, folder);
          expect(texts(), `${args.join(" ")}: ${way}`).toEqual(before);
          // The same command writes these very files where no link is in the way.
          if (way === "as they are")
            for (const name of written)
              expect(textAt(folder, name), `${args.join(" ")}: ${name}`).not.toBe(files[name]);
        });
      });
}, 120_000);

function textAt(folder: string, name: string): string {
  return readFileSync(path.join(folder, name), "utf8");
}
