import { describe, expect, test } from "vitest";
import type { CharmModel } from "#charm";
import { effectivePolicies, inferredTopology } from "#mesh";
import { modelOf } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";
import { exact } from "../vectors/library/policy-dumps.ts";
import { policyResource } from "../vectors/library/policy-resource.ts";
import { bySet, deployment, effective, lines } from "./deployment.ts";

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

  test("find their workers by the interface if no source gives the endpoint", () => {
    const topology = deployment(CLUSTER, charms);
    const relations = topology.relations.map((one) =>
      one.provider.endpoint === "mini-cluster"
        ? { ...one, interface: "tempo_cluster", provider: { ...one.provider, endpoint: null } }
        : one,
    );
    const found = lines(effectivePolicies(charms, { ...topology, relations }));
    expect(found.filter((line) => !line.startsWith("istio:"))).toEqual(lines(set));
  });

  test("have no effect without a beacon, and the reason appears once", () => {
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

  test("come to nothing without a word where no beacon is around", () => {
    const none = CLUSTER.replace("      - [mini:service-mesh, beacon:service-mesh]\n", "").replace(
      "      beacon: { charm: istio-beacon-k8s }\n",
      "",
    );
    const without = effective(none, charms);
    expect(without.policies.map((policy) => policy.resource)).toEqual([null, null, null]);
    expect(without.problems).toEqual([]);
  });

  test("of the beacon's making come to nothing where it does not manage them; the coordinator's own stay", () => {
    const unmanaged = effective(`mesh: { managed: false }\n${CLUSTER}`, charms);
    const applied = unmanaged.policies.filter((policy) => policy.resource !== null).map((policy) => policy.origin);
    expect(new Set(applied)).toEqual(new Set(["cluster-internal"]));
    expect(unmanaged.policies.find((one) => one.origin === "charm")?.because.at(-1)?.text).toMatch(/does not manage/);
  });
});

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

  test("is the https one where the deployment relates certificates", () => {
    expect(proxied(effective(withCertificates, [two, worker]))).toEqual([
      "coordinator-default: scraper@cos > mini@cos service [3443]",
    ]);
  });

  test("is not certain where there may be one, and then the name is not either", () => {
    const set = effectivePolicies([two, worker], inferredTopology([two, worker]));
    const policy = set.policies.find((one) => one.uncertain !== null);
    expect(policy?.meshPolicy.endpoints[0]?.ports).toEqual([3300]);
    expect(policy?.uncertain).toMatchObject([{ kind: "oneOf", options: [[3300], [3443]] }]);
    expect(policy?.resource?.metadata.name).toMatch(/-unknown$/);
    expect(policy?.because.map((reason) => reason.text).join("\n")).toMatch(/certificate is not known[\s\S]*http_port/);
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

  test("without it the local alias is named, an identity that no application has", () => {
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
    const [entry] = dependency.lockedPackages;
    const call = coordinator.coordinator;
    if (!call) throw new Error("the minicharm makes a Coordinator");
    const lockedPackages = [
      {
        name: "coordinated-workers",
        source: "registry" as const,
        markers: [],
        dependencies: [],
        extras: new Map(),
        location: call.callee,
        ...entry,
        version,
      },
    ];
    packages.set("coordinated-workers", { ...dependency, locked: version, lockedPackages });
    return { ...coordinator, dependencies: { ...coordinator.dependencies, packages } };
  };
  expect(effective(CLUSTER, [locked("2.0.9"), worker]).policies).toEqual([]);
  expect(effective(CLUSTER, [locked("2.1.0"), worker]).policies).not.toEqual([]);
});
