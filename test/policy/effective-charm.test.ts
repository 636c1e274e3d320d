import { describe, expect, test } from "vitest";
import { effectivePolicies } from "#mesh";
import { modelOf, modelOfPython } from "../support/charm-reading.ts";
import { miniConsumer, miniCoordinator, miniWorker } from "../support/minicharms.ts";
import { bySet, deployment, effective, lines } from "./deployment.ts";

const coordinator = modelOf(miniCoordinator());
const worker = modelOf(miniWorker());
const consumer = modelOf(miniConsumer());

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

  test("a Service named after the application has the name of the one that is deployed", () => {
    const service = (text: string) =>
      of(`[AppPolicy(relation='website', endpoints=[Endpoint(ports=[1])], service=${text})]`).policies.map((one) => [
        one.meshPolicy.target_service,
        one.uncertain,
      ]);
    expect(service('f"{self.app.name}-web"')[0]).toEqual(["mini-web", null]);
    expect(service("self.app.name")[0]).toEqual(["mini", null]);
    expect(service('f"{self.app.name}-{self.unknown}"')[0]?.[1]).not.toBeNull();
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

  test("ports that are not fully known stay facts", () => {
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
    expect(effective(PLAIN, [model]).policies[0]?.condition).toEqual([
      { kind: "test", source: 'self.config["expose"]' },
    ]);
  });

  test("a consumer behind a condition counts as made, and the reasons name the condition", () => {
    const model = modelOfPython(
      `${LIBRARY}
class Charm(ops.CharmBase):
    def __init__(self, *args):
        super().__init__(*args)
        if self.unit.is_leader():
            self.mesh = ServiceMeshConsumer(self, policies=[UnitPolicy(relation='metrics-endpoint', ports=[1])])
`,
      METADATA,
    );
    const [policy] = effective(PLAIN, [model]).policies;
    expect(policy?.condition).toBeUndefined();
    expect(policy?.because.map((reason) => reason.text).join("\n")).toMatch(/made only if .*is_leader.*taken to hold/);
  });

  test("policies without a consumer have no effect", () => {
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
    const [one, two] = [topology, copy].map((each) => effectivePolicies(models, each).policies);
    expect(two).toHaveLength(one?.length ?? -1);
    for (const [index, policy] of one?.entries() ?? []) expect(two?.[index]).toBe(policy);
  });
});

describe("Istio's own ALLOW for a waypoint", () => {
  const own = (mesh: string, beacon = "charm: istio-beacon-k8s") => {
    const yaml = `mesh: { ${mesh} }\nmodels: { m: { applications: { beacon: { ${beacon} } } } }`;
    return effectivePolicies([], deployment(yaml)).policies.filter(({ origin }) => origin === "istio");
  };

  test("is in the set of a deployed beacon, for all pods behind it, and is no resource", () => {
    expect(own("hardened: false")).toMatchObject([
      {
        id: "istio_allow_waypoint_m_m-beacon-waypoint",
        meshPolicy: { source_namespace: "m", source_app_name: "m-beacon-waypoint", target_type: "unit", endpoints: [] },
        resource: null,
        because: [{ citation: expect.stringMatching(/implicitWaypointPolicy/) }],
      },
    ]);
  });

  test("is not there without auto-allow-waypoint, nor without a beacon", () => {
    expect(own("auto-allow-waypoint: false")).toEqual([]);
    expect(own("hardened: false", "charm: something-k8s")).toEqual([]);
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
    expect(set.policies[0]?.because[0]?.citation).toMatch(/istio-beacon-k8s, src\/charm\.py \(canonical\/service-mesh/);
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
