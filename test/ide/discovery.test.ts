import { describe, expect, it } from "vitest";
import { charmsOf, isCharmMetadataText, isRelevantPath, isSkippedFolder, isTopologyPath } from "#ide";
import { charmsIn } from "../support/charm-fixture.ts";

describe("charms found by path", () => {
  it("takes a folder with charmcraft.yaml and its sources, locks and vendored libraries", () => {
    const paths = [
      "coordinator/charmcraft.yaml",
      "coordinator/src/charm.py",
      "coordinator/lib/charms/istio_beacon_k8s/v0/service_mesh.py",
      "coordinator/tests/unit/test_charm.py",
      "coordinator/pyproject.toml",
      "coordinator/uv.lock",
      "coordinator/requirements-dev.txt",
      "coordinator/README.md",
      "coordinator/terraform/main.tf",
      "coordinator/src/grafana_dashboards/a.json",
      "README.md",
    ];
    expect(charmsOf(paths)).toEqual([{ root: "coordinator", paths: paths.slice(0, 7).sort() }]);
  });

  it('takes the working directory itself as root ""', () => {
    expect(charmsOf(["metadata.yaml", "config.yaml", "src/charm.py"])).toEqual([
      { root: "", paths: ["config.yaml", "metadata.yaml", "src/charm.py"] },
    ]);
  });

  it("gives a tester below tests/ its own files", () => {
    const found = charmsOf([
      "charmcraft.yaml",
      "src/charm.py",
      "tests/integration/tester/charmcraft.yaml",
      "tests/integration/tester/src/charm.py",
      "tests/unit/conftest.py",
    ]);
    expect(found).toEqual([
      { root: "", paths: ["charmcraft.yaml", "src/charm.py", "tests/unit/conftest.py"] },
      {
        root: "tests/integration/tester",
        paths: ["tests/integration/tester/charmcraft.yaml", "tests/integration/tester/src/charm.py"],
      },
    ]);
  });

  it("takes a charmcraft.yaml that has no Python yet", () => {
    expect(charmsOf(["charmcraft.yaml"])).toEqual([{ root: "", paths: ["charmcraft.yaml"] }]);
  });

  it("leaves out an installable package that keeps a charmcraft.yaml only for its libraries", () => {
    expect(charmsOf(["charmcraft.yaml", "src/coordinated_workers/coordinator.py"])).toEqual([]);
  });

  it("takes a metadata.yaml beside no Python where somebody has looked into it", () => {
    const paths = [
      "a/metadata.yaml",
      "a/config.yaml",
      "docs/metadata.yaml",
      "docs/conf.py",
      "lib/metadata.yaml",
      "lib/src/x/y.py",
    ];
    const roots = (says: string) => charmsOf(paths, (path) => path === says).map(({ root }) => root);
    expect(roots("a/metadata.yaml")).toEqual(["a"]);
    expect(roots("lib/metadata.yaml")).toEqual([]);
    expect(isCharmMetadataText("name: shop\nprovides:\n  web: {interface: http}\n")).toBe(true);
    expect(isCharmMetadataText('{"name": "shop", "requires": {}}')).toBe(true);
    expect(isCharmMetadataText("name: shop\nversion: 1\n")).toBe(false);
    expect(isCharmMetadataText("package:\n  name: shop\nrequirements:\n  provides: []\n")).toBe(false);
  });

  it("leaves out a metadata.yaml that stands beside no charm", () => {
    expect(charmsOf(["docs/metadata.yaml", "docs/conf.py"])).toEqual([]);
  });

  it("minds no folder names: leaving folders out is the walk's part", () => {
    expect(charmsOf(["../build/charmcraft.yaml"])).toEqual([{ root: "../build", paths: ["../build/charmcraft.yaml"] }]);
  });
});

describe("Python that counts", () => {
  it("lies where charms have theirs, or where the charm's packaging says", () => {
    const [charm] = charmsIn(`//- charmcraft.yaml
type: charm
parts: {charm: {plugin: charm, charm-entrypoint: app/charm.py}}
//- app/charm.py
import ops
//- lib/charms/x/v0/y.py
LIBPATCH = 1
//- tests/unit/test_charm.py
import app
//- docs/conf.py
project = "x"
//- scripts/deep/er.py
import os
`);
    expect([...(charm?.files.keys() ?? [])]).toEqual([
      "app/charm.py",
      "charmcraft.yaml",
      "lib/charms/x/v0/y.py",
      "tests/unit/test_charm.py",
    ]);
  });
});

describe("paths that matter", () => {
  it.each([
    ["src/charm.py", true],
    ["src/charm.pyi", false],
    // Whether it is a charm's own Python, its packaging says.
    ["app/charm.py", true],
    ["app/charm.sh", false],
    ["a/b/charmcraft.yaml", true],
    ["node_modules/a/charmcraft.yaml", false],
    [".charm-mesh.yaml", true],
    ["deploy/cos-lite.bundle.yaml", true],
  ])("%s: %s", (path, expected) => {
    expect(isRelevantPath(path)).toBe(expected);
  });

  it.each([
    ["bundle.yaml", true],
    ["x/overlay-bundle.yaml", true],
    ["mesh-topology.yaml", true],
    ["cos.status.json", true],
    ["show-unit.json", true],
    ["tfplan.json", true],
    ["package.json", false],
    ["config.yaml", false],
  ])("topology candidate %s: %s", (path, expected) => {
    expect(isTopologyPath(path)).toBe(expected);
  });

  it("skips environments, caches and build output by folder name", () => {
    for (const name of [".git", "node_modules", "venv", ".tox", "__pycache__", "x.egg-info"])
      expect(isSkippedFolder(name)).toBe(true);
    expect(isSkippedFolder("src")).toBe(false);
  });
});
