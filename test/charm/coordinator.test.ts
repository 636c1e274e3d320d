import { describe, expect, it } from "vitest";
import { bare, modelOf, modelOfPython, textAt } from "../support/charm-reading.ts";
import { miniCoordinator, miniWorker } from "../support/minicharms.ts";

const IMPORTS = `
import ops
from coordinated_workers.coordinator import Coordinator
from coordinated_workers.worker import Worker
from coordinated_workers.worker_telemetry import WorkerTelemetryProxyConfig
`;

/** A charm whose __init__ makes a coordinator with these arguments. */
function coordinatorWith(args: string, before = "") {
  const model = modelOfPython(`${IMPORTS}
${before}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.coordinator = Coordinator(${args})
`);
  if (!model.coordinator) throw new Error("no coordinator");
  return model.coordinator;
}

describe("the minicharm", () => {
  const model = modelOf(miniCoordinator());
  const { coordinator } = model;

  it("is a coordinator whose call is read in full", () => {
    expect(model.kind).toBe("coordinator");
    expect(model.damaged).toBe(false);
    expect(model.problems).toEqual([]);
    expect(coordinator?.className).toBe("Coordinator");
    expect(coordinator && textAt(coordinator.callee)).toBe("Coordinator");
    expect(coordinator?.argumentsOpen).toBe(false);
    expect(coordinator && bare(coordinator.workerMetricsPort)).toBe(3200);
    expect(coordinator && bare(coordinator.workloadTracingProtocols)).toEqual(["otlp_http"]);
    expect(coordinator && bare(coordinator.peerRelation)).toBe("peers");
    expect(coordinator?.peerRelation.because.at(-1)?.citation).toContain("PEER_RELATION_DEFAULT_NAME");
    expect(coordinator && bare(coordinator.containerName)).toBeNull();
    expect(coordinator && bare(coordinator.resourcesRequests)).toBe("absent");
    expect(coordinator && bare(coordinator.workerPorts)).toEqual([]);
    expect(coordinator && bare(coordinator.roles)).toEqual(["all", "read"]);
  });

  it("gives every endpoint with the places of key and value", () => {
    const entries = coordinator?.endpoints.entries ?? [];
    expect(coordinator?.endpoints.complete).toBe(true);
    expect(entries).toHaveLength(12);
    const mesh = entries.find((entry) => entry.key === "service-mesh-provide-cmr-mesh");
    expect(mesh && textAt(mesh.keyLocation)).toBe('"service-mesh-provide-cmr-mesh"');
    expect(mesh && textAt(mesh.valueLocation)).toBe('"provide-cmr-mesh"');
    const none = entries.find((entry) => entry.key === "send-datasource");
    expect(none && bare(none.value)).toBeNull();
    expect(entries.some((entry) => entry.key === "receive-datasource")).toBe(false);
  });

  it("follows the telemetry proxy through a property to its constants", () => {
    const proxy = coordinator?.telemetryProxy;
    expect(proxy?.kind).toBe("known");
    if (proxy?.kind !== "known" || !proxy.value) return;
    expect([bare(proxy.value.httpPort), bare(proxy.value.httpsPort)]).toEqual([3300, 3300]);
    expect(textAt(proxy.value.location)).toContain("WorkerTelemetryProxyConfig(");
  });
});

