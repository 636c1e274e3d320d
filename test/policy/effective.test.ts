import { describe, expect, test } from "vitest";
import { type CharmModel, effectivePolicies, exact, policyResource } from "#model";
import { modelOf, modelOfPython } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";
import { deployment, effective, lines } from "./deployment.ts";

const coordinator = modelOf(miniCoordinator());
const worker = modelOf(miniWorker());
const consumer = modelOf(miniConsumer());
const charms = [coordinator, worker, consumer];

const CLUSTER = `
models:
  cos:
    applications:
      mini: { charm: mini-coordinator-k8s }
      read: { charm: mini-worker-k8s }
      all: { charm: mini-worker-k8s, units: 3 }
      scraper: { charm: prometheus-k8s }
      client: { charm: client-k8s }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [mini:mini-cluster, read:mini-cluster]
      - [mini:mini-cluster, all:mini-cluster]
      - [mini:metrics-endpoint, scraper:metrics-endpoint]
      - [mini:mini-api, client:mini-api]
      - [mini:service-mesh, beacon:service-mesh]
`;

/** A coordinator whose Python is changed. */
function changed(...changes: readonly (readonly [string, string])[]): CharmModel {
  let source = "";
  for (const [path, file] of miniCoordinator().files) if (path === "src/charm.py") source = file.text;
  for (const [from, to] of changes) {
    if (!source.includes(from)) throw new Error(`the minicharm has no ${from}`);
    source = source.replace(from, to);
  }
  return modelOf(miniCoordinator(`//- src/charm.py\n${source}`));
}

describe("a coordinator's policies", () => {
  const set = effective(CLUSTER, charms);

  test("are its cluster's, the package's defaults and its own, in the documented order", () => {
    expect(lines(set)).toEqual(
      [
        "cluster-internal: all@cos > mini@cos service []",
        "cluster-internal: all@cos > app.kubernetes.io/part-of=mini@cos pods []",
        "cluster-internal: mini@cos > app.kubernetes.io/part-of=mini@cos pods []",
        "cluster-internal: read@cos > mini@cos service []",
        "cluster-internal: read@cos > app.kubernetes.io/part-of=mini@cos pods []",
        "coordinator-default: scraper@cos > mini@cos pods [9113]",
        "coordinator-default: scraper@cos > mini@cos service [3300]",
        "charm: client@cos > mini@cos service [3200]",
      ].sort(bySet(set)),
    );
    expect(set.problems).toEqual([]);
  });

  test("bear the names, specs and labels that the library and the managers give them", () => {
    for (const policy of set.policies) {
      const manager =
        policy.origin === "cluster-internal" ? { app: "mini", model: "cos" } : { app: "beacon", model: "cos" };
      const made = policyResource(manager, exact(policy.meshPolicy));
      if ("refused" in made) throw new Error(made.refused);
      expect(policy.resource?.metadata.name).toBe(made.name);
      expect(policy.resource?.spec).toEqual(made.spec);
      expect(policy.id).toBe(made.name);
    }
    const labels = new Set(set.policies.map((policy) => JSON.stringify(policy.resource?.metadata.labels)));
    expect([...labels]).toEqual([
      '{"app.kubernetes.io/instance":"mini-cos","kubernetes-resource-handler-scope":"mini-cos-cluster-internal"}',
      '{"app.kubernetes.io/instance":"cos-beacon","kubernetes-resource-handler-scope":"istio-authorization-policy"}',
    ]);
  });

  test("say why they are there: the charm's line first, the library last", () => {
    for (const policy of set.policies) {
      expect(policy.because[0]?.location?.file.path).toMatch(/^coordinator\/src\/charm\.py$/);
      expect(policy.because.at(-1)?.citation).toMatch(/_build_policy_resources_istio/);
    }
    const own = set.policies.find((policy) => policy.origin === "charm");
    const texts = own?.because.map((reason) => reason.text).join("\n");
    expect(texts).toMatch(/mini:mini-api/);
    expect(texts).toMatch(/One mesh policy for each relation/);
  });

  test("follow from their relations", () => {
    const topology = deployment(CLUSTER, charms);
    const relations = new Set(topology.relations.map((relation) => relation.id));
    for (const policy of set.policies) {
      expect(policy.relation === null).toBe(policy.origin === "cluster-internal");
      if (policy.relation !== null) expect(relations.has(policy.relation)).toBe(true);
    }
  });

  test("leave out worker applications without units", () => {
    const none = effective(CLUSTER.replace("units: 3", "units: 0"), charms);
    expect(lines(none).filter((line) => line.includes("all@cos"))).toEqual([]);
  });

  test("come to nothing without a beacon, and the reason is told once", () => {
    const none = effective(CLUSTER.replace("      - [mini:service-mesh, beacon:service-mesh]\n", ""), charms);
    expect(lines(none)).toEqual([
      "coordinator-default: scraper@cos > mini@cos pods [9113] dropped",
      "coordinator-default: scraper@cos > mini@cos service [3300] dropped",
      "charm: client@cos > mini@cos service [3200] dropped",
    ]);
    expect(none.problems.map((problem) => problem.message)).toEqual([
      "mini is not related to a beacon in this topology, so it publishes no policies.",
    ]);
    for (const policy of none.policies) expect(policy.because.at(-1)?.text).toMatch(/not related to a beacon/);
  });

  test("of the beacon's making come to nothing where it does not manage them; the coordinator's own stay", () => {
    const unmanaged = effective(`mesh: { managed: false }\n${CLUSTER}`, charms);
    const applied = unmanaged.policies.filter((policy) => policy.resource !== null).map((policy) => policy.origin);
    expect(new Set(applied)).toEqual(new Set(["cluster-internal"]));
    expect(unmanaged.policies.find((one) => one.origin === "charm")?.because.at(-1)?.text).toMatch(/does not manage/);
  });
});

