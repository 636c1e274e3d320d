import { describe, expect, test } from "vitest";
import { DEFAULT_MESH_MODE, type EffectivePolicy, grantsAll, meshMembership, redundantPolicies } from "#mesh";
import { type Fact, known, oneOf, unknown } from "#python";
import { application, relation, topologyOf } from "./deployment.ts";
import { policyOf, setOf } from "./worlds.ts";

describe("who is on the mesh", () => {
  const topology = topologyOf(
    [
      application("beacon", "m", { charm: "istio-beacon-k8s" }),
      application("related", "m"),
      application("worker", "m"),
      application("refusing", "m", { onMesh: false }),
      application("plain", "m"),
      application("placeholder", "m", { kind: "placeholder" }),
      application("saas", "m", { kind: "saas" }),
      application("told", "n", { onMesh: true }),
      application("other", "n"),
    ],
    [
      relation("m", "beacon:service-mesh", "related:service-mesh", "service_mesh"),
      relation("m", "related:cluster", "worker:cluster", "tempo_cluster"),
      relation("m", "related:cluster", "refusing:cluster", "tempo_cluster"),
      relation("m", "related:db", "plain:db", "postgresql_client"),
    ],
  );
  const members = (modelOnMesh: boolean) =>
    Object.fromEntries(meshMembership(topology, { ...DEFAULT_MESH_MODE, modelOnMesh }));

  test("the beacon, who is related to it, and the workers of who is; what the source says goes first", () => {
    expect(members(false)).toEqual({
      "m/beacon": true,
      "m/related": true,
      "m/worker": true,
      "m/refusing": false,
      "m/plain": false,
      "m/placeholder": true,
      "n/told": true,
      "n/other": false,
    });
  });

  test("with model-on-mesh all of the beacon's model, and of no other", () => {
    expect(members(true)).toMatchObject({ "m/plain": true, "m/saas": true, "m/refusing": false, "n/other": false });
  });

  test("with model-on-mesh and no beacon known, every model", () => {
    const bare = topologyOf([application("a", "m")]);
    expect([...meshMembership(bare, { ...DEFAULT_MESH_MODE, modelOnMesh: true })]).toEqual([["m/a", true]]);
    expect([...meshMembership(bare, DEFAULT_MESH_MODE)]).toEqual([["m/a", false]]);
  });

  test("a beacon is known by its charm even where no source tells the interface", () => {
    const silent = topologyOf(
      [application("beacon", "m", { charm: "istio-beacon-k8s" }), application("a", "m"), application("b", "m")],
      [
        relation("m", "a:service-mesh", "beacon:service-mesh", null),
        relation("m", "b:x", "beacon:metrics-endpoint", null),
      ],
    );
    expect(Object.fromEntries(meshMembership(silent, DEFAULT_MESH_MODE))).toMatchObject({ "m/a": true, "m/b": false });
  });
});

