import { describe, expect, test } from "vitest";
import { charmMesh, inFolder } from "./command-line.ts";

describe("check", () => {
  test("the correct sample has no error and no warning, and the exit code says so", () => {
    const run = charmMesh(["check", "observability", "--format", "json", "--fail-on", "warning"]);
    const report = JSON.parse(run.out);
    expect(
      report.diagnostics.filter((one: { severity: string }) => ["error", "warning"].includes(one.severity)),
    ).toEqual([]);
    expect(report.charms.map((charm: { path: string; kind: string }) => `${charm.path} ${charm.kind}`)).toEqual([
      "observability/coordinator coordinator",
      "observability/ingest-worker worker",
      "observability/query-worker worker",
      "observability/storefront standalone",
    ]);
    expect(run.code).toBe(0);
  });

  test("the faulty sample's mistakes are found, each at its place", () => {
    const run = charmMesh(["check", "faulty", "--format", "json"]);
    expect(run.code).toBe(1);
    const found = JSON.parse(run.out).diagnostics.map(
      (one: { code: string; path: string }) => `${one.code} ${one.path.replace("faulty/", "")}`,
    );
    for (const expected of [
      "unlimited-service-mesh coordinator/charmcraft.yaml",
      "wrong-relation-side coordinator/charmcraft.yaml",
      "wrong-relation-interface coordinator/charmcraft.yaml",
      "unknown-endpoint-key coordinator/src/charm.py",
      "missing-endpoint-key coordinator/src/charm.py",
      "undeclared-endpoint coordinator/src/charm.py",
      "none-for-required-endpoint coordinator/src/charm.py",
      "missing-telemetry-proxy coordinator/src/charm.py",
      "unknown-method-member coordinator/src/charm.py",
      "undeclared-policy-relation coordinator/src/charm.py",
      "ignored-argument storefront/src/charm.py",
      "missing-mesh-library ingest-worker/src/charm.py",
      "worker-bypasses-proxy ingest-worker/charmcraft.yaml",
    ])
      expect(found).toContain(expected);
  });

  test("every format has the same exit code", () => {
    for (const format of ["text", "json", "sarif", "github", "junit"]) {
      expect(charmMesh(["check", "faulty", "--format", format]).code, format).toBe(1);
      expect(charmMesh(["check", "observability", "--format", format]).code, format).toBe(0);
    }
  });

  test("text has places that terminals open, counted from 1, and no colour outside a terminal", () => {
    const { out } = charmMesh(["check", "faulty"]);
    expect(out).toMatch(/^faulty\/coordinator\/src\/charm\.py:\d+:\d+ error undeclared-endpoint$/m);
    expect(out).not.toContain("\u001b");
    expect(charmMesh(["check", "faulty"], "samples", { FORCE_COLOR: "1" }).out).toContain("\u001b");
  });

  test("a rule can be switched off, made milder, or named wrongly", () => {
    const codes = (args: string[]): string[] =>
      JSON.parse(charmMesh(["check", "faulty", "--format", "json", ...args]).out).diagnostics.map(
        (one: { code: string }) => one.code,
      );
    expect(codes([])).toContain("undeclared-endpoint");
    expect(codes(["--rule", "undeclared-endpoint=off"])).not.toContain("undeclared-endpoint");
    expect(charmMesh(["check", "faulty", "--rule", "undeclared-endpoint=loud"]).code).toBe(2);
    const unknown = charmMesh(["check", "faulty", "--rule", "undeclared-endpont=off", "--format", "json"]);
    expect([unknown.code, unknown.out]).toEqual([2, ""]);
    expect(unknown.err).toContain("no rule “undeclared-endpont”");
  });

  test("a baseline keeps today's findings quiet", () => {
    inFolder({}, (folder) => {
      const file = `${folder}/baseline.json`;
      const written = charmMesh(["check", "faulty", "--write-baseline", file]);
      expect([written.code, written.out]).toEqual([0, ""]);
      const again = charmMesh(["check", "faulty", "--write-baseline", file, "--format", "json"]);
      expect([again.code, JSON.parse(again.out).version]).toEqual([0, 1]);
      const run = charmMesh(["check", "faulty", "--baseline", file, "--fail-on", "hint"]);
      expect(run.out).toContain("No findings");
      expect(run.code).toBe(0);
    });
  });
});

describe("bad input", () => {
  test("a path that is not there", () => {
    const run = charmMesh(["check", "nowhere"]);
    expect(run).toMatchObject({ code: 2, out: "" });
    expect(run.err).toContain("nowhere does not exist");
  });

  test("a folder without charms", () => {
    inFolder({ "notes.txt": "hello" }, (folder) => {
      const run = charmMesh(["check", folder]);
      expect(run.code).toBe(2);
      expect(run.err).toContain("No charm found");
    });
  });

  test("broken YAML and Python are reported at their places, and the rest is still checked", () => {
    const files = {
      "charmcraft.yaml": "name: broken\nrequires:\n  service-mesh:\n    interface: service_mesh\n  bad: [unclosed\n",
      "src/charm.py": "import ops\n\nclass C(ops.CharmBase):\n    def __init__(self:\n",
    };
    inFolder(files, (folder) => {
      const run = charmMesh(["check", ".", "--format", "json"], folder);
      expect(run.code).toBe(1);
      const found = JSON.parse(run.out).diagnostics.map(
        (one: { code: string; path: string }) => `${one.code} ${one.path}`,
      );
      expect(found).toContain("unreadable-file charmcraft.yaml");
    });
  });

  test("a file that is not UTF-8", () => {
    const files = {
      "charmcraft.yaml": new Uint8Array([0x6e, 0x61, 0x6d, 0x65, 0x3a, 0x20, 0xff, 0xfe]),
      "src/charm.py": "import ops\n",
    };
    inFolder(files, (folder) => {
      const run = charmMesh(["check", ".", "--format", "json"], folder);
      expect(JSON.parse(run.out).diagnostics.map((one: { code: string }) => one.code)).toContain("unreadable-file");
      expect(run.code).toBe(1);
    });
  });

  test("wrong use says what is right", () => {
    for (const args of [["chekc"], ["check", "--format", "xml"], ["check", "--no-such"], ["can", "--from", "a"], []]) {
      const run = charmMesh(args);
      expect(run.out, args.join(" ")).toBe("");
      expect(run.err.length, args.join(" ")).toBeGreaterThan(10);
      expect(run.code, args.join(" ")).toBe(2);
    }
  });
});