/** Compares by the place in a set, so that the expectation above can be read by origin. */
function bySet(set: ReturnType<typeof effective>): (a: string, b: string) => number {
  const order = lines(set);
  return (a, b) => order.indexOf(a) - order.indexOf(b);
}

test("the order is by target model, target, origin, source and relation", () => {
  const keys = effective(CLUSTER, charms).policies.map(({ meshPolicy: one, origin, relation }) => [
    one.target_namespace,
    one.target_app_name ?? Object.values(one.target_selector_labels ?? {}).join(","),
    ["cluster-internal", "coordinator-default", "charm", "resource-manager", "beacon"].indexOf(origin),
    one.source_namespace,
    one.source_app_name,
    relation ?? "",
  ]);
  const texts = keys.map((key) => key.join("\u0000"));
  expect(texts).toEqual([...texts].sort());
});

describe("the telemetry proxy's port", () => {
  const two = changed(["http_port=PROXY_PORT, https_port=PROXY_PORT", "http_port=3300, https_port=3443"]);
  const proxied = (set: ReturnType<typeof effective>) =>
    lines(set).filter((line) => line.startsWith("coordinator-default") && line.includes("service"));
  const withCertificates = CLUSTER.replace(
    "relations:",
    "relations:\n      - [mini:certificates, ca:certificates]",
  ).replace("applications:", "applications:\n      ca: { charm: self-signed-certificates }");

  test.each([
    [true, 3443],
    [false, 3300],
  ])("follows TLS %s", (tls, port) => {
    const line = `coordinator-default: scraper@cos > mini@cos service [${port}]`;
    expect(proxied(effective(withCertificates, [two, worker], { tls }))).toEqual([line]);
    expect(proxied(effective(withCertificates, [two, worker], { tls: new Map([["cos/mini", tls]]) }))).toEqual([line]);
  });

  test("is the HTTP one where no certificate can be there", () => {
    expect(proxied(effective(CLUSTER, [two, worker]))).toEqual([
      "coordinator-default: scraper@cos > mini@cos service [3300]",
    ]);
  });

  test("is not certain where there may be one, and then the name is not either", () => {
    const set = effective(withCertificates, [two, worker]);
    expect(proxied(set)).toEqual(["coordinator-default: scraper@cos > mini@cos service [3300] uncertain"]);
    const policy = set.policies.find((one) => one.uncertain !== null);
    expect(policy?.uncertain).toMatchObject([{ kind: "oneOf", options: [[3300], [3443]] }]);
    expect(policy?.resource?.metadata.name).toBe("beacon-cos-policy-scraper-cos-mini-unknown");
    expect(policy?.because.map((reason) => reason.text).join("\n")).toMatch(/certificate is not known.*http_port/);
    expect(policy?.because.map((reason) => reason.text).join("\n")).toMatch(/“unknown” stands in its place/);
  });

  test("does not matter where both are the same", () => {
    expect(proxied(effective(withCertificates, charms))).toEqual([
      "coordinator-default: scraper@cos > mini@cos service [3300]",
    ]);
  });

  test("is no policy without a proxy", () => {
    const none = changed(["worker_telemetry_proxy_config=self._proxy,", ""]);
    expect(proxied(effective(CLUSTER, [none, worker]))).toEqual([]);
  });
});

