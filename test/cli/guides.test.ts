import { cpSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parseFilter } from "#picture";
import { filesBelow, textOf } from "../tidy/source-tree.ts";
import { charmMesh, inFolder } from "./command-line.ts";

/** The command lines of ours in the pages' shell blocks, without what is piped, written elsewhere or remarked. */
function commandLines(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^```sh\n([\s\S]*?)^```/gm)].flatMap(([, block = ""]) =>
    block
      .split("\n")
      .map((line) => /^(?:npx )?charm-mesh (.*)/.exec(line)?.[1]?.split(/ +(?:#|[|>])/)[0] ?? "")
      .filter((line) => line !== ""),
  );
}

const helps = new Map<string, string>();
function helpOf(command: string): string {
  const known = helps.get(command) ?? charmMesh([command, "--help"]).out;
  helps.set(command, known);
  return known;
}

test("every command line in the README and the guides names a command, and options that it has", () => {
  const lines = ["README.md", ...filesBelow("docs/guide", /\.md$/)].flatMap(commandLines);
  expect(lines.length).toBeGreaterThan(20);
  for (const line of lines) {
    const [command = "", ...words] = line.split(" ");
    const help = helpOf(command);
    expect(help, line).toContain(`Usage: charm-mesh ${command}`);
    for (const word of words.filter((each) => each.startsWith("--")))
      expect(help.split(/[\s,=]+/), `${line}: ${word}`).toContain(word.split("=")[0]);
  }
});

test("the guide of the command line names every command with its formats, every option, and no other", () => {
  const guide = textOf("docs/guide/command-line.md");
  const main = charmMesh(["--help"]).out;
  const commands = [...main.matchAll(/^ {2}([a-z-]+)(?= (?:\[|<))/gm)].map(([, name = ""]) => name);
  const rows = [...guide.matchAll(/^\| `([a-z-]+)[^`]*` \|.*\| (.*?) ?\|$/gm)];
  expect(rows.map(([, name]) => name).sort()).toEqual(commands.filter((name) => name !== "help").sort());
  for (const [, name = "", formats = ""] of rows) {
    const shown = [...formats.matchAll(/`([a-z]+)`/g)].map(([, format = ""]) => format);
    const [, listed = "", first] =
      /--format <format>\s+([a-z,\s]+?)\s+\(default:\s+"([a-z]+)"\)/.exec(helpOf(name)) ?? [];
    expect(shown, name).toEqual(listed === "" ? [] : listed.split(/,\s+/));
    expect(shown[0], name).toBe(first);
  }
  const options = [main, ...commands.filter((name) => name !== "help").map(helpOf)].flatMap((help) =>
    [...help.matchAll(/^ {2}(?:(-\w), )?(--[a-z-]+)/gm)].flatMap(([, short, long = ""]) =>
      short ? [short, long] : long,
    ),
  );
  const named = [...guide.matchAll(/`(--?[A-Za-z][a-z-]*)/g)].map(([, option = ""]) => option);
  expect([...new Set(named)].sort()).toEqual([...new Set(options)].sort());
});

/** The blocks of a page that are in no language: what a person sees or types. */
function plainBlocks(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^```(\w*)\n([\s\S]*?)^```/gm)].flatMap(([, language, block = ""]) =>
    language === "" ? [block] : [],
  );
}

test("the finding in the README is the faulty sample's", () => {
  const [finding = ""] = plainBlocks("README.md");
  expect(finding).toContain("error");
  expect(charmMesh(["check"], "samples/faulty").out).toContain(finding);
});

test("the guide shows the diff of a storefront that opens all of its pods' ports to Prometheus", () => {
  inFolder({}, (folder) => {
    const [before, after] = [path.join(folder, "origin", "main"), path.join(folder, "working tree")];
    for (const state of [before, after]) cpSync("samples/observability", state, { recursive: true });
    const file = path.join(after, "storefront/src/charm.py");
    const charm = readFileSync(file, "utf8");
    writeFileSync(file, charm.replace(", ports=[METRICS_PORT]", ""));
    const [shown] = plainBlocks("docs/guide/reviewing-a-change.md");
    expect(charmMesh(["diff", "--folder", "origin/main", "working tree"], folder).out).toBe(shown);
  });
});

test("every expression in the guide is one", () => {
  const [block = ""] = plainBlocks("docs/guide/reading-the-graph.md");
  const expressions = block.trim().split("\n");
  expect(expressions.length).toBeGreaterThan(3);
  for (const expression of expressions) expect(parseFilter(expression).ok, expression).toBe(true);
});
