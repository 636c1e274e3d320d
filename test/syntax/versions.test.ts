import { describe, expect, it } from "vitest";
import { admits, applyEdits, requirementInsertion, satisfies, sourceFile } from "#syntax";
import { normalizedName } from "../../engine/syntax/src/requirements/name.ts";

describe("versions", () => {
  it("names are compared as PEP 503 says", () => {
    expect(normalizedName("Charmed_Service.Mesh--helpers")).toBe("charmed-service-mesh-helpers");
  });

  it.each([
    ["2.1.0", ">=2.1.0", true],
    ["2.0.9", ">=2.1.0", false],
    ["2.1.0rc1", ">=2.1.0", false],
    ["2.2.0rc1", ">=2.1.0", true],
    ["2.1.0", "", true],
    ["2.1.0+local", "==2.1.0", true],
    ["1!1.0", ">=2.1.0", true],
    ["", ">=1", null],
    ["1.0", ">>1", null],
  ])("%s in %s: %s", (version, specifier, expected) => {
    expect(satisfies(version, specifier)).toBe(expected);
  });

  it.each([
    ["<2", ">=2.1.0", false],
    ["<2.1.0", ">=2.1.0", false],
    ["<=2.1.0", ">=2.1.0", true],
    ["==2.0.*", ">=2.1.0", false],
    ["==2.1.*", ">=2.1.0", true],
    ["~=2.0.3", ">=2.1.0", false],
    ["~=2.0", ">=2.1.0", true],
    ["==2.0.5", ">=2.1.0", false],
    [">=1,!=2.1.0,<2.1.1", ">=2.1.0", true],
    ["", ">=2.1.0", true],
    [">=2.0", "<2.1.0", true],
    [">=2.1", "<2.1.0", false],
    ["", "<2.1.0", true],
    [">=4.0.0", "<4.0.0", false],
    ["~=2.1", "<3,>=4", false],
    ["~=2.1,>=4", "", false],
    [">=2.1,<2.1.0.1", ">=2.1.0", true],
    ["==2.1.0rc1", ">=2.0", true],
    [">>1", ">=2.1.0", null],
    [">=1", "2", null],
  ])("%s with %s: %s", (specifier, range, expected) => {
    expect(admits(specifier, range)).toBe(expected);
  });
});

describe("adding a requirement", () => {
  const item = "lightkube-extensions>=0.3.0";

  function added(path: string, text: string): string | null {
    const edit = requirementInsertion(sourceFile(path, text), item);
    return edit && applyEdits(text, edit.edits);
  }

  it.each([
    ["a\n", `a\n${item}\n`],
    ["a", `a\n${item}\n`],
    ["a\r\n", `a\r\n${item}\r\n`],
    ["", `${item}\n`],
  ])("to requirements.txt: %j", (text, expected) => {
    expect(added("requirements.txt", text)).toBe(expected);
  });

  it.each([
    [
      '[project]\ndependencies = [\n    "a",\n    "b",\n]\n',
      `[project]\ndependencies = [\n    "a",\n    "b",\n    "${item}",\n]\n`,
    ],
    ['[project]\ndependencies = [\n  "a"\n]\n', `[project]\ndependencies = [\n  "a",\n  "${item}"\n]\n`],
    [
      '[project]\ndependencies = [\n  "a",  # why\n]\n',
      `[project]\ndependencies = [\n  "a",  # why\n  "${item}",\n]\n`,
    ],
    ['[project]\ndependencies = ["a"]\n', `[project]\ndependencies = ["a", "${item}"]\n`],
    ['[project]\ndependencies = ["a",]\n', `[project]\ndependencies = ["a", "${item}",]\n`],
    ["[project]\ndependencies = []\n", `[project]\ndependencies = ["${item}"]\n`],
    ["[project]\ndependencies = [\n]\n", `[project]\ndependencies = [\n    "${item}",\n]\n`],
    ['[project]\nname = "x"\n\n[tool.x]\n', `[project]\nname = "x"\ndependencies = ["${item}"]\n\n[tool.x]\n`],
    [
      '[tool.poetry.dependencies]\npython = "^3.8"\nops = "^2"  # x\n\n[x]\n',
      `[tool.poetry.dependencies]\npython = "^3.8"\nops = "^2"  # x\nlightkube-extensions = ">=0.3.0"\n\n[x]\n`,
    ],
    [
      '[tool.poetry.dependencies]\npython = "^3.8"\n[tool.poetry.group.charm.dependencies]\nops = "^2"\n',
      `[tool.poetry.dependencies]\npython = "^3.8"\n[tool.poetry.group.charm.dependencies]\nops = "^2"\nlightkube-extensions = ">=0.3.0"\n`,
    ],
  ])("to pyproject.toml: %j", (text, expected) => {
    expect(added("charm/pyproject.toml", text)).toBe(expected);
  });

  it.each([
    ["no place for it", "[tool.x]\na = 1\n"],
    ["an array that is not closed", '[project]\ndependencies = [\n  "a",\n'],
    ["a poetry entry of that name", '[tool.poetry.dependencies]\nops = "*"\nLightkube_extensions = "*"\n'],
  ])("not with %s", (_, text) => {
    expect(added("pyproject.toml", text)).toBeNull();
  });

  it("not without a package's name", () => {
    expect(requirementInsertion(sourceFile("requirements.txt", ""), ">=1")).toBeNull();
  });
});
