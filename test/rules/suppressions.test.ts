import { describe, expect, it } from "vitest";
import { analysis, type Diagnostic, type Settings } from "#ide";
import { sourceFile } from "#syntax";
import { projectSettings } from "../../engine/ide/src/settings/project-settings.ts";
import { fixtureFiles } from "../support/charm-fixture.ts";
import { PAGE_CHARMS } from "./page-charms.ts";
import { diagnosticsIn, fixedTexts, workspaceOf } from "./scene-diagnostics.ts";

/** The plain page charm with changes of text. */
function shop(...changes: readonly (readonly [path: string, from: string, to: string])[]): Map<string, string> {
  const files = new Map([...fixtureFiles(PAGE_CHARMS)].filter(([path]) => path.startsWith("shop/")));
  for (const [path, from, to] of changes) {
    const text = files.get(path) ?? "";
    if (from !== "" && !text.includes(from)) throw new Error(`${path} has no ${from}`);
    files.set(path, from === "" ? to : text.replace(from, to));
  }
  return files;
}

const YAML = "shop/charmcraft.yaml";
const PYTHON = "shop/src/charm.py";
const METRICS = 'UnitPolicy(relation="metrics-endpoint", ports=[METRICS_PORT]),';
const OPEN = 'UnitPolicy(relation="metrics-endpoint"),';

function codes(found: readonly Diagnostic[]): string[] {
  return found.map((each) => each.code);
}

