import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../tidy/source-tree.ts";
import { charmMesh, inFolder } from "./command-line.ts";

const ESCAPE = "\u001b";
const COMMANDS = [...charmMesh(["--help"]).out.matchAll(/^ {2}([a-z-]+) (?:\[|<).* {2}/gm)]
  .map(([, name = ""]) => name)
  .filter((name) => name !== "help");

/** What a person sees who runs us on a terminal: `script` (util-linux) gives one. Standard output and error come as one. */
function onTerminal(args: readonly string[], env: Readonly<Record<string, string>> = {}): string {
  const command = [process.execPath, path.join(root, "dist/cli.js"), ...args].map((word) => `'${word}'`).join(" ");
  const run = spawnSync("script", ["-qec", command, "/dev/null"], {
    cwd: path.join(root, "samples"),
    encoding: "utf8",
    env: { PATH: process.env["PATH"] ?? "", TERM: "xterm-256color", ...env },
  });
  return run.stdout;
}

describe.runIf(process.platform === "linux")("on a terminal", () => {
  test("there are colours and a line of progress that is gone in the end", () => {
    const seen = onTerminal(["check", "faulty"]);
    expect(seen).toContain(`${ESCAPE}[31m`);
    const progress = seen.indexOf("reading charms…");
    expect(progress).toBeGreaterThanOrEqual(0);
    expect(seen.indexOf(`\r${ESCAPE}[K`, progress)).toBeGreaterThan(progress);
  });

  test("NO_COLOR and a terminal that can't are heeded", () => {
    for (const env of [{ NO_COLOR: "1" }, { TERM: "dumb" }] as Record<string, string>[])
      expect(onTerminal(["check", "faulty"], env)).not.toContain(`${ESCAPE}[31m`);
  });
});

describe("outside a terminal", () => {
  test("there are no colours, unless they are asked for, and no progress", () => {
    const plain = charmMesh(["check", "faulty"]);
    expect(plain.out + plain.err).not.toContain(ESCAPE);
    expect(plain.err).not.toContain("reading charms");
    expect(charmMesh(["check", "faulty"], "samples", { FORCE_COLOR: "1" }).out).toContain(`${ESCAPE}[31m`);
    expect(charmMesh(["check", "faulty"], "samples", { FORCE_COLOR: "1", NO_COLOR: "1" }).out).not.toContain(ESCAPE);
  });

  test("formats for machines have no colours even then, and standard output holds nothing but them", () => {
    for (const args of [
      ["check", "faulty"],
      ["policies", "observability"],
      ["inspect", "observability"],
      ["diff", "./observability", "./faulty"],
    ]) {
      const { out } = charmMesh([...args, "--format", "json"], "samples", { FORCE_COLOR: "1" });
      expect(out).not.toContain(ESCAPE);
      expect(JSON.parse(out).version, args.join(" ")).toBe(1);
    }
  });
});

test("every command has help with an example, and its name in it", () => {
  expect(COMMANDS).toContain("check");
  for (const name of COMMANDS) {
    const help = charmMesh([name, "--help"]);
    expect(help.out, name).toMatch(new RegExp(`Examples?[^\\n]*:\\n[\\s\\S]*${name}`));
    expect(help.code, name).toBe(0);
  }
});

const CHECK_FORMATS = ["text", "json", "sarif", "github", "junit"];
const DIFF_FORMATS = ["text", "json", "markdown", "sarif"];

test("every format of a command ends with the same exit code", () => {
  const can = (from: string, port: string): string[] => [
    ...["can", "observability", "--from", from, "--to", "quarry", "--port", port],
    ...["--method", "GET", "--path", "/api/v1/query", "--mesh", "hardened=true"],
  ];
  const drift = (cluster: string): string[] => ["drift", "observability", "--cluster", cluster];
  const manifests = charmMesh(["policies", "observability", "--format", "yaml"]).out;
  const clusters = {
    "same.yaml": manifests,
    "other.yaml": manifests.slice(0, manifests.lastIndexOf("\n---")),
    "bad.yaml": "kind: [",
  };
  const text = ["text", "json"];
  const runs = (folder: string): [string[], string[], number][] => [
    [["check", "nowhere"], CHECK_FORMATS, 2],
    [["diff", "./observability", "./faulty"], DIFF_FORMATS, 0],
    [["diff", "./observability", "./faulty", "--exit-code"], DIFF_FORMATS, 1],
    [["diff", "no such ref"], DIFF_FORMATS, 2],
    [can("grafana", "3900"), text, 0],
    [can("grafana", "1"), text, 1],
    [can("nobody", "1"), text, 2],
    [drift(`${folder}/same.yaml`), text, 0],
    [drift(`${folder}/other.yaml`), text, 1],
    [drift(`${folder}/bad.yaml`), text, 2],
  ];
  inFolder(clusters, (folder) => {
    for (const [args, formats, code] of runs(folder))
      for (const format of formats) {
        const run = charmMesh([...args, "--format", format]);
        expect(run.code, `${args.join(" ")} --format ${format}`).toBe(code);
        expect(run.out === "", args.join(" ")).toBe(code === 2);
      }
  });
}, 120_000);
