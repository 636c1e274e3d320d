import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { applyEdits, type PyExpression, parsePython, parseYaml, sourceFile } from "#syntax";
import { differenceEdits } from "../../engine/ide/src/fixes/difference.ts";
import { addedImport } from "../../engine/ide/src/fixes/import-edits.ts";
import { addedMember, appendedItem, bracketsOf, removedItem } from "../../engine/ide/src/fixes/python-edits.ts";
import { classAround, visitPython } from "../../engine/ide/src/fixes/python-tree.ts";
import { reconstrainedFixes } from "../../engine/ide/src/fixes/requirement-edits.ts";
import {
  addedListItem,
  entryOfRelation,
  insertedIntoSection,
  movedRelation,
  removedEntry,
  removedListItems,
} from "../../engine/ide/src/fixes/yaml-edits.ts";

const MESH = [
  ["limit", 1],
  ["interface", "service_mesh"],
] as const;

function inserted(text: string, section = "requires"): string {
  return applyEdits(text, insertedIntoSection(sourceFile("charmcraft.yaml", text), section, "service-mesh", MESH));
}

describe("YAML edits", () => {
  it("write as the file is written: indentation, comments, quotes", () => {
    expect(
      inserted(
        'name: a\nrequires:\n    s3:  # the bucket\n        interface: "s3"\n\nprovides:\n    x: {interface: y}\n',
      ),
    ).toBe(
      'name: a\nrequires:\n    s3:  # the bucket\n        interface: "s3"\n    service-mesh:\n        limit: 1\n        interface: service_mesh\n\nprovides:\n    x: {interface: y}\n',
    );
  });

  it("keep CRLF, blank lines between entries, and a file without last line break", () => {
    expect(inserted("requires:\r\n  a:\r\n    interface: a\r\n\r\n  b:\r\n    interface: b")).toBe(
      "requires:\r\n  a:\r\n    interface: a\r\n\r\n  b:\r\n    interface: b\r\n\r\n  service-mesh:\r\n    limit: 1\r\n    interface: service_mesh",
    );
  });

  it("go behind a block text and before the comments of what follows", () => {
    expect(
      inserted(
        "requires:\n  a:\n    interface: a\n    description: |\n      Two\n      lines.\n\n# -- peers --\npeers:\n  p:\n    interface: p\n",
      ),
    ).toBe(
      "requires:\n  a:\n    interface: a\n    description: |\n      Two\n      lines.\n  service-mesh:\n    limit: 1\n    interface: service_mesh\n\n# -- peers --\npeers:\n  p:\n    interface: p\n",
    );
  });

  it("make a section that is missing, empty, or a flow mapping", () => {
    expect(inserted("name: a\nprovides:\n  x:\n    interface: y\nparts: {}\n")).toBe(
      "name: a\nprovides:\n  x:\n    interface: y\n\nrequires:\n  service-mesh:\n    limit: 1\n    interface: service_mesh\nparts: {}\n",
    );
    expect(inserted("name: a\n")).toBe(
      "name: a\n\nrequires:\n  service-mesh:\n    limit: 1\n    interface: service_mesh\n",
    );
    expect(inserted("requires:\nname: a\n")).toBe(
      "requires:\n  service-mesh:\n    limit: 1\n    interface: service_mesh\nname: a\n",
    );
    expect(inserted("requires: {}\n")).toBe("requires: { service-mesh: { limit: 1, interface: service_mesh } }\n");
    expect(inserted("requires: {a: {interface: b}}\n")).toBe(
      "requires: {a: {interface: b}, service-mesh: { limit: 1, interface: service_mesh }}\n",
    );
  });

  it("take items out of a list with their lines and comments, and an empty list as a whole", () => {
    const without = (text: string, lib: string): string => {
      const file = sourceFile("charmcraft.yaml", text);
      return applyEdits(
        text,
        removedListItems(file, "charm-libs", (item) => file.text.slice(item.span.start, item.span.end).includes(lib)),
      );
    };
    const list =
      'name: a\ncharm-libs:\n  - lib: x.y\n    version: "0"\n  # the mesh\n  - lib: a.b\n    version: "0.5"\nparts: {}\n';
    expect(without(list, "a.b")).toBe('name: a\ncharm-libs:\n  - lib: x.y\n    version: "0"\nparts: {}\n');
    expect(without(list, "x.y")).toBe(
      'name: a\ncharm-libs:\n  # the mesh\n  - lib: a.b\n    version: "0.5"\nparts: {}\n',
    );
    expect(without(list, ".")).toBe("name: a\nparts: {}\n");
    expect(without(list, "other")).toBe(list);
    expect(without("charm-libs: [{lib: a.b}]\n", "a.b")).toBe("charm-libs: [{lib: a.b}]\n");
  });

  it("give up where the section is no mapping or has the name already", () => {
    expect(inserted("requires: [a]\n")).toBe("requires: [a]\n");
    expect(inserted("requires:\n  service-mesh:\n    interface: x\n")).toBe(
      "requires:\n  service-mesh:\n    interface: x\n",
    );
  });

  it("move a block with its comments, and take an emptied section away", () => {
    const text =
      "provides:\n  service-mesh:\n    interface: service_mesh  # one only\n    limit: 1\nrequires:\n    a:\n        interface: b\n";
    const file = sourceFile("charmcraft.yaml", text);
    expect(applyEdits(text, movedRelation(file, "provides", "service-mesh", "requires"))).toBe(
      "requires:\n    a:\n        interface: b\n    service-mesh:\n      interface: service_mesh  # one only\n      limit: 1\n",
    );
  });

  it("remove an entry with the comments above it, in blocks and in flow mappings", () => {
    for (const [text, name, after] of [
      [
        "requires:\n  a:\n    interface: a\n  # about b\n  b:\n    interface: b\n  c:\n    interface: c\n",
        "b",
        "requires:\n  a:\n    interface: a\n  c:\n    interface: c\n",
      ],
      ["requires: {a: {interface: a}, b: {interface: b}}\n", "b", "requires: {a: {interface: a}}\n"],
      ["requires: {a: {interface: a}, b: {interface: b}}\n", "a", "requires: {b: {interface: b}}\n"],
      ["name: x\nrequires:\n  a:\n    interface: a\n", "a", "name: x\n"],
    ] as const) {
      const file = sourceFile("charmcraft.yaml", text);
      const found = entryOfRelation(file, "requires", name);
      if (!found) throw new Error(`no ${name}`);
      expect(applyEdits(text, [removedEntry(file, found.owner, found.entry, found.section)])).toBe(after);
    }
  });

  it("add to a list of mappings, or make it", () => {
    const added = (text: string) =>
      applyEdits(
        text,
        addedListItem(sourceFile("charmcraft.yaml", text), "charm-libs", [
          ["lib", "a.b"],
          ["version", "0"],
        ]),
      );
    expect(added('charm-libs:\n- lib: x.y\n  version: "1"\n')).toBe(
      'charm-libs:\n- lib: x.y\n  version: "1"\n- lib: a.b\n  version: "0"\n',
    );
    expect(added('charm-libs:\n  - lib: x.y\n    version: "1"\nname: a\n')).toBe(
      'charm-libs:\n  - lib: x.y\n    version: "1"\n  - lib: a.b\n    version: "0"\nname: a\n',
    );
    expect(added("name: a\n")).toBe('name: a\n\ncharm-libs:\n  - lib: a.b\n    version: "0"\n');
  });

  it("leave the YAML valid, whatever is inserted where", () => {
    const entry = fc.constantFrom(
      "  a:\n    interface: a\n",
      "  b: {interface: b}\n",
      "  c:\n    description: |\n      x\n    interface: c\n",
      "  # note\n",
      "\n",
    );
    const section = fc.tuple(fc.constantFrom("requires", "provides", "peers"), fc.uniqueArray(entry, { maxLength: 4 }));
    fc.assert(
      fc.property(fc.uniqueArray(section, { maxLength: 3, selector: ([name]) => name }), (sections) => {
        const text = `name: x\n${sections.map(([name, entries]) => `${name}:\n${entries.join("")}`).join("")}`;
        if (parseYaml(sourceFile("charmcraft.yaml", text)).problems.length > 0) return;
        const after = sourceFile("charmcraft.yaml", inserted(text));
        expect(parseYaml(after).problems, after.text).toEqual([]);
        expect(entryOfRelation(after, "requires", "service-mesh"), after.text).not.toBeNull();
        for (const line of text.split("\n")) expect(after.text.split("\n")).toContain(line);
      }),
      { numRuns: 200, seed: 5 },
    );
  });
});