describe("suppression comments", () => {
  it("suppress findings of their own line, in Python and YAML, with a reason or without", () => {
    const python = shop([PYTHON, METRICS, `${OPEN}  # charm-mesh: ignore[unrestricted-policy] moving soon`]);
    expect(codes(diagnosticsIn(python))).toEqual([]);
    const yaml = shop([
      YAML,
      "  service-mesh:\n    interface: service_mesh\n    limit: 1",
      "  service-mesh:  # charm-mesh: ignore[unlimited-service-mesh]\n    interface: service_mesh",
    ]);
    expect(codes(diagnosticsIn(yaml))).toEqual([]);
  });

  it("apply to the next line with content if they are alone on a line", () => {
    const files = shop([
      PYTHON,
      METRICS,
      `# charm-mesh: ignore[unrestricted-policy]\n\n                # the debug port moves\n                ${OPEN}`,
    ]);
    expect(codes(diagnosticsIn(files))).toEqual([]);
  });

  it("name several codes, and apply to a whole file", () => {
    const files = shop(
      [PYTHON, METRICS, `${OPEN}\n                UnitPolicy(relation="website"),`],
      [PYTHON, "import ops", "# charm-mesh: ignore-file[unrestricted-policy, duplicate-policy]\nimport ops"],
    );
    expect(codes(diagnosticsIn(files))).toEqual(["unused-suppression"]);
  });

  it("count neither on other lines nor for other codes nor in strings", () => {
    const elsewhere = shop([
      PYTHON,
      METRICS,
      `# charm-mesh: ignore[unrestricted-policy]\n                ${METRICS}\n                UnitPolicy(relation="website"),`,
    ]);
    expect(codes(diagnosticsIn(elsewhere)).sort()).toEqual(["unrestricted-policy", "unused-suppression"]);
    const other = shop([PYTHON, METRICS, `${OPEN}  # charm-mesh: ignore[missing-policy]`]);
    expect(codes(diagnosticsIn(other)).sort()).toEqual(["unrestricted-policy", "unused-suppression"]);
    const text = shop(
      [PYTHON, METRICS, OPEN],
      [PYTHON, "HTTP_PORT = 8080", "HTTP_PORT = 8080\nNOTE = '# charm-mesh: ignore-file[unrestricted-policy]'"],
    );
    expect(codes(diagnosticsIn(text))).toEqual(["unrestricted-policy"]);
  });

  it("that are of no use go with their comment, their line, or as one code of several", () => {
    const cases: readonly (readonly [string, string])[] = [
      [`${METRICS}  # charm-mesh: ignore[invalid-port] why`, METRICS],
      [`# charm-mesh: ignore[invalid-port]\n                ${METRICS}`, METRICS],
      [
        `${OPEN}  # charm-mesh: ignore[invalid-port, unrestricted-policy] why`,
        `${OPEN}  # charm-mesh: ignore[unrestricted-policy] why`,
      ],
      [
        `${OPEN}  # charm-mesh: ignore[unrestricted-policy, invalid-port]`,
        `${OPEN}  # charm-mesh: ignore[unrestricted-policy]`,
      ],
    ];
    for (const [before, after] of cases) {
      const files = shop([PYTHON, METRICS, before]);
      const [finding] = diagnosticsIn(files);
      expect(finding?.code).toBe("unused-suppression");
      expect(fixedTexts(files, finding?.fixes[0]?.edits ?? []).get(PYTHON)).toBe(
        shop([PYTHON, METRICS, after]).get(PYTHON),
      );
    }
  });

  it("without a code suppress nothing, and are reported with the codes that they could name", () => {
    for (const bare of ["ignore", "ignore[]", "ignore[ , ] why", "ignore unrestricted-policy", "ignore: why"]) {
      const found = diagnosticsIn(shop([PYTHON, METRICS, `${OPEN}  # charm-mesh: ${bare}`]));
      expect(codes(found), bare).toEqual(["unrestricted-policy", "unused-suppression"]);
      expect(found[1]?.message, bare).toBe(
        "This comment names no rule, so it suppresses nothing: write ignore[unrestricted-policy].",
      );
      expect(found[1]?.fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
        ["Name what is found: ignore[unrestricted-policy]", false],
        ["Remove the suppression", false],
      ]);
    }
  });

  it("without a code are mended by naming one, or go", () => {
    const cases: readonly (readonly [before: string, named: string, removed: string])[] = [
      [`${OPEN}  # charm-mesh: ignore[] why`, `${OPEN}  # charm-mesh: ignore[unrestricted-policy] why`, OPEN],
      [`${OPEN} #charm-mesh:ignore[unrestricted`, `${OPEN} # charm-mesh: ignore[unrestricted-policy]`, OPEN],
      [
        `# charm-mesh: ignore\n                ${OPEN}`,
        `# charm-mesh: ignore[unrestricted-policy]\n                ${OPEN}`,
        OPEN,
      ],
      [
        `${OPEN}\n                # charm-mesh: ignore-file`,
        `${OPEN}\n                # charm-mesh: ignore-file[unrestricted-policy]`,
        `${OPEN}`,
      ],
    ];
    for (const [before, named, removed] of cases) {
      const files = shop([PYTHON, METRICS, before]);
      const finding = diagnosticsIn(files).find(({ code }) => code === "unused-suppression");
      const after = finding?.fixes.map(({ edits }) => fixedTexts(files, edits)) ?? [];
      expect(after[0]?.get(PYTHON), before).toBe(shop([PYTHON, METRICS, named]).get(PYTHON));
      expect(after[1]?.get(PYTHON), before).toBe(shop([PYTHON, METRICS, removed]).get(PYTHON));
      expect(codes(diagnosticsIn(after[0] ?? files)), before).toEqual([]);
    }
  });

  it("without a code and with nothing to suppress only go; words that merely begin so are none", () => {
    const found = diagnosticsIn(shop([PYTHON, METRICS, `${METRICS}  # charm-mesh: ignore`]));
    expect(found.map(({ message }) => message)).toEqual(["This comment names no rule, so it suppresses nothing."]);
    expect(found[0]?.fixes.map(({ title, preferred }) => [title, preferred])).toEqual([
      ["Remove the suppression", true],
    ]);
    for (const prose of ["# charm-mesh: ignored by the mesh", "# charm-mesh ignore", "# not charm-mesh: ignore"])
      expect(codes(diagnosticsIn(shop([PYTHON, METRICS, `${METRICS}  ${prose}`]))), prose).toEqual([]);
    const text = shop([PYTHON, "HTTP_PORT = 8080", "HTTP_PORT = 8080\nNOTE = '# charm-mesh: ignore'"]);
    expect(codes(diagnosticsIn(text))).toEqual([]);
  });

  it("with a misspelt code are reported as misspelt, not as unused", () => {
    const files = shop([PYTHON, METRICS, `${METRICS}  # charm-mesh: ignore[invalid-prt]`]);
    const found = diagnosticsIn(files);
    expect(codes(found)).toEqual(["unknown-code"]);
    expect(found[0]?.fixes.map((fix) => fix.title)).toEqual(["Use invalid-port"]);
  });
});