describe("how a Coordinator is called", () => {
  it("finds it under an alias, through the module, and in another file", () => {
    for (const [imported, called] of [
      ["from coordinated_workers.coordinator import Coordinator as Boss", "Boss"],
      ["import coordinated_workers.coordinator", "coordinated_workers.coordinator.Coordinator"],
      ["from coordinated_workers import coordinator", "coordinator.Coordinator"],
    ]) {
      const model = modelOfPython(`${imported}
def make(charm):
    return ${called}(charm=charm, endpoints={"cluster": "c"})
`);
      expect(
        model.coordinator?.endpoints.entries.map((entry) => entry.key),
        imported,
      ).toEqual(["cluster"]);
    }
  });

  it("finds a subclass of a subclass in another file, and reports the class as called", () => {
    const model = modelOf(`//- charmcraft.yaml
name: x
//- src/charm.py
from boss import BigBoss
class Charm:
    def __init__(self):
        self.boss = BigBoss(charm=self, worker_metrics_port=8080, endpoints={"s3": "storage"})
//- src/boss.py
from coordinated_workers.coordinator import Coordinator
class Boss(Coordinator):
    pass
class BigBoss(Boss):
    def extra(self):
        return 1
`);
    expect(model.kind).toBe("coordinator");
    expect(model.coordinator?.className).toBe("BigBoss");
    expect(model.coordinator && bare(model.coordinator.workerMetricsPort)).toBe(8080);
  });

  it("passes arguments on through a subclass's own constructor and its **kwargs", () => {
    const model = modelOf(`//- charmcraft.yaml
name: x
//- src/charm.py
from coordinated_workers.coordinator import Coordinator
class Boss(Coordinator):
    def __init__(self, charm, port, **kwargs):
        super().__init__(charm=charm, worker_metrics_port=port, container_name="nginx", **kwargs)
class Charm:
    def __init__(self):
        self.boss = Boss(self, 8080, endpoints={"cluster": "c"}, peer_relation="ring")
`);
    const { coordinator } = model;
    expect(coordinator && bare(coordinator.workerMetricsPort)).toBe(8080);
    expect(coordinator && bare(coordinator.containerName)).toBe("nginx");
    expect(coordinator && bare(coordinator.peerRelation)).toBe("ring");
    expect(coordinator?.endpoints.entries.map((entry) => entry.key)).toEqual(["cluster"]);
  });

  it("names positional arguments as far as their place is the same in every version", () => {
    const coordinator = coordinatorWith(
      `self, None, "http://x", 8080, {"cluster": "c"}, None, None, lambda role: (1, 2)`,
    );
    expect(bare(coordinator.workerMetricsPort)).toBe(8080);
    expect(bare(coordinator.workerPorts)).toEqual([1, 2]);
    expect(coordinator.endpoints.entries.map((entry) => entry.key)).toEqual(["cluster"]);
    expect(coordinator.argumentsOpen).toBe(false);
    const nine = coordinatorWith(`self, None, "", 80, {"cluster": "c"}, None, None, None, something`);
    expect(nine.argumentsOpen).toBe(true);
    expect(bare(nine.peerRelation)).toBe("unknown");
  });

  it("knows nothing of what **kwargs of unknown content may hold, not even the defaults", () => {
    const coordinator = coordinatorWith(`charm=self, **load_arguments()`);
    expect(coordinator.argumentsOpen).toBe(true);
    expect(bare(coordinator.peerRelation)).toBe("unknown");
    expect(bare(coordinator.telemetryProxy)).toBe("unknown");
    expect(bare(coordinator.resourcesRequests)).toBe("unknown");
    expect(coordinator.endpoints.complete).toBe(false);
  });

  it("does not take a class of the same name from elsewhere for it", () => {
    const model = modelOfPython(`from theatre import Coordinator
c = Coordinator(endpoints={})
`);
    expect(model.coordinator).toBeNull();
    expect(model.kind).toBe("none");
  });

  it("does not take an annotation or an isinstance test for a call", () => {
    const model = modelOfPython(`${IMPORTS}
def f(c: Coordinator) -> Coordinator:
    return c if isinstance(c, Coordinator) else None
`);
    expect(model.coordinator).toBeNull();
  });
});