describe("a policy that grants all that another one grants", () => {
  const A = "cluster.local/ns/m/sa/a";
  const resource = (spec: object, namespace = "m") =>
    ({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: "p", namespace, labels: {} },
      spec,
    }) as const;
  const from = (...principals: string[]) => [{ source: { principals } }];
  const service = (operations: readonly object[], source = from(A)) =>
    policyOf(
      resource({
        targetRefs: [{ kind: "Service", group: "", name: "s" }],
        rules: [{ from: source, to: operations.map((operation) => ({ operation })) }],
      }),
    );
  const pods = (matchLabels: Record<string, string>, operations: readonly object[] = []) =>
    policyOf(
      resource({
        selector: { matchLabels },
        rules: [{ from: from(A), to: operations.map((operation) => ({ operation })) }],
      }),
    );

  test.each<[string, EffectivePolicy, EffectivePolicy, boolean]>([
    ["everything covers a port", service([]), service([{ ports: ["80"] }]), true],
    ["a port does not cover everything", service([{ ports: ["80"] }]), service([]), false],
    ["more ports cover fewer", service([{ ports: ["80", "81"] }]), service([{ ports: ["81"] }]), true],
    [
      "two operations cover one of both ports",
      service([{ ports: ["80"] }, { ports: ["81"] }]),
      service([{ ports: ["80", "81"] }]),
      true,
    ],
    [
      "a method less is too little",
      service([{ ports: ["80"], methods: ["GET"] }]),
      service([{ ports: ["80"], methods: ["GET", "PUT"] }]),
      false,
    ],
    [
      "a prefix covers a template",
      service([{ paths: ["/proxy/*"] }]),
      service([{ paths: ["/proxy/worker/{*}/metrics"] }]),
      true,
    ],
    ["another sender", service([], from("cluster.local/ns/m/sa/b")), service([]), false],
    ["anybody covers a sender", service([], []), service([]), true],
    ["a sender does not cover anybody", service([]), service([], []), false],
    ["pods are no Service", pods({ x: "y" }), service([]), false],
    ["fewer labels select more pods", pods({}), pods({ x: "y" }), true],
    ["more labels select fewer", pods({ x: "y" }), pods({}), false],
    ["in another namespace", policyOf(resource({ rules: [{}] }, "n")), policyOf(resource({ rules: [{}] })), false],
    [
      "allow-nothing is covered by all",
      service([{ ports: ["1"] }]),
      policyOf(resource({ targetRefs: [{ kind: "Service", group: "", name: "s" }] })),
      true,
    ],
    ["what Istio refuses grants nothing", service([{ ports: [] }]), service([{ ports: ["80"] }]), false],
    ["and is covered by all", service([{ ports: ["80"] }]), service([{ ports: [] }]), true],
    [
      "DENY grants nothing that could be compared",
      policyOf(resource({ action: "DENY", rules: [{}] })),
      policyOf(resource({ rules: [{}] })),
      false,
    ],
  ])("%s", (_, a, b, covers) => expect(grantsAll(a, b)).toBe(covers));

  test("what is uncertain counts against it on either side", () => {
    const uncertain = (fact: Fact<readonly number[] | null>): EffectivePolicy => ({
      ...service([{ ports: ["80", "81"] }]),
      uncertain: [fact],
    });
    const exact = (...ports: string[]) => service([{ ports }]);
    const some = { kind: "subsetOf", possible: [80, 81], always: [80], open: false, because: [] } as const;
    expect(grantsAll(uncertain(some), exact("80"))).toBe(true);
    expect(grantsAll(uncertain(some), exact("81"))).toBe(false);
    expect(grantsAll(exact("80", "81"), uncertain(some))).toBe(true);
    expect(grantsAll(exact("80"), uncertain(some))).toBe(false);
    expect(grantsAll(uncertain(oneOf([[80], [80, 81]])), exact("80"))).toBe(true);
    expect(grantsAll(uncertain(oneOf([[80], [81]])), exact("80"))).toBe(false);
    expect(grantsAll(exact("80", "81"), uncertain(oneOf([[80], [81]])))).toBe(true);
    expect(grantsAll(exact("80", "81"), uncertain(unknown("unread")))).toBe(false);
    expect(grantsAll(service([]), uncertain(unknown("unread")))).toBe(true);
    expect(grantsAll(uncertain(known([80, 81])), exact("81"))).toBe(true);
    expect(grantsAll({ ...exact("80"), condition: "x" }, exact("80"))).toBe(false);
    expect(grantsAll({ ...exact("80"), uncertain: [known([80])], unread: [["paths"]] }, exact("80"))).toBe(false);
    expect(grantsAll(exact("80"), { ...exact("80"), resource: null })).toBe(true);
  });

  test("the redundant ones of a set, the later of equals", () => {
    const wide = { ...service([]), id: "wide" };
    const narrow = { ...service([{ ports: ["80"] }]), id: "narrow" };
    const again = { ...service([]), id: "again" };
    const part = { ...pods({ x: "y" }), id: "part" };
    const all = { ...policyOf(resource({ selector: { matchLabels: {} }, rules: [{}] })), id: "all" };
    const told = redundantPolicies(setOf([wide, narrow, again, part, all]));
    expect(told.map(({ policy, by, equal }) => [policy.id, by.id, equal])).toEqual([
      ["narrow", "wide", false],
      ["again", "wide", true],
      ["part", "all", false],
    ]);
  });
});
