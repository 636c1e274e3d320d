import { spawnSync } from "node:child_process";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { root } from "../tidy/source-tree.ts";
import { charmMesh } from "./command-line.ts";

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

describe("where nobody looks", () => {
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
      ["diff", "observability", "faulty"],
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

test("every format of a command ends with the same exit code", () => {
  const flow = ["can", "observability", "--from", "nobody", "--to", "quarry", "--port", "1"];
  const runs: [string[], string[], number][] = [
    [["check", "nowhere"], ["text", "json", "sarif", "github", "junit"], 2],
    [["diff", "observability", "faulty", "--exit-code"], ["text", "json", "markdown", "sarif"], 1],
    [["diff", "observability", "faulty"], ["text", "json", "markdown", "sarif"], 0],
    [["diff", "no such ref"], ["text", "json", "markdown", "sarif"], 2],
    [flow, ["text", "json"], 2],
  ];
  for (const [args, formats, code] of runs)
    for (const format of formats) {
      const run = charmMesh([...args, "--format", format]);
      expect(run.code, `${args.join(" ")} --format ${format}`).toBe(code);
      if (code === 2) expect(run.out).toBe("");
    }
}, 120_000);