describe("severities", () => {
  const files = shop([PYTHON, METRICS, OPEN]);

  function withSettings(rules: Settings["rules"], settingsFiles: readonly (readonly [string, string])[] = []) {
    const workspace = { ...workspaceOf(files), settings: { ...workspaceOf(files).settings, rules } };
    const projects = settingsFiles.map(([path, text]) => sourceFile(path, text));
    return analysis({ ...workspace, settingsFiles: projects })
      .diagnostics()
      .map((each) => `${each.severity} ${each.code}`);
  }

  it("are the rule's own, what a setting says, or none at all when it is off", () => {
    expect(withSettings({})).toEqual(["information unrestricted-policy"]);
    expect(withSettings({ "unrestricted-policy": "error" })).toEqual(["error unrestricted-policy"]);
    expect(withSettings({ "unrestricted-policy": "off" })).toEqual([]);
  });

  it("come from the nearest project file, and from the editor or the command line before all", () => {
    const outer = [".charm-mesh.yaml", "rules:\n  unrestricted-policy: warning\n"] as const;
    const inner = ["shop/.charm-mesh.yaml", "rules:\n  unrestricted-policy: hint\n"] as const;
    const elsewhere = ["coordinator/.charm-mesh.yaml", "rules:\n  unrestricted-policy: off\n"] as const;
    expect(withSettings({}, [outer])).toEqual(["warning unrestricted-policy"]);
    expect(withSettings({}, [outer, inner, elsewhere])).toEqual(["hint unrestricted-policy"]);
    expect(withSettings({ "unrestricted-policy": "error" }, [outer, inner])).toEqual(["error unrestricted-policy"]);
  });

  it("don't make a suppression of a rule that is off an unused one", () => {
    const suppressed = shop([PYTHON, METRICS, `${METRICS}  # charm-mesh: ignore[invalid-port]`]);
    const workspace = workspaceOf(suppressed);
    const off = { ...workspace, settings: { ...workspace.settings, rules: { "invalid-port": "off" as const } } };
    expect(analysis(off).diagnostics()).toEqual([]);
  });

  it("of a project file that can't be understood stay as they are, and the file says why", () => {
    const read = projectSettings(
      sourceFile(".charm-mesh.yaml", "rules:\n  invalid-port: loud\n  late-consumer: off\nnoise: 1\n"),
    );
    expect(read.settings.rules).toEqual({ "late-consumer": "off" });
    expect(read.problems.map((each) => each.message)).toEqual([
      "“invalid-port” takes off, hint, information, warning or error.",
      "There is no setting “noise”.",
    ]);
    expect(withSettings({}, [[".charm-mesh.yaml", "rules:\n  invalid-port: loud\n"]])).toEqual([
      "warning unknown-code",
      "information unrestricted-policy",
    ]);
    expect(withSettings({}, [[".charm-mesh.yaml", "rules: ["]])).toEqual([
      "error unreadable-file",
      "information unrestricted-policy",
    ]);
    expect(projectSettings(sourceFile(".charm-mesh.yaml", "rules: [")).settings.rules).toEqual({});
    expect(projectSettings(sourceFile(".charm-mesh.yaml", "")).problems).toEqual([]);
  });
});

describe("test charms", () => {
  it("are checked, say so, and are at most warned about", () => {
    const files = new Map(
      [...shop([YAML, "    limit: 1", ""], [PYTHON, "METRICS_PORT]", "0]"])].map(
        ([path, text]) => [path.replace("shop/", "app/tests/integration/shop/"), text] as const,
      ),
    );
    const found = diagnosticsIn(files);
    expect(found.map((each) => `${each.severity} ${each.code}`)).toEqual([
      "warning unlimited-service-mesh",
      "warning invalid-port",
    ]);
    for (const each of found) expect(each.message).toMatch(/\(in a test charm\)$/);
    const workspace = workspaceOf(files);
    const loud = { ...workspace, settings: { ...workspace.settings, rules: { "invalid-port": "error" as const } } };
    expect(
      analysis(loud)
        .diagnostics()
        .map((each) => each.severity),
    ).toEqual(["warning", "warning"]);
  });
});

describe("files that can't be read", () => {
  it("are reported once each, and the rest of the charm is checked", () => {
    const workspace = workspaceOf(shop([PYTHON, "METRICS_PORT]", "0]"]));
    const [charm] = workspace.charms;
    if (!charm) throw new Error("no charm");
    const unreadable = new Map([["src/other.py", "is not UTF-8 (first bad byte at offset 3)"]]);
    const found = analysis({ ...workspace, charms: [{ ...charm, unreadable }] }).diagnostics();
    expect(
      found.filter((each) => each.code === "unreadable-file").map((each) => [each.location.file.path, each.message]),
    ).toEqual([
      ["shop/src/other.py", "Nothing in this file is checked: it is not UTF-8 (first bad byte at offset 3)."],
    ]);
    expect(codes(found)).toContain("invalid-port");
  });

  it("hide what stands in them, and nothing else is concluded from that", () => {
    const broken = shop([YAML, "requires:", "requires: ["]);
    expect(codes(diagnosticsIn(broken))).toEqual(["unreadable-file"]);
  });
});
