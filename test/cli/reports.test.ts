import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { root } from "../tidy/source-tree.ts";
import { charmMesh, inFolder } from "./command-line.ts";
import { sarifLog } from "./sarif-form.ts";
import { xmlElements } from "./xml-elements.ts";

/** A charm with findings, in a folder and with names that every format has to escape. */
const ODD = 'a, b: 100%\'s <"odd">';
const ODD_CHARM = {
  [`${ODD}/charmcraft.yaml`]:
    'name: "odd <&> \\"charm\\""\ntype: charm\nrequires:\n  service-mesh:\n    interface: service_mesh\n  "x\\ny":\n    interface: z\n',
  [`${ODD}/src/charm.py`]:
    'from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, ServiceMeshConsumer\nimport ops\n\n\nclass C(ops.CharmBase):\n    def __init__(self, framework):\n        super().__init__(framework)\n        self._mesh = ServiceMeshConsumer(self, policies=[AppPolicy(relation="no <&> \\"such\\"\\n::error::x", endpoints=[Endpoint(ports=[1])])])\n',
};

test("SARIF: check's log has the standard's form, with fixes and related locations that lead to the marked text", () => {
  const log = sarifLog.parse(JSON.parse(charmMesh(["check", "faulty", "--format", "sarif"]).out));
  const results = log.runs.flatMap((run) => run.results);
  const report = JSON.parse(charmMesh(["check", "faulty", "--format", "json"]).out);
  expect(results.map(({ ruleId }) => ruleId)).toEqual(report.diagnostics.map(({ code }: { code: string }) => code));
  expect(results.flatMap(({ fixes }) => fixes ?? []).length).toBe(
    report.diagnostics.flatMap(({ fixes }: { fixes: unknown[] }) => fixes).length,
  );
  expect(results.some(({ fixes }) => fixes !== undefined)).toBe(true);
  expect(results.some(({ relatedLocations }) => relatedLocations !== undefined)).toBe(true);
  const undeclared = results.find(({ ruleId }) => ruleId === "undeclared-endpoint");
  const place = undeclared?.locations?.[0]?.physicalLocation;
  const line = readFileSync(path.join(root, "samples", place?.artifactLocation.uri ?? ""), "utf8").split("\n")[
    (place?.region.startLine ?? 0) - 1
  ];
  expect(line?.slice((place?.region.startColumn ?? 0) - 1, (place?.region.endColumn ?? 0) - 1)).toContain("loging");
  const [fix] = undeclared?.fixes ?? [];
  expect(fix?.artifactChanges[0]?.replacements[0]?.insertedContent.text).toContain("logging");
});

test("SARIF: diff's log has the standard's form, and names the line that opens something", () => {
  const log = sarifLog.parse(JSON.parse(charmMesh(["diff", "./observability", "./faulty", "--format", "sarif"]).out));
  const results = log.runs.flatMap((run) => run.results);
  expect(results.length).toBeGreaterThan(3);
  expect(results.some(({ locations }) => locations !== undefined)).toBe(true);
});

test("SARIF: names that a URI can't hold are escaped, and lead back to the file", () => {
  inFolder(ODD_CHARM, (folder) => {
    const log = sarifLog.parse(JSON.parse(charmMesh(["check", ".", "--format", "sarif"], folder).out));
    const uris = log.runs.flatMap(({ results }) =>
      results.flatMap(({ locations }) => (locations ?? []).map((one) => one.physicalLocation.artifactLocation.uri)),
    );
    expect(uris.length).toBeGreaterThan(0);
    for (const uri of uris) expect(Object.keys(ODD_CHARM)).toContain(decodeURIComponent(uri));
  });
});

test("JUnit: well-formed, one suite a charm, and as many failures as it says", () => {
  for (const [cwd, where] of [
    ["samples", "faulty"],
    ["samples", "observability"],
  ] as const) {
    const elements = xmlElements(charmMesh(["check", where, "--format", "junit"], cwd).out);
    const named = (name: string) => elements.filter((one) => one.name === name);
    const report = JSON.parse(charmMesh(["check", where, "--format", "json"], cwd).out);
    expect(elements[0]?.name).toBe("testsuites");
    expect(named("testsuite").length).toBeGreaterThanOrEqual(report.charms.length);
    expect(named("failure").length).toBe(report.summary.error);
    expect(elements[0]?.attributes.get("failures")).toBe(String(report.summary.error));
    const tests = named("testsuite").reduce((sum, { attributes }) => sum + Number(attributes.get("tests")), 0);
    expect(named("testcase").length).toBe(tests);
    expect(elements[0]?.attributes.get("tests")).toBe(String(tests));
  }
});

test("JUnit: names with markup in them come through", () => {
  inFolder(ODD_CHARM, (folder) => {
    const elements = xmlElements(charmMesh(["check", ".", "--format", "junit"], folder).out);
    const files = elements.flatMap(({ attributes }) => attributes.get("file") ?? []);
    expect(files.length).toBeGreaterThan(0);
    for (const file of files) expect(Object.keys(ODD_CHARM)).toContain(file);
  });
});

test("GitHub: one command a line, and nothing in a name or message ends it or starts another", () => {
  inFolder(ODD_CHARM, (folder) => {
    const lines = charmMesh(["check", ".", "--format", "github"], folder).out.trim().split("\n");
    const report = JSON.parse(charmMesh(["check", ".", "--format", "json"], folder).out);
    expect(lines.length).toBe(report.diagnostics.length);
    expect(lines.length).toBeGreaterThan(0);
    for (const [at, line] of lines.entries()) {
      // Read as the runner reads it: the command, its properties, and the message, each unescaped.
      const [, kind, properties = "", message = ""] = /^::(error|warning|notice) ([^:]*)::(.*)$/.exec(line) ?? [];
      expect(kind, line).toBeDefined();
      const values = new Map(properties.split(",").map((one) => one.split("=", 2) as [string, string]));
      expect(unescaped(values.get("file") ?? "")).toBe(report.diagnostics[at].path);
      expect(values.get("line")).toBe(String(report.diagnostics[at].range.start.line + 1));
      expect(unescaped(message)).toBe(report.diagnostics[at].message);
    }
  });
});

function unescaped(text: string): string {
  return text
    .replaceAll("%2C", ",")
    .replaceAll("%3A", ":")
    .replaceAll("%0A", "\n")
    .replaceAll("%0D", "\r")
    .replaceAll("%25", "%");
}