describe("the endpoint map", () => {
  it("reads maps held in a constant, a local variable and a property", () => {
    const constant = coordinatorWith("charm=self, endpoints=MAP", `S3 = "s3"\nMAP = {"s3": S3, "cluster": None}`);
    expect(constant.endpoints.entries.map((entry) => [entry.key, bare(entry.value)])).toEqual([
      ["s3", "s3"],
      ["cluster", null],
    ]);
    expect(constant.endpoints.complete).toBe(true);
    expect(constant.endpoints.location && textAt(constant.endpoints.location)).toMatch(/^\{"s3"/);
  });

  it("keeps a key that stands twice, in order", () => {
    const { endpoints } = coordinatorWith(`endpoints={"s3": "a", "s3": "b"}`);
    expect(endpoints.entries.map((entry) => bare(entry.value))).toEqual(["a", "b"]);
  });

  it.each([
    ["a spread of something unknown", `{**load(), "s3": "s3"}`],
    ["a computed key", `{key(): "x", "s3": "s3"}`],
    ["a dict from elsewhere", "load()"],
  ])("calls a map with %s incomplete", (_, map) => {
    expect(coordinatorWith(`endpoints=${map}`).endpoints.complete).toBe(false);
  });

  it("reads a spread that is known and stays complete", () => {
    const { endpoints } = coordinatorWith(`endpoints={**BASE, "s3": "s3"}`, `BASE = {"logging": "logging"}`);
    expect(endpoints.entries.map((entry) => entry.key)).toEqual(["logging", "s3"]);
    expect(endpoints.complete).toBe(true);
  });

  it("distinguishes a value that is decided at run time from None", () => {
    const { endpoints } = coordinatorWith(
      `endpoints={"catalogue": "catalogue" if self.config["x"] else None, "s3": load()}`,
    );
    expect(endpoints.entries.map((entry) => bare(entry.value))).toEqual([{ oneOf: ["catalogue", null] }, "unknown"]);
  });
});

describe("other arguments", () => {
  it("takes None for the telemetry proxy as no proxy", () => {
    expect(bare(coordinatorWith("worker_telemetry_proxy_config=None").telemetryProxy)).toBeNull();
  });

  it("keeps both branches of a proxy that is chosen at run time", () => {
    const { telemetryProxy } = coordinatorWith(
      "worker_telemetry_proxy_config=WorkerTelemetryProxyConfig(80, 443) if self.config['m'] else None",
    );
    expect(telemetryProxy.kind).toBe("oneOf");
    if (telemetryProxy.kind !== "oneOf") return;
    expect(telemetryProxy.options.map((each) => each && [bare(each.httpPort), bare(each.httpsPort)])).toEqual([
      [80, 443],
      null,
    ]);
  });

  it("does not guess a proxy that comes from elsewhere", () => {
    expect(bare(coordinatorWith("worker_telemetry_proxy_config=make_config()").telemetryProxy)).toBe("unknown");
  });

  it("reads the ports of the charm's own nginx configuration, conditional ones as a subset", () => {
    const nginx = (ports: string) =>
      bare(
        coordinatorWith(
          `nginx_config=NginxConfig(server_name="x", upstream_configs=[], server_ports_to_locations=${ports})`,
          "from charmlibs.nginx_k8s import NginxConfig\nPORT = 8080",
        ).nginxServerPorts,
      );
    expect(nginx("{PORT: [], 443: []}")).toEqual([8080, 443]);
    expect(nginx("{PORT: [], **load()}")).toEqual({ possible: [8080], always: [8080], open: true });
    expect(nginx("load()")).toBe("unknown");
    expect(bare(coordinatorWith("nginx_config=None").nginxServerPorts)).toEqual([]);
  });

  it("reads resources_requests as given unless it is None", () => {
    expect(bare(coordinatorWith("resources_requests=self.x").resourcesRequests)).not.toBe("absent");
    expect(bare(coordinatorWith("resources_requests=lambda _: {}").resourcesRequests)).toBe("given");
    expect(bare(coordinatorWith("resources_requests=None").resourcesRequests)).toBe("absent");
  });
});

describe("workers", () => {
  it("are read with their endpoints", () => {
    const model = modelOf(miniWorker());
    expect(model.kind).toBe("worker");
    expect(model.worker?.endpoints.entries.map((entry) => [entry.key, bare(entry.value)])).toEqual([
      ["cluster", "mini-cluster"],
    ]);
  });

  it("are read through a subclass that gives everything itself", () => {
    const model = modelOfPython(`${IMPORTS}
class MyWorker(Worker):
    def __init__(self, charm):
        super().__init__(charm=charm, name="x", pebble_layer=None, endpoints={"cluster": "my-cluster"})
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        self.worker = MyWorker(self)
`);
    expect(model.worker?.className).toBe("MyWorker");
    expect(model.worker?.endpoints.entries.map((entry) => bare(entry.value))).toEqual(["my-cluster"]);
  });
});