describe("across models", () => {
  const CROSS = `
models:
  cos:
    applications:
      mini: { charm: mini-coordinator-k8s }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [mini:service-mesh, beacon:service-mesh]
  apps:
    applications: { shop: { charm: shop-k8s } }
cross-model:
  - provider: cos.mini:mini-api
    consumer: apps.shop:api
    as: shop-saas
    mesh-data: true
`;

  test("published data names the real application", () => {
    expect(lines(effective(CROSS, charms)).at(-1)).toBe("charm: shop@apps > mini@cos service [3200]");
  });

  test("without it the local alias is named, an identity that nobody has", () => {
    const set = effective(CROSS.replace("mesh-data: true", "mesh-data: false"), charms);
    expect(lines(set).at(-1)).toBe("charm: shop-saas@cos > mini@cos service [3200]");
    expect(
      set.policies
        .at(-1)
        ?.because.map((reason) => reason.text)
        .join(),
    ).toMatch(/No cross_model_mesh data/);
  });
});

describe("a charm's own consumer", () => {
  const PLAIN = `
models:
  m:
    applications:
      mini: { charm: mini-k8s }
      a: { charm: a-k8s }
      b: { charm: b-k8s }
      beacon: { charm: istio-beacon-k8s }
    relations:
      - [mini:website, a:website]
      - [mini:website, b:website]
      - [mini:metrics-endpoint, a:metrics-endpoint]
      - [mini:service-mesh, beacon:service-mesh]
`;
  const LIBRARY =
    "from charms.istio_beacon_k8s.v0.service_mesh import AppPolicy, Endpoint, MeshPolicy, MeshType, Method, " +
    "PolicyResourceManager, PolicyTargetType, ServiceMeshConsumer, UnitPolicy\nfrom lightkube import Client\nimport ops\n";
  const METADATA = `name: mini-k8s
provides:
  website: { interface: http }
  metrics-endpoint: { interface: prometheus_scrape }
  provide-cmr-mesh: { interface: cross_model_mesh }
requires:
  service-mesh: { interface: service_mesh }
  require-cmr-mesh: { interface: cross_model_mesh }
peers:
  replicas: { interface: replicas }
`;
  const withPolicies = (policies: string, before = "") =>
    modelOfPython(
      `${LIBRARY}${before}\nclass Charm(ops.CharmBase):\n    def __init__(self, *args):\n        super().__init__(*args)\n` +
        `        self.mesh = ServiceMeshConsumer(self, policies=${policies})\n`,
      METADATA,
    );
  const of = (policies: string) => effective(PLAIN, [withPolicies(policies)]);

  test("one policy per policy and relation", () => {
    expect(lines(effective(PLAIN, [consumer]))).toEqual(
      [
        "charm: a@m > mini@m service [8080]",
        "charm: a@m > mini@m pods [9090]",
        "charm: b@m > mini@m service [8080]",
      ].sort(bySet(effective(PLAIN, [consumer]))),
    );
  });

  test("duplicates stay, with ids of their own", () => {
    const set = of(
      "[UnitPolicy(relation='metrics-endpoint', ports=[1]), UnitPolicy(relation='metrics-endpoint', ports=[1])]",
    );
    const [first, second] = set.policies;
    expect(first?.resource?.metadata.name).toBe(second?.resource?.metadata.name);
    expect(second?.id).toBe(`${first?.id}#2`);
  });

  test("no ports and an empty list mean every port", () => {
    expect(lines(of("[UnitPolicy(relation='metrics-endpoint')]"))).toEqual(["charm: a@m > mini@m pods []"]);
    expect(lines(of("[UnitPolicy(relation='metrics-endpoint', ports=[])]"))).toEqual(["charm: a@m > mini@m pods []"]);
  });

  test("a peer relation is there even if the topology does not list it, and its source is the application itself", () => {
    expect(lines(of("[UnitPolicy(relation='replicas', ports=[7])]"))).toEqual(["charm: mini@m > mini@m pods [7]"]);
  });

  test("an endpoint that the charm has not stops all of its policies", () => {
    const set = of("[UnitPolicy(relation='nope'), UnitPolicy(relation='metrics-endpoint', ports=[1])]");
    expect(lines(set)).toEqual(["charm: a@m > mini@m pods [1] dropped"]);
    expect(set.policies[0]?.because.at(-1)?.text).toBe("KeyError: 'nope' is no endpoint of the charm.");
    expect(set.problems.map((problem) => problem.message)).toEqual([
      "mini fails when it works out its policies, so none is published.",
    ]);
  });

  test("a method that pydantic refuses is no policy", () => {
    const set = of("[AppPolicy(relation='website', endpoints=[Endpoint(ports=[1], methods=['get'])])]");
    expect(set.policies.every((policy) => policy.resource === null)).toBe(true);
    expect(set.problems[0]?.message).toMatch(/“get” is no HTTP method/);
  });

  test("an endpoint with nothing in it is made, and Istio does not take it", () => {
    const set = of("[AppPolicy(relation='website', endpoints=[Endpoint()])]");
    expect(set.policies[0]?.resource?.spec.rules?.[0]?.to).toEqual([{ operation: { ports: [] } }]);
    expect(set.problems.map((problem) => problem.message)).toEqual([
      `Istio does not take ${set.policies[0]?.id}, so it is never applied.`,
      `Istio does not take ${set.policies[1]?.id}, so it is never applied.`,
    ]);
  });

  test("ports that are not fully known are told as facts", () => {
    const set = of("[UnitPolicy(relation='metrics-endpoint', ports=[port()])]");
    expect(set.policies[0]?.uncertain?.[0]?.kind).not.toBe("known");
    expect(set.policies[0]?.resource?.metadata.name).toMatch(/-unknown$/);
  });

  test("a condition goes with the policy", () => {
    const model = modelOfPython(
      `${LIBRARY}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        policies = []
        if self.config["expose"]:
            policies.append(UnitPolicy(relation='metrics-endpoint', ports=[1]))
        self.mesh = ServiceMeshConsumer(self, policies=policies)
`,
      METADATA,
    );
    expect(effective(PLAIN, [model]).policies[0]?.condition).toMatch(/expose/);
  });

  test("policies without a consumer are nobody's", () => {
    const model = modelOfPython(`${LIBRARY}\nUnitPolicy(relation='metrics-endpoint')\n`, METADATA);
    expect(effective(PLAIN, [model]).policies).toEqual([]);
  });

  test("a charm that makes policies in an unreadable way is listed", () => {
    const set = of("make_policies()");
    expect(set.unread).toContainEqual(expect.objectContaining({ application: "mini", what: "policies" }));
    expect(set.unread).toContainEqual(expect.objectContaining({ application: "a", what: "charm" }));
  });

  const managed = (policy: string) =>
    effective(PLAIN, [
      modelOfPython(
        `${LIBRARY}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        manager = PolicyResourceManager(charm=self, lightkube_client=Client(), labels={"a": "b"}, logger=None)
        manager.reconcile([${policy}], MeshType.istio)
`,
        METADATA,
      ),
    ]);

  test("mesh policies that it applies itself have its own names in them", () => {
    const set = managed(
      "MeshPolicy(source_namespace=self.model.name, source_app_name='x', target_namespace=self.model.name, " +
        "target_app_name=self.app.name, target_type=PolicyTargetType.unit, endpoints=[Endpoint(ports=[5])])",
    );
    expect(lines(set)).toEqual(["resource-manager: x@m > mini@m pods [5]"]);
    expect(set.policies[0]?.resource?.metadata.name).toMatch(/^mini-m-policy-x-m-mini-[0-9a-f]{8}$/);
    expect(set.policies[0]?.resource?.metadata.labels).toEqual({ a: "b" });
  });

  test("one that the library refuses is dropped, and blocks the charm's others", () => {
    const set = managed(
      "MeshPolicy(source_namespace='n', source_app_name='x', target_namespace='m', target_app_name='mini', " +
        "target_type=PolicyTargetType.unit, endpoints=[Endpoint(ports=[5], methods=[Method.get])])",
    );
    expect(lines(set)).toEqual(["resource-manager: x@n > mini@m pods [5] dropped"]);
    expect(set.policies[0]?.because.at(-1)?.text).toMatch(/UnitPolicy for Istio service mesh cannot contain/);
    expect(set.problems[0]?.message).toMatch(/keeps mini from applying any/);
  });

  test("one of which a name can't be read, or that pydantic refuses, is a problem and no guess", () => {
    expect(
      managed("MeshPolicy(source_namespace='n', source_app_name=who(), target_namespace='m', target_app_name='a')"),
    ).toMatchObject({ policies: [], problems: [{ message: expect.stringMatching(/source_app_name can't be read/) }] });
    expect(managed("MeshPolicy(source_namespace='n', source_app_name='x', target_namespace='m')")).toMatchObject({
      policies: [],
      problems: [{ message: expect.stringMatching(/Neither target_app_name nor/) }],
    });
  });

  test("what one charm contributes is remembered by its model and relations, even for a new topology", () => {
    const models = [coordinator, worker, consumer];
    const yaml = PLAIN.replace("    applications:", "    applications:\n      other: { charm: mini-coordinator-k8s }");
    const first = effectivePolicies(models, deployment(yaml, models));
    const again = effectivePolicies([modelOf(miniCoordinator()), worker, consumer], deployment(yaml, models));
    const [before, after] = [first, again].map((set) =>
      set.policies.find((one) => one.meshPolicy.target_app_name === "mini"),
    );
    // The file is another object, so its places differ; with the same file the very same policies come out.
    expect(after).not.toBe(before);
    const topology = deployment(yaml, models);
    const copy = { ...topology, relations: topology.relations.map((relation) => ({ ...relation })) };
    const [one, two] = [topology, copy].map((each) => effectivePolicies(models, each).policies[0]);
    expect(two).toBe(one);
  });
});

describe("a beacon's own policies", () => {
  const BEACON = `
models:
  m:
    applications:
      beacon: { charm: istio-beacon-k8s }
      scraper: { charm: prometheus-k8s }
    relations:
      - [beacon:metrics-endpoint, scraper:metrics-endpoint]
`;

  test("let scrapers reach its metrics", () => {
    const set = effective(BEACON, []);
    expect(lines(set)).toEqual(["beacon: scraper@m > beacon@m pods [15090]"]);
    expect(set.policies[0]?.because[0]?.citation).toMatch(/istio-beacon-k8s-operator/);
    expect(set.policies[0]?.resource?.metadata.name).toMatch(/^beacon-m-policy-scraper-m-beacon-[0-9a-f]{8}$/);
  });

  test("let the controller reach the model operator of a model on the mesh", () => {
    const set = effective(`mesh: { model-on-mesh: true }\n${BEACON}`, []);
    expect(set.policies.map((policy) => policy.resource)).toContainEqual({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: {
        name: "beacon-m-policy-all-sources-modeloperator",
        namespace: "m",
        labels: {
          "app.kubernetes.io/instance": "m-beacon",
          "kubernetes-resource-handler-scope": "modeloperator-authorization-policy",
        },
      },
      spec: { selector: { matchLabels: { "juju-modeloperator": "modeloperator" } }, rules: [{}] },
    });
  });

  test("are not there when it does not manage policies", () => {
    const set = effective(`mesh: { model-on-mesh: true, managed: false }\n${BEACON}`, []);
    expect(set.policies.map((policy) => policy.resource)).toEqual([null]);
  });
});

test("a coordinator with some of the three mesh endpoints makes no policies at all", () => {
  const partial = changed(['                "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",\n', ""]);
  const set = effective(CLUSTER, [partial, worker]);
  expect(set.policies).toEqual([]);
  expect(set.problems[0]?.message).toMatch(/^mini fails when it starts/);
  expect(set.problems[0]?.because.at(-1)?.text).toMatch(/^ValueError: If any of 'service-mesh'/);
});

test("a coordinator without mesh endpoints, or with a package from before them, makes none either", () => {
  const none = changed(
    ['                "service-mesh": "service-mesh",\n', ""],
    ['                "service-mesh-provide-cmr-mesh": "provide-cmr-mesh",\n', ""],
    ['                "service-mesh-require-cmr-mesh": "require-cmr-mesh",\n', ""],
  );
  expect(effective(CLUSTER, [none, worker]).policies).toEqual([]);
  const locked = (version: string) => {
    const packages = new Map(coordinator.dependencies.packages);
    const dependency = packages.get("coordinated-workers");
    if (!dependency) throw new Error("the minicharm depends on it");
    packages.set("coordinated-workers", { ...dependency, locked: version });
    return { ...coordinator, dependencies: { ...coordinator.dependencies, packages } };
  };
  expect(effective(CLUSTER, [locked("2.0.9"), worker]).policies).toEqual([]);
  expect(effective(CLUSTER, [locked("2.1.0"), worker]).policies).not.toEqual([]);
});