describe("Python edits", () => {
  /** The first call, list or dict of a text. */
  function bracketed(text: string) {
    const file = sourceFile("charm.py", text);
    let found: PyExpression | null = null;
    visitPython(parsePython(file), (node) => {
      if (!found && ["call", "list", "dict"].includes(node.kind)) found = node as unknown as PyExpression;
      return found === null;
    });
    const brackets = found && bracketsOf(file, found);
    if (!brackets) throw new Error(`no brackets in ${text}`);
    return { file, brackets };
  }

  it.each([
    ["f()", "f(x=1)"],
    ["f(a)", "f(a, x=1)"],
    ["f(a,)", "f(a, x=1)"],
    ["f(\n    a,\n    b,\n)", "f(\n    a,\n    b,\n    x=1,\n)"],
    ["f(\n    a,\n    b\n)", "f(\n    a,\n    b,\n    x=1\n)"],
    [
      "f(\n    a,  # one\n    b,  # two, with a comma\n)",
      "f(\n    a,  # one\n    b,  # two, with a comma\n    x=1,\n)",
    ],
    ["f(\n    a,\n    b  # two\n)", "f(\n    a,\n    b,  # two\n    x=1\n)"],
    ["f(a,\n  b)", "f(a,\n  b,\n  x=1)"],
    ["f(\r\n    a,\r\n)", "f(\r\n    a,\r\n    x=1,\r\n)"],
    ["{\n    'a': 1,\n}", "{\n    'a': 1,\n    x=1,\n}"],
  ])("append to %j", (text, after) => {
    const { file, brackets } = bracketed(text);
    expect(applyEdits(text, appendedItem(file, brackets, "x=1"))).toBe(after);
  });

  it("spread a list out that gets too long for its line", () => {
    const text = `    self.unit.set_ports(${"a".repeat(40)}, ${"b".repeat(30)})`;
    const { file, brackets } = bracketed(text.trim());
    expect(applyEdits(file.text, appendedItem(file, brackets, "c".repeat(20)))).toBe(
      `self.unit.set_ports(\n    ${"a".repeat(40)},\n    ${"b".repeat(30)},\n    ${"c".repeat(20)},\n)`,
    );
  });

  it.each([
    ["[a, b, c]", 0, "[b, c]"],
    ["[a, b, c]", 2, "[a, b]"],
    ["[a]", 0, "[]"],
    ["[\n    a,\n    b,  # two\n    c,\n]", 1, "[\n    a,\n    c,\n]"],
    ["[\n    a,\n    b\n]", 1, "[\n    a,\n]"],
  ])("remove from %j item %i", (text, index, after) => {
    const { file, brackets } = bracketed(text);
    expect(applyEdits(text, removedItem(file, brackets, index))).toBe(after);
  });

  it.each([
    ["import ops\n", "import ops\nfrom m.n import X\n"],
    ["from m.n import A, Z\n", "from m.n import A, X, Z\n"],
    ["from m.n import (\n    A,\n    Z,\n)\n", "from m.n import (\n    A,\n    X,\n    Z,\n)\n"],
    ["from m.n import (\n    A,\n    B,\n)\n", "from m.n import (\n    A,\n    B,\n    X,\n)\n"],
    ["from m.n import X\n", "from m.n import X\n"],
    ["from m.a import B\nfrom z import C\n", "from m.a import B\nfrom m.n import X\nfrom z import C\n"],
    [
      "import yaml\nfrom ops import main\nfrom z import C\n\nfrom backups import B\nfrom zoo import Z\n",
      "import yaml\nfrom m.n import X\nfrom ops import main\nfrom z import C\n\nfrom backups import B\nfrom zoo import Z\n",
    ],
    ['"""Doc."""\n\nA = 1\n', '"""Doc."""\n\nfrom m.n import X\n\nA = 1\n'],
  ])("import into %j", (text, after) => {
    const file = sourceFile("charm.py", text);
    expect(applyEdits(text, addedImport(file, parsePython(file), "m.n", "X"))).toBe(after);
  });

  it("put a member at the end of a class, indented like it", () => {
    const text = "class A:\n\tdef a(self):\n\t\tpass\n\n\nb = 1\n";
    const file = sourceFile("charm.py", text);
    const owner = classAround(parsePython(file), { start: 10, end: 10 });
    if (!owner) throw new Error("no class");
    expect(applyEdits(text, addedMember(file, owner, ["def b(self):", "\tpass"]))).toBe(
      "class A:\n\tdef a(self):\n\t\tpass\n\n\tdef b(self):\n\t\tpass\n\n\nb = 1\n",
    );
  });
});

