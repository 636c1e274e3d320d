import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, test } from "vitest";
import { charmMesh, inFolder } from "./command-line.ts";

const METADATA = `name: shop-k8s
type: charm
requires:
  service-mesh:
    interface: service_mesh # one mesh
  require-cmr-mesh:
    interface: cross_model_mesh
provides:
  website:
    interface: http
  provide-cmr-mesh:
    interface: cross_model_mesh
`;
const PYTHON = `import ops
from charmlibs.interfaces.service_mesh import AppPolicy, Endpoint, Method, ServiceMeshConsumer


class ShopCharm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self._mesh = ServiceMeshConsumer(
            self,
            policies=[AppPolicy(relation="websit", endpoints=[Endpoint(ports=[80], methods=[Method.Get])])],
        )
        self.unit.set_ports(80)
`;
const FILES = {
  "shop/charmcraft.yaml": METADATA,
  "shop/pyproject.toml": '[project]\nname = "shop"\ndependencies = ["ops", "charmlibs-interfaces-service-mesh"]\n',
  "shop/src/charm.py": PYTHON,
};

describe("check --fix", () => {
  test("mends what can be mended, in place, and reports what is left", () => {
    inFolder(FILES, (folder) => {
      expect(charmMesh(["check", "shop"], folder).code).toBe(1);
      const run = charmMesh(["check", "shop", "--fix", "--format", "json", "--fail-on", "warning"], folder);
      expect([run.code, JSON.parse(run.out).diagnostics]).toEqual([0, []]);
      expect(run.err).toContain("changed shop/charmcraft.yaml\nchanged shop/src/charm.py\n2 files written.");
      expect(readFileSync(path.join(folder, "shop/charmcraft.yaml"), "utf8")).toBe(
        METADATA.replace("# one mesh\n", "# one mesh\n    limit: 1\n"),
      );
      expect(readFileSync(path.join(folder, "shop/src/charm.py"), "utf8")).toBe(
        PYTHON.replace('"websit"', '"website"').replace("Method.Get", "Method.get"),
      );
      const again = charmMesh(["check", "shop", "--fix"], folder);
      expect([again.code, again.err]).toEqual([0, ""]);
    });
  });

  test("shows the same as a patch with --diff, and changes nothing", () => {
    inFolder(FILES, (folder) => {
      const run = charmMesh(["check", "shop", "--diff"], folder);
      expect(run.code).toBe(0);
      for (const line of ["+    limit: 1", "--- a/shop/src/charm.py", "+++ b/shop/src/charm.py"])
        expect(run.out.split("\n")).toContain(line);
      expect(readFileSync(path.join(folder, "shop/charmcraft.yaml"), "utf8")).toBe(METADATA);
      expect(charmMesh(["check", "shop", "--diff", "--fix"], folder).code).toBe(2);
      expect(charmMesh(["check", "shop", "--diff", "--format", "json"], folder).code).toBe(2);
    });
  });

  test("leaves alone a rule that is off", () => {
    inFolder(FILES, (folder) => {
      charmMesh(["check", "shop", "--fix", "--rule", "unlimited-service-mesh=off"], folder);
      expect(readFileSync(path.join(folder, "shop/charmcraft.yaml"), "utf8")).toBe(METADATA);
    });
  });
});

describe("add-mesh", () => {
  const PLAIN = {
    "shop/charmcraft.yaml":
      "name: shop-k8s\ntype: charm\ncontainers:\n  shop:\n    resource: shop-image\nprovides:\n  metrics-endpoint:\n    interface: prometheus_scrape\n",
    "shop/pyproject.toml": '[project]\nname = "shop"\ndependencies = ["ops"]\n',
    "shop/uv.lock": "version = 1\n",
    "shop/src/charm.py": `import ops
from charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider


class ShopCharm(ops.CharmBase):
    def __init__(self, framework: ops.Framework):
        super().__init__(framework)
        self._scrape = MetricsEndpointProvider(self, jobs=[{"static_configs": [{"targets": ["*:9102"]}]}])
`,
  };

  test("writes the files, says that the lock has to follow, and has nothing to do a second time", () => {
    inFolder(PLAIN, (folder) => {
      const patch = charmMesh(["add-mesh", "shop"], folder);
      const lock = "shop/uv.lock holds the old requirements: run `uv lock` in its folder.";
      expect([patch.code, patch.err]).toEqual([0, `${lock}\n`]);
      expect(patch.out).toContain('+            UnitPolicy(relation="metrics-endpoint", ports=[9102]),');
      const run = charmMesh(["add-mesh", "shop", "--write"], folder);
      expect(run.code).toBe(0);
      expect(run.err).toContain(lock);
      expect(run.err).not.toContain("GAP");
      const again = charmMesh(["add-mesh", "shop", "--write"], folder);
      expect([again.code, again.err]).toEqual([0, "Nothing to add: these charms have all of it.\n"]);
      const left = JSON.parse(charmMesh(["check", "shop", "--format", "json"], folder).out).diagnostics;
      expect(left).toEqual([]);
    });
  });

  test("reports what only the author can fix", () => {
    const old = { ...PLAIN, "shop/pyproject.toml": '[project]\nname = "shop"\ndependencies = ["ops", "pydantic<2"]\n' };
    inFolder(old, (folder) => {
      const { err } = charmMesh(["add-mesh", "shop"], folder);
      expect(err).toContain(
        "shop/pyproject.toml:3 The service_mesh library can't work in this charm: it needs pydantic 2, and the constraint “<2”",
      );
    });
  });
});
