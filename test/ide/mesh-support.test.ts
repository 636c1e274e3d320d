import { describe, expect, it } from "vitest";
import type { CharmFiles } from "#charm";
import { addMeshSupport, analysis, DEFAULT_SETTINGS, editedWorkspace, meshSupportCharms, type Workspace } from "#ide";
import { charmFilesOf } from "../support/charm-fixture.ts";
import { MINI_CONSUMER, MINI_COORDINATOR, MINI_WORKER, miniCoordinator, miniWorker } from "../support/minicharms.ts";

function workspace(...charms: readonly CharmFiles[]): Workspace {
  return { charms, topologies: [], settings: DEFAULT_SETTINGS };
}

/** The workspace after the action, which a second run must not change. */
function supported(before: Workspace): Workspace {
  const after = editedWorkspace(before, addMeshSupport(analysis(before).charms));
  expect(addMeshSupport(analysis(after).charms)).toEqual([]);
  return after;
}

function textOf(after: Workspace, path: string): string {
  const file = after.charms.flatMap((each) => [...each.files.values()]).find((each) => each.path === path);
  if (!file) throw new Error(`no ${path}`);
  return file.text;
}

function serious(after: Workspace): string[] {
  return analysis(after)
    .diagnostics()
    .filter((each) => each.severity === "error" || each.severity === "warning")
    .map((each) => `${each.code}: ${each.message}`);
}