describe("requirements", () => {
  it.each([
    ["ops", "ops>=2", "ops>=2"],
    ['"ops[tracing]~=1.0"', "ops>=2", '"ops[tracing]>=2"'],
    ["ops<2 ; python_version > '3.8'", "ops>=2", "ops>=2 ; python_version > '3.8'"],
    ['ops = "^1.0"', "ops>=2", 'ops = ">=2"'],
    ['ops = {version = "^1"}', "ops>=2", null],
  ])("%j", (written, wanted, after) => {
    const file = sourceFile("x", written);
    const location = { file, span: { start: 0, end: written.length } };
    const [fix] = reconstrainedFixes(
      { name: "ops", specifier: "", group: null, marker: null, extras: [], elsewhere: false, location },
      wanted.slice(3),
    );
    expect(fix ? applyEdits(written, fix.edits[0]?.edits ?? []) : null).toBe(after);
  });
});

describe("differences of two texts", () => {
  const lines = fc
    .array(fc.constantFrom("a\n", "b\n", "c\r\n", "\n", "d"), { maxLength: 12 })
    .map((each) => each.join(""));

  it("lead from one to the other, and touch no line that both have at their ends", () => {
    fc.assert(
      fc.property(lines, lines, (before, after) => {
        const edits = differenceEdits(before, after);
        expect(applyEdits(before, edits)).toBe(after);
        for (const [at, edit] of edits.entries())
          expect(edit.span.start).toBeGreaterThanOrEqual(edits[at - 1]?.span.end ?? 0);
      }),
      { seed: 3 },
    );
    expect(differenceEdits("a\nb\nc\n", "a\nx\nc\n")).toEqual([{ span: { start: 2, end: 4 }, newText: "x\n" }]);
    expect(differenceEdits("same", "same")).toEqual([]);
  });
});
