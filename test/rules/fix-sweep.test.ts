import { describe, expect, it } from "vitest";
import { readWorkspace } from "#disk";
import { DEFAULT_SETTINGS } from "#ide";
import { root } from "../../scripts/bundles.mjs";
import { fixSweep } from "./fix-problems.ts";
import { diagnosticsIn, workspaceOf } from "./scene-diagnostics.ts";

/* What `npm run fixes` does with charms outside the repository, here with the samples and with kinds of charms that it taught. */

/** A charm for Kubernetes that provides an endpoint and has no mesh support. */
const PLAIN: Readonly<Record<string, string>> = {
  "charmcraft.yaml":
    "name: shop\ntype: charm\ncontainers:\n  shop:\n    resource: image\nprovides:\n  website:\n    interface: http\n",
  "requirements.txt": "ops\n",
  "src/charm.py":
    "import ops\n\n\nclass Shop(ops.CharmBase):\n    def __init__(self, *args):\n        super().__init__(*args)\n        self.unit.set_ports(80)\n",
};

/** A coordinator from before the mesh: it imports a module that went with 4.0.0, and nothing keeps the next lock below that. */
const OLD_COORDINATOR: Readonly<Record<string, string>> = {
  "charmcraft.yaml":
    "name: vault-coordinator-k8s\ntype: charm\ncontainers:\n  nginx:\n    resource: image\nprovides:\n  vault-cluster:\n    interface: vault_cluster\n",
  "pyproject.toml": '[project]\nname = "vault"\nversion = "0"\ndependencies = ["ops", "coordinated-workers"]\n',
  "uv.lock":
    'version = 1\n\n[[package]]\nname = "coordinated-workers"\nversion = "2.0.1"\nsource = { registry = "https://pypi.org/simple" }\n',
  "src/charm.py": [
    "import ops",
    "from coordinated_workers.coordinator import ClusterRolesConfig, Coordinator",
    "from coordinated_workers.nginx import NginxConfig",
    "",
    "",
    "class Vault(ops.CharmBase):",
    "    def __init__(self, *args):",
    "        super().__init__(*args)",
    "        self.coordinator = Coordinator(charm=self, nginx_config=NginxConfig())",
    "",
  ].join("\n"),
};

function fixesOf(texts: ReadonlyMap<string, string>): readonly (readonly [string, readonly string[]])[] {
  return diagnosticsIn(texts).map(({ code, fixes }) => [code, fixes.map(({ title }) => title)] as const);
}

describe("every fix that is offered on a workspace", () => {
  it.each(["faulty", "observability"])("removes its finding and brings none: samples/%s", async (sample) => {
    const disk = await readWorkspace([`samples/${sample}`], { base: root });
    const { offered, problems } = fixSweep({
      charms: disk.charms,
      topologies: disk.topologies,
      settings: DEFAULT_SETTINGS,
      settingsFiles: disk.settings,
      unreadable: disk.unreadable,
    });
    expect(problems).toEqual([]);
    if (sample === "faulty") expect(offered).toBeGreaterThan(10);
  });

  it.each([
    ["a requirement that rules pydantic 2 out", { "requirements.txt": "ops\npydantic<2\n" }],
    ["a class that is not found", { "src/charm.py": "from elsewhere import main\n\nmain()\n" }],
    [
      "an import that may join the mesh",
      { "src/charm.py": "import ops\nfrom components.mesh import Mesh\n\n\nclass Charm(ops.CharmBase):\n    pass\n" },
    ],
  ])("offers no mesh support to a charm with %s", (_, files) => {
    const texts = new Map(Object.entries({ ...PLAIN, ...files }));
    const found = fixesOf(texts);
    expect(found).toEqual([["no-mesh-support", []]]);
  });

  it("takes the packaged library, whatever lies unused in lib/", () => {
    const texts = new Map(
      Object.entries({ ...PLAIN, "lib/charms/istio_beacon_k8s/v0/service_mesh.py": "LIBAPI = 0\nLIBPATCH = 20\n" }),
    );
    expect(fixesOf(texts)).toEqual([["no-mesh-support", ["Add service mesh support"]]]);
    expect(fixSweep(workspaceOf(texts)).problems).toEqual([]);
  });

  it("asks for a coordinated-workers without mesh support where the charm lacks the library", () => {
    const texts = new Map(Object.entries(OLD_COORDINATOR));
    const { offered, problems } = fixSweep(workspaceOf(texts));
    expect(problems).toEqual([]);
    expect(offered).toBeGreaterThan(0);
  });
});