/** The mini coordinator before anybody thought of a mesh: its library, its relations, its arguments are gone. */
const PLAIN_COORDINATOR = MINI_COORDINATOR.replace(
  "from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, UnitPolicy\n",
  "",
)
  .replace("from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig\n", "")
  .replace(/ {2}(?:provide-cmr-mesh|require-cmr-mesh):\n.*\n/g, "")
  .replace(/ {2}service-mesh:\n.*\n.*\n/, "")
  .replace(/ +"service-mesh.*\n/g, "")
  .replace(/ +(?:worker_telemetry_proxy_config|charm_mesh_policies)=.*\n/g, "")
  .replace(/ {4}@property\n {4}def _proxy[\s\S]*?(?=\/\/- src\/mini)/, "")
  .replace("PROXY_PORT = 3300\n", "")
  .replace("Mini.http_port, PROXY_PORT", "Mini.http_port")
  .replace(/\/\/- lib\/charms\/istio_beacon_k8s[\s\S]*?LIBPATCH = 20\n/, "");

const PLAIN_WORKER = MINI_WORKER.replace(/\/\/- lib\/charms\/istio_beacon_k8s[\s\S]*?LIBPATCH = 20\n/, "");

describe("a coordinator and its worker", () => {
  it("get all of the guide's steps, and check clean", () => {
    const before = workspace(charmFilesOf(PLAIN_COORDINATOR, "coordinator"), charmFilesOf(PLAIN_WORKER, "worker"));
    const after = supported(before);
    expect(serious(after)).toEqual([]);
    const python = textOf(after, "coordinator/src/charm.py");
    for (const part of [
      '"service-mesh": "service-mesh",',
      '"service-mesh-provide-cmr-mesh": "provide-cmr-mesh",',
      '"service-mesh-require-cmr-mesh": "require-cmr-mesh",',
      "worker_telemetry_proxy_config=self._worker_telemetry_proxy_config,",
      "charm_mesh_policies=self._charm_mesh_policies,",
      "from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig",
      "TELEMETRY_PROXY_PORT = 3300",
      "self.unit.set_ports(Mini.http_port, TELEMETRY_PROXY_PORT)",
      "# mini-api: the interface mini_api is not known to Charm Mesh.",
    ])
      expect(python).toContain(part);
    const [coordinator] = analysis(after).charms;
    expect(
      coordinator?.metadata.relations
        .filter((each) => /mesh/.test(each.endpoint))
        .map((each) => [each.endpoint, each.side, each.interface, each.limit]),
    ).toEqual([
      ["provide-cmr-mesh", "provides", "cross_model_mesh", null],
      ["service-mesh", "requires", "service_mesh", 1],
      ["require-cmr-mesh", "requires", "cross_model_mesh", null],
    ]);
    for (const charm of ["coordinator", "worker"])
      expect(textOf(after, `${charm}/charmcraft.yaml`)).toMatch(
        /charm-libs:\n {2}- lib: istio_beacon_k8s\.service_mesh\n {4}version: "0"/,
      );
  });

  it("are both taken when it is asked for in a file of one", () => {
    const both = analysis(
      workspace(charmFilesOf(PLAIN_COORDINATOR, "coordinator"), charmFilesOf(PLAIN_WORKER, "worker")),
    );
    expect(
      meshSupportCharms(both, "worker/src/charm.py")
        .map((each) => each.charm.root)
        .sort(),
    ).toEqual(["coordinator", "worker"]);
    expect(
      meshSupportCharms(both, "coordinator/charmcraft.yaml")
        .map((each) => each.charm.root)
        .sort(),
    ).toEqual(["coordinator", "worker"]);
    expect(meshSupportCharms(both, "elsewhere.py")).toEqual([]);
  });

  it("ask for a package that has mesh support where the lock holds an older one, which is then out of date", () => {
    const old = `//- uv.lock
version = 1

[[package]]
name = "mini-coordinator"
source = { virtual = "." }
dependencies = [{ name = "coordinated-workers" }]

[[package]]
name = "coordinated-workers"
version = "0.0.1"
`;
    const asked = PLAIN_COORDINATOR.replace("coordinated-workers>=2.2.6", "coordinated-workers");
    const after = supported(workspace(charmFilesOf(asked + old, "coordinator"), charmFilesOf(PLAIN_WORKER, "worker")));
    expect(textOf(after, "coordinator/pyproject.toml")).toContain('"coordinated-workers>=2.1.0"');
    expect(textOf(after, "coordinator/src/charm.py")).toContain("worker_telemetry_proxy_config=");
    expect(serious(after).map((each) => each.split(":")[0])).toEqual(["dependency-too-old"]);
  });

  it("are left alone with the package's earlier home, which knows no mesh", () => {
    const elder = PLAIN_COORDINATOR.replaceAll("from coordinated_workers.", "from cosl.coordinated_workers.");
    expect(addMeshSupport(analysis(workspace(charmFilesOf(elder))).charms)).toEqual([]);
  });

  it("that have it stay as they are", () => {
    expect(addMeshSupport(analysis(workspace(miniCoordinator(), miniWorker())).charms)).toEqual([]);
  });
});

describe("a plain charm", () => {
  const PLAIN = MINI_CONSUMER.replace(/\/\/- lib[\s\S]*$/, "")
    .replace(/from charms\.istio_beacon.*\n/, "")
    .replace(/ {8}self\._mesh = ServiceMeshConsumer\([\s\S]*?\n {8}\)\n/, "")
    .replace(/ {2}(?:provide-cmr-mesh|require-cmr-mesh):\n.*\n/g, "")
    .replace(/ {2}service-mesh:\n.*\n.*\n/, "")
    .replace("requires:\n", "requires:\n  ingress:\n    interface: ingress\n");

  it("gets a consumer behind the call of its base's constructor, its relations and the packaged library", () => {
    const after = supported(workspace(charmFilesOf(PLAIN)));
    expect(serious(after)).toEqual([]);
    const python = textOf(after, "src/charm.py");
    expect(python).toContain(
      "        super().__init__(*args)\n        self._mesh = ServiceMeshConsumer(self, policies=self._mesh_policies)\n",
    );
    expect(python).toContain(
      "from charmlibs.interfaces.service_mesh import AppPolicy, ServiceMeshConsumer, UnitPolicy\n",
    );
    expect(python).not.toContain('relation="ingress"');
    expect(textOf(after, "requirements.txt")).toContain("charmlibs-interfaces-service-mesh>=1.0\n");
  });

  it("gets a policy with the address and port that it publishes to the other side", () => {
    const scraped = PLAIN.replace(
      "import ops\n",
      "import ops\nfrom charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider\n",
    ).replace(
      "        super().__init__(*args)\n",
      '        super().__init__(*args)\n        self._scrape = MetricsEndpointProvider(self, jobs=[{"static_configs": [{"targets": [f"*:{METRICS_PORT}"]}]}])\n',
    );
    const python = textOf(supported(workspace(charmFilesOf(scraped))), "src/charm.py");
    expect(python).toContain('            UnitPolicy(relation="metrics-endpoint", ports=[9090]),\n');
  });

  it("asks for the library in requirements.in too, where requirements.txt is compiled from that", () => {
    const compiled = `${PLAIN.trimEnd()}\n//- requirements.in\nops\n//- requirements.txt\nops==2.23.1\n    # via -r requirements.in\n`;
    const after = supported(workspace(charmFilesOf(compiled)));
    expect(textOf(after, "requirements.in")).toBe("ops\ncharmlibs-interfaces-service-mesh>=1.0\n");
    expect(textOf(after, "requirements.txt")).toContain("\ncharmlibs-interfaces-service-mesh>=1.0\n");
  });

  it("gets no policy where the port of its pods can't be read, but a gap that allows no traffic", () => {
    const scraped = PLAIN.replace(
      "import ops\n",
      "import os\n\nimport ops\nfrom charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider\n",
    ).replace(
      "        super().__init__(*args)\n",
      '        super().__init__(*args)\n        self._scrape = MetricsEndpointProvider(self, jobs=[{"static_configs": [{"targets": ["*:" + os.environ["PORT"]]}]}])\n        self.unit.set_ports(8080, 8081)\n',
    );
    const python = textOf(supported(workspace(charmFilesOf(scraped))), "src/charm.py");
    expect(
      python,
    ).toContain(`            # GAP: the port could not be read, and without one every port would be open. Nobody
            # gets in until you fill it in:
            # UnitPolicy(relation="metrics-endpoint", ports=[...]),
`);
    expect(python).not.toMatch(/^ *UnitPolicy\(/m);
    const opened = scraped.replace("        self.unit.set_ports(8080, 8081)\n", "");
    expect(textOf(supported(workspace(charmFilesOf(opened))), "src/charm.py")).toMatch(
      /# GAP: the port could not be read; this is the only one that the charm opens\.\n +UnitPolicy\(relation="metrics-endpoint", ports=\[\w+\]\),\n/,
    );
  });

  it.each([
    ["as the charm names it", "return METRICS_PORT", "self.port"],
    ["as a number where its property needs what the constructor makes", "return self._late", "9090"],
  ])("names a port %s", (_, body, text) => {
    const scraped = PLAIN.replace(
      "import ops\n",
      "import ops\nfrom charms.prometheus_k8s.v0.prometheus_scrape import MetricsEndpointProvider\n",
    ).replace(
      "        super().__init__(*args)\n",
      '        super().__init__(*args)\n        self._late = 9090\n        self._scrape = MetricsEndpointProvider(self, jobs=[{"static_configs": [{"targets": ["*:9090"]}]}])\n        self.unit.set_ports(self.port)\n',
    );
    const python = `${scraped.trimEnd()}\n\n    @property\n    def port(self) -> int | None:\n        ${body}\n`;
    const written = textOf(supported(workspace(charmFilesOf(python))), "src/charm.py");
    expect(written).toContain(`            UnitPolicy(relation="metrics-endpoint", ports=[${text}]),\n`);
    // The file writes unions as Python does from 3.10 on.
    expect(written).toContain("def _mesh_policies(self) -> list[AppPolicy | UnitPolicy]:\n");
  });

  it("keeps relations that it declared under other names", () => {
    const named = PLAIN.replace("requires:\n", "requires:\n  mesh:\n    interface: service_mesh\n    limit: 1\n");
    expect(textOf(supported(workspace(charmFilesOf(named))), "src/charm.py")).toContain(
      'ServiceMeshConsumer(self, mesh_relation_name="mesh", policies=self._mesh_policies)',
    );
  });

  it("is left alone where it is damaged, has no class to be found, provides a mesh, or is no Kubernetes charm", () => {
    for (const other of [
      PLAIN.replace("super().__init__(*args)", "super().__init__(*args"),
      PLAIN.replace("(ops.CharmBase)", "(Base)"),
      PLAIN.replace(
        "import ops\n",
        "import ops\nfrom charms.istio_beacon_k8s.v0.service_mesh import ServiceMeshProvider\n",
      ),
      PLAIN.replace(/containers:\n.*\n.*\n/, ""),
    ])
      expect(addMeshSupport(analysis(workspace(charmFilesOf(other))).charms)).toEqual([]);
  });

  it("of another's tests is left alone", () => {
    expect(addMeshSupport(analysis(workspace(charmFilesOf(PLAIN, "tests/tester"))).charms)).toEqual([]);
  });
});
