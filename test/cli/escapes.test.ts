import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { manifestText } from "#picture";
import { parseYaml, sourceFile, visibleJson, visibleText, yamlText } from "#syntax";
import { harmlessLines } from "../../cli/src/terminal.ts";
import { withFolder } from "../faults/folder.ts";
import { charmMesh } from "./command-line.ts";

/** One of each kind: C0, DEL, C1, line and paragraph separator, bidirectional controls, byte order mark. */
const UNSEEN = [
  "\u0000",
  "\u0007",
  "\b",
  "\u001b",
  "\r",
  "\u007f",
  "\u0085",
  "\u009b",
  "\u2028",
  "\u2029",
  "\u200f",
  "\u202e",
  "\u2066",
  "\ufeff",
];
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what must not be there.
const seen = /^[^\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]*$/;

describe("text from outside", () => {
  test.each(UNSEEN)("%j becomes a visible escape in every form", (one) => {
    const text = `a${one}b`;
    for (const shown of [
      visibleText(text),
      harmlessLines(text),
      visibleJson(JSON.stringify(text)),
      yamlText({ a: text }),
      manifestText({ a: text, [text]: [[text]] }),
    ])
      expect(shown).toMatch(seen);
    expect(JSON.parse(visibleJson(JSON.stringify(text)))).toBe(text);
    const read = parseYaml(sourceFile("a.yaml", yamlText({ a: text }))).root;
    expect(read?.kind === "map" && read.entries[0]?.value?.kind === "scalar" && read.entries[0].value.value).toBe(text);
  });

  test("YAML quotes what a reader of YAML 1.1, such as kubectl, takes for a boolean", () => {
    expect(yamlText({ on: "yes", y: "off" })).toBe('"on": "yes"\n"y": "off"\n');
  });

  test("no line is a workflow command", () => {
    for (const text of [
      "::error::x",
      "  ::add-mask::x",
      "a\n::stop-commands::t",
      "\t##[error]x",
      "a ##[add-mask]x",
      "\u00a0::error::x",
      "\u3000::error::x",
    ])
      expect(harmlessLines(text)).not.toMatch(COMMAND);
    expect(harmlessLines("a::b ##c [d]\ne")).toBe("a::b ##c [d]\ne");
  });

  test("no format has the mark of a workflow command, and all still say the same", () => {
    const text = "a##[add-mask]b";
    expect(JSON.parse(visibleJson(JSON.stringify(text)))).toBe(text);
    const read = parseYaml(sourceFile("a.yaml", yamlText({ a: text }))).root;
    expect(read?.kind === "map" && read.entries[0]?.value?.kind === "scalar" && read.entries[0].value.value).toBe(text);
    for (const shown of [visibleJson(JSON.stringify(text)), yamlText({ a: text }), manifestText({ a: text })])
      expect(shown).not.toMatch(COMMAND);
  });
});

/** What GitHub's runner takes for a command (actions/runner, ActionCommand.TryParseV2 and TryParse). */
const COMMAND = /^\s*::|##\[/m;

const RELATION =
  "no\\x1b]0;TITLE\\x07\\x1b[2Jpe\\n::error file=y::inj\\u2028::add-mask::x\\u202e\\nFORGED ##[add-mask]x";
const SOURCE = `import ops
from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer, UnitPolicy


class C(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.m = ServiceMeshConsumer(self, policies=[UnitPolicy(relation="${RELATION}", ports=[80])])  # \u001b]52;c;eA==\u0007
`;

const DEPLOYMENT = `models:
  "m\\nFORGED ##[m]":
    applications:
      "a\\nFORGED ##[a]": {charm: f, units: 1}
      c: {charm: "evil\\nFORGED ##[c]"}
    relations:
      - ["a\\nFORGED ##[a]", "c\\nFORGED"]
`;

test("no command obeys what a charm, its names or its links say: all forms, both streams", async () => {
  const files = {
    "c/charmcraft.yaml":
      'name: "evil\\e]0;PWNED\\a\\n::error::name\\nFORGED ##[stop-commands]x"\ntype: charm\nrequires: {service-mesh: {interface: service_mesh}}\nprovides: {"a\\nFORGED ##[a]": {interface: "b\\nFORGED ##[b]"}}\n',
    "c/src/charm.py": SOURCE,
    "mesh-topology.yaml": DEPLOYMENT,
    "new\n::error::folder/charmcraft.yaml":
      "name: f\ntype: charm\nrequires: {service-mesh: {interface: service_mesh}}\n",
    "new\n::error::folder/src/charm.py": "import ops\n",
  };
  await withFolder(files, (folder) => {
    mkdirSync(path.join(folder, "d"));
    symlinkSync("/tmp", path.join(folder, "d/x\n::stop-commands::token"));
    writeFileSync(path.join(folder, "c/src/bad\u001b[31m.py"), Uint8Array.of(0xff));
    const forms: readonly (readonly string[])[] = [
      ...["text", "json", "sarif", "junit", "github"].map((form) => ["check", ".", "--format", form]),
      ...["table", "json", "yaml"].map((form) => ["policies", ".", "--format", form]),
      ...["mermaid", "json", "dot", "markdown", "svg"].map((form) => ["graph", ".", "--format", form]),
      ["inspect", "."],
      ["inspect", ".", "--format", "json"],
      ...["text", "markdown", "sarif", "json"].map((form) => ["diff", ".", "./c", "--format", form]),
      ["diff", "./c", "."],
      ["policies", ".", "--topology", "inferred", "--format", "yaml", "--include-uncertain"],
      ["check", "./no\nFORGED ##[a]"],
      ["can", ".", "--from", "\u001b[31m::x", "--to", "c", "--via", "unit", "--port", "80"],
      ["add-mesh", "."],
    ];
    for (const args of forms) {
      const { out, err } = charmMesh(args, folder);
      const what = args.join(" ");
      const all = [...out.split("\n"), ...err.split("\n")];
      for (const line of all) {
        expect(line, what).toMatch(seen);
        expect(line, what).not.toMatch(/^[\s#|]*FORGED/);
      }
      const commands = all.filter((line) => COMMAND.test(line));
      // The annotations of `check --format github` are commands: those of its own.
      const own = what.endsWith("github")
        ? commands.filter((line) => !/^::(?:error|warning|notice) file=[^:]*::/.test(line))
        : commands;
      expect(own, what).toEqual([]);
    }
  });
}, 240_000);
