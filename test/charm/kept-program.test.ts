import { describe, expect, it } from "vitest";
import type { CharmFiles, CharmModel } from "#charm";
import { parsePython, type SourceFile } from "#syntax";
import { charmProgram } from "../../engine/charm/src/source/charm-program.ts";
import { charmFilesOf } from "../support/charm-fixture.ts";
import { bare, modelOf } from "../support/charm-reading.ts";

const FIXTURE = `
//- charmcraft.yaml
name: shop
summary: a shop
config:
  options:
    port: {type: int, default: 8080}
//- src/charm.py
import ops
class Shop(ops.CharmBase):
    def __init__(self, framework):
        super().__init__(framework)
        self.unit.set_ports(PORTS)
ops.main(Shop)
`;
const READS = FIXTURE.replace("PORTS", 'self.config["port"]');
const READS_NOT = FIXTURE.replace("PORTS", "8080");

/** A charm in which one file has another text; all other files are the same objects. */
function changed(charm: CharmFiles, path: string, change: (text: string) => string): CharmFiles {
  const files = [...charm.files].map(([name, file]): [string, SourceFile] =>
    name === path ? [name, { ...file, text: change(file.text) }] : [name, file],
  );
  return { ...charm, files: new Map(files) };
}

/** What a charm opens, and every place that is a reason for it: the line's number in its file, from 1. */
function opened({ openedPorts }: CharmModel): unknown {
  return [
    bare(openedPorts),
    openedPorts.because.flatMap(({ location }) =>
      location ? `${location.file.path}:${location.file.text.slice(0, location.span.start).split("\n").length}` : [],
    ),
  ];
}

describe("after a letter in YAML", () => {
  it("what was worked out of the same Python is kept, however often the options are moved", () => {
    const charm = charmFilesOf(READS_NOT);
    const program = (of: CharmFiles) => charmProgram(of, () => expect.fail("nothing is parsed"), new Map()).python;
    const before = program(charm);
    expect(program(changed(charm, "charmcraft.yaml", (text) => `# x\n${text}`))).toBe(before);
    expect(program(changed(charm, "src/charm.py", (text) => `# x\n${text}`))).not.toBe(before);
  });

  it.each([
    ["another default", (text: string) => text.replace("8080", "9090")],
    ["a line above", (text: string) => `# a line\n${text}`],
    ["no such option", (text: string) => text.replace("port:", "gate:")],
    ["no options", (text: string) => text.slice(0, text.indexOf("config:"))],
  ])("a charm that looks at an option says what it would say read for the first time: %s", (_what, change) => {
    const charm = charmFilesOf(READS);
    const first = opened(modelOf(charm));
    const again = changed(charm, "charmcraft.yaml", change);
    const afresh = changed(again, "src/charm.py", (text) => text);
    expect(opened(modelOf(again))).toEqual(opened(modelOf(afresh)));
    expect(opened(modelOf(again))).not.toEqual(first);
    // And back again, which is one more change.
    expect(
      opened(modelOf(changed(again, "charmcraft.yaml", () => charm.files.get("charmcraft.yaml")?.text ?? ""))),
    ).toEqual(first);
  });

  it("other roots of imports are another program", () => {
    const charm = charmFilesOf(`${READS_NOT}
//- pyproject.toml
[tool.setuptools.packages.find]
where = ["one"]
//- one/gates.py
PORT = 1
//- two/gates.py
PORT = 2
`);
    const importing = changed(charm, "src/charm.py", (text) => `import gates\n${text.replace("8080", "gates.PORT")}`);
    expect(bare(modelOf(importing).openedPorts)).toEqual([1]);
    const moved = changed(importing, "pyproject.toml", (text) => text.replace("one", "two"));
    expect(bare(modelOf(moved).openedPorts)).toEqual([2]);
  });
});

const COMMENTED = `
//- charmcraft.yaml
name: shop
config:
  options:
    port: {type: int, default: 8080}
//- src/charm.py
"""A shop."""
import ops

class Shop(ops.CharmBase):
    """Sells things."""

    # The port is configured.
    def __init__(self, framework):
        # First the base.
        super().__init__(framework)  # as ops wants
        self.unit.set_ports(
            # inside of a call
            self.config["port"],
        )

ops.main(Shop)
`;

describe("after an edit in a comment or a docstring", () => {
  const file = "src/charm.py";
  const edit = (charm: CharmFiles, from: string, to: string): CharmFiles => ({
    ...changed(charm, file, (text) => text.replace(from, to)),
    previous: charm.files,
  });
  const program = (charm: CharmFiles) => charmProgram(charm, (each) => parsePython(each), new Map()).python;

  it.each([
    ["A shop", "A little shop"],
    ["Sells things", "Sells"],
    ["The port is configured", "The port"],
    ["First the base", "First the base, then the rest"],
    ["as ops wants", "as ops"],
  ])("what was worked out is kept, in the places where it now stands: %s", (from, to) => {
    const charm = charmFilesOf(COMMENTED);
    const before = program(charm);
    const there = edit(charm, from, to);
    const again = edit(there, to, `${to} and more`);
    expect([program(there), program(again)]).toEqual([before, before]);
    for (const each of [there, again])
      expect(opened(modelOf(each))).toEqual(opened(modelOf({ ...each, files: copies(each) })));
  });

  it.each([
    ["inside of a call", "inside"],
    ["# First the base.", "pass"],
    ["# The port is configured.", "# The port\n    x = 1  # is configured."],
    ['"""Sells things."""', '"""Sells""" + "things"'],
    ["super()", "supper()"],
  ])("any other edit is evaluated: %s", (from, to) => {
    const charm = charmFilesOf(COMMENTED);
    const before = program(charm);
    expect(program(edit(charm, from, to))).not.toBe(before);
  });

  function copies({ files }: CharmFiles): ReadonlyMap<string, SourceFile> {
    return new Map([...files].map(([path, each]) => [path, { ...each }]));
  }
});
