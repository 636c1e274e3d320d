import { describe, expect, it } from "vitest";
import { confirmedCharms, discovery, isRelevantPath, isSkippedFolder } from "#ide";
import { charmsIn } from "../support/charm-fixture.ts";

const charmsOf = (paths: readonly string[]) => discovery(paths).charms;

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
    expect(charmsOf(paths)).toEqual([{ root: "coordinator", paths: paths.slice(0, 7).sort(), undecided: null }]);
  });

  it('takes the working directory itself as root ""', () => {
    expect(charmsOf(["metadata.yaml", "config.yaml", "src/charm.py"])).toEqual([
      { root: "", paths: ["config.yaml", "metadata.yaml", "src/charm.py"], undecided: null },
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
      { root: "", paths: ["charmcraft.yaml", "src/charm.py", "tests/unit/conftest.py"], undecided: null },
      {
        root: "tests/integration/tester",
        paths: ["tests/integration/tester/charmcraft.yaml", "tests/integration/tester/src/charm.py"],
        undecided: null,
      },
    ]);
  });

  it("takes a charmcraft.yaml that has no Python yet", () => {
    expect(charmsOf(["charmcraft.yaml"])).toEqual([{ root: "", paths: ["charmcraft.yaml"], undecided: null }]);
  });

  it("leaves out an installable package that keeps a charmcraft.yaml only for its libraries", () => {
    expect(charmsOf(["charmcraft.yaml", "src/coordinated_workers/coordinator.py"])).toEqual([]);
  });

  it("leaves to its text whether a metadata.yaml beside neither Python nor charmcraft.yaml is a charm's", () => {
    const paths = [
      "a/metadata.yaml",
      "a/config.yaml",
      "docs/metadata.yaml",
      "docs/conf.py",
      "lib/metadata.yaml",
      "lib/src/x/y.py",
    ];
    const found = charmsOf(paths);
    expect(found).toEqual([
      { root: "a", paths: ["a/config.yaml", "a/metadata.yaml"], undecided: "a/metadata.yaml" },
      { root: "docs", paths: ["docs/metadata.yaml"], undecided: "docs/metadata.yaml" },
    ]);
    const saying = (text: string | null) => confirmedCharms(found, (path) => (path.startsWith("a/") ? text : null));
    expect(saying("name: shop\nprovides:\n  web: {interface: http}\n")).toEqual(found.slice(0, 1));
    expect(saying('{"name": "shop", "requires": {}}')).toEqual(found.slice(0, 1));
    expect(saying("name: shop\nversion: 1\n")).toEqual([]);
    expect(saying("package:\n  name: shop\nrequirements:\n  provides: []\n")).toEqual([]);
    expect(saying(null)).toEqual([]);
  });

  it("reads no text if the paths decide", () => {
    const paths = ["a/metadata.yaml", "a/charmcraft.yaml", "b/metadata.yaml", "b/reactive/b.py", "c/charmcraft.yaml"];
    const asked: string[] = [];
    const found = confirmedCharms(charmsOf(paths), (path) => {
      asked.push(path);
      return null;
    });
    expect(found.map(({ root }) => root)).toEqual(["a", "b", "c"]);
    expect(asked).toEqual([]);
  });

  it("minds no folder names: leaving folders out is the walk's part", () => {
    const { charms, topologies, settings } = discovery([
      "../build/charmcraft.yaml",
      "../build/bundle.yaml",
      "../build/.charm-mesh.yaml",
    ]);
    expect(charms).toEqual([{ root: "../build", paths: ["../build/charmcraft.yaml"], undecided: null }]);
    expect(topologies).toEqual(["../build/bundle.yaml"]);
    expect(settings).toEqual(["../build/.charm-mesh.yaml"]);
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
    [".terraform/bundle.yaml", false],
  ])("topology candidate %s: %s", (path, expected) => {
    expect(isRelevantPath(path) && discovery([path]).topologies.includes(path)).toBe(expected);
  });

  it("takes manifests and templates of a charm, and no rules, dashboards or files of tests", () => {
    const charm = ["a/charmcraft.yaml", "a/src/charm.py"];
    const manifests = ["a/src/auth.yaml", "a/src/templates/auth.yaml.j2", "a/templates/x/auth.jinja2"];
    const others = [
      "a/src/prometheus_alert_rules/cpu.yaml",
      "a/src/grafana_dashboards/x.yaml",
      "a/tests/integration/auth.yaml.j2",
      "a/src/script.sh.j3",
    ];
    expect([...manifests, ...others].filter(isRelevantPath)).toEqual(manifests);
    const [found] = charmsOf([...charm, ...manifests, ...others]);
    expect(found?.paths).toEqual([...charm, ...manifests].sort());
    const [read] = charmsIn(
      "//- a/charmcraft.yaml\nname: a\n//- a/src/charm.py\n//- a/src/w.yaml\nkind: Service\n//- a/src/x.yaml\nkind: ServiceAccount\n//- a/src/y.yaml\nkind: AuthorizationPolicy\n//- a/src/z.yaml\nkind: MutatingWebhookConfiguration\n",
    );
    expect([...(read?.files.keys() ?? [])]).toEqual([
      "charmcraft.yaml",
      "src/charm.py",
      "src/w.yaml",
      "src/y.yaml",
      "src/z.yaml",
    ]);
  });

  it("orders settings files from the root on, and deployment files by name", () => {
    const settings = ["-x/.charm-mesh.yaml", "a/b/.charm-mesh.yaml", ".charm-mesh.yaml", "a/.charm-mesh.yaml"];
    const found = discovery([...settings, "b/bundle.yaml", "a/x.status.json"]);
    expect(found.settings).toEqual([
      ".charm-mesh.yaml",
      "a/.charm-mesh.yaml",
      "-x/.charm-mesh.yaml",
      "a/b/.charm-mesh.yaml",
    ]);
    expect(found.topologies).toEqual(["a/x.status.json", "b/bundle.yaml"]);
    expect(found.charms).toEqual([]);
  });

  it("skips environments, caches and build output by folder name", () => {
    for (const name of [
      ".git",
      "node_modules",
      "venv",
      ".tox",
      "__pycache__",
      "x.egg-info",
      "{{cookiecutter.service_name}}",
      "{{ slug }}",
    ])
      expect(isSkippedFolder(name)).toBe(true);
    expect(isSkippedFolder("src")).toBe(false);
  });
});
