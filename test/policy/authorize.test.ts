import { describe, expect, test } from "vitest";
import { authorize, DEFAULT_MESH_MODE, effectivePolicies } from "#mesh";
import { application, deployment, topologyOf } from "./deployment.ts";
import { asked, chain, charms, flow, set, topology, YAML } from "./scene.ts";
import { policyOf, setOf } from "./worlds.ts";

describe("through the Service", () => {
  test("an app policy lets in at the waypoint, Istio's own at the workload", () => {
    expect(chain({})).toEqual(["waypoint allow policy", "ztunnel allow"]);
    expect(asked({}, { hardened: true }).verdict).toBe("allowed");
  });

  test("without Istio's own policy, a unit policy of others keeps the waypoint out", () => {
    expect(chain({}, { autoAllowWaypoint: false })).toEqual(["waypoint allow policy", "ztunnel deny"]);
    const { steps, nearest } = asked({}, { autoAllowWaypoint: false });
    expect(steps[1]?.text).toMatch(/none lets the waypoint reach the pods of mini/);
    expect(nearest).toMatchObject({ at: "ztunnel", field: "source", found: "cos-beacon-waypoint in cos" });
  });

  test("without it and without any unit policy, the workload takes everything", () => {
    expect(chain({ to: "site" }, { autoAllowWaypoint: false })).toEqual(
      ["ztunnel skip"].flatMap((one) => ["waypoint skip", one]),
    );
  });

  test("hardened and without it, nothing gets through at all", () => {
    expect(asked({}, { autoAllowWaypoint: false, hardened: true }).verdict).toBe("denied");
  });

  test("a target without policies is open, unless hardened", () => {
    const to = "client";
    expect(chain({ from: "mini", to })).toEqual(["waypoint skip", "ztunnel allow"]);
    expect(chain({ from: "mini", to }, { hardened: true })).toEqual(["waypoint deny"]);
  });

  test("a Service of another name is another Service", () => {
    const other = { ...flow({}), target: { ...flow({}).target, service: "mini-extra" } };
    const mode = { ...DEFAULT_MESH_MODE, hardened: true };
    expect(authorize(other, set, topology, mode).verdict).toBe("denied");
    expect(authorize(other, set, topology, mode).nearest).toMatchObject({
      field: "target",
      wanted: "the Service mini",
    });
  });
});

describe("straight to a pod", () => {
  test("a unit policy lets in, past the waypoint", () => {
    expect(chain({ from: "scraper", via: "unit", port: 9113 })).toEqual(["waypoint skip", "ztunnel allow policy"]);
  });

  test("Istio's own policy for the waypoint denies everybody else, hardened or not", () => {
    for (const hardened of [true, false]) {
      expect(asked({ from: "mini", to: "client", via: "unit" }, { hardened }).verdict).toBe("denied");
    }
    expect(asked({ from: "mini", to: "client", via: "unit" }, { autoAllowWaypoint: false }).verdict).toBe("allowed");
    const hard = { autoAllowWaypoint: false, hardened: true };
    expect(asked({ from: "mini", to: "client", via: "unit" }, hard).verdict).toBe("denied");
  });

  test("all members of a cluster reach each other on every port", () => {
    for (const [from, to] of [
      ["mini", "worker"],
      ["worker", "mini"],
      ["worker", "worker"],
      ["mini", "mini"],
    ] as const) {
      expect(asked({ from, to, via: "unit", port: 12345 }, { hardened: true }).verdict).toBe("allowed");
    }
    expect(asked({ from: "client", to: "worker", via: "unit" }).verdict).toBe("denied");
  });
});

describe("on the mesh or not", () => {
  test("a source that is not has no identity", () => {
    const found = asked({ from: "stranger", port: 9113, via: "unit" });
    expect(found.verdict).toBe("denied");
    const saying = { ...flow({}), source: { ...flow({}).source, onMesh: false } };
    const denied = authorize(saying, set, topology, DEFAULT_MESH_MODE);
    expect(denied.verdict).toBe("denied");
    expect(denied.nearest).toMatchObject({
      field: "source",
      found: "client in cos, which is not on the mesh and so has no identity",
    });
  });

  test("nothing is enforced in front of a target that is not", () => {
    for (const via of ["service", "unit"] as const) {
      const found = asked({ to: "stranger", via }, { hardened: true });
      expect([found.verdict, new Set(found.steps.map((step) => step.verdict))]).toEqual(["allowed", new Set(["skip"])]);
    }
  });

  test("with model-on-mesh everything is", () => {
    expect(asked({ to: "stranger", via: "unit" }, { modelOnMesh: true }).verdict).toBe("denied");
    expect(asked({ to: "stranger" }, { modelOnMesh: true, hardened: true }).verdict).toBe("denied");
  });

  test("of an application that lives elsewhere it is not known, so the verdict is not either", () => {
    const far = topologyOf([application("x", "m", { onMesh: true }), application("far", "m", { kind: "saas" })]);
    const policies = setOf([
      policyOf({
        apiVersion: "security.istio.io/v1",
        kind: "AuthorizationPolicy",
        metadata: { name: "p", namespace: "m", labels: {} },
        spec: {
          targetRefs: [{ kind: "Service", group: "", name: "x" }],
          rules: [{ from: [{ source: { principals: ["cluster.local/ns/m/sa/far"] } }] }],
        },
      }),
    ]);
    const from = (name: string) => ({ application: name, model: "m", onMesh: null });
    const to = (name: string) => ({ application: name, model: "m", via: "service" as const, service: null });
    const request = { port: 1, method: null, path: null, host: null };
    const ask = (source: string, target: string) =>
      authorize({ source: from(source), target: to(target), ...request }, policies, far, {
        ...DEFAULT_MESH_MODE,
        hardened: true,
      });
    expect(ask("far", "x").verdict).toBe("unknown");
    expect(ask("x", "far")).toMatchObject({ verdict: "unknown", unknown: "whether far is on the mesh is not known" });
  });
});

test("without managed mode only what resource managers apply is there", () => {
  expect(asked({}, { managed: false }).steps[0]?.text).toMatch(/^1 ALLOW policy restricts it at the waypoint/);
  expect(asked({ from: "worker" }, { managed: false }).verdict).toBe("allowed");
});

describe("the nearest policy", () => {
  test.each([
    [{ port: 9999 }, "port", "3200", "9999"],
    [{ via: "unit" as const }, "target", "the Service mini", "a pod of mini"],
    [{ from: "beacon", port: 3200 }, "source", "client in cos", "beacon in cos"],
    [{ from: "scraper", port: 3200 }, "port", "3300", "3200"],
    [{ from: "scraper", port: 3300, method: "POST", path: "/proxy/worker/x/metrics" }, "method", "GET", "POST"],
    [
      { from: "scraper", port: 3300, path: "/proxy/worker/a/b" },
      "path",
      "/proxy/worker/{*}/metrics",
      "/proxy/worker/a/b",
    ],
    [{ from: "scraper", port: 3300, http: false }, "method", "GET", "no HTTP"],
  ])("%o fails in %s", (what, field, wanted, found) => {
    expect(asked(what)).toMatchObject({ verdict: "denied", nearest: { field, wanted, found } });
  });

  test("is reported only if the flow is not allowed, and only for policies about the target", () => {
    expect(asked({}).nearest).toBeNull();
    expect(asked({ from: "mini", to: "client" }, { hardened: true }).nearest).toBeNull();
  });
});

describe("what is not said, or could not be read", () => {
  test("a method that is not said makes the verdict unknown only where one is asked for", () => {
    expect(asked({ method: null, path: null }).verdict).toBe("allowed");
    const found = asked({ from: "scraper", port: 3300, method: null, path: "/proxy/worker/x/metrics" });
    expect(found).toMatchObject({ verdict: "unknown", nearest: { field: "method", found: "not given" } });
    expect(found.steps[0]).toMatchObject({ verdict: "unknown" });
  });

  test("policies that the target's charm makes in an unreadable way may decide", () => {
    const unread = { ...set, unread: [{ model: "cos", application: "mini", what: "policies" as const, because: [] }] };
    expect(asked({ from: "scraper", port: 1 }, {}, unread)).toMatchObject({
      verdict: "unknown",
      unknown: "mini makes policies that can't be read",
    });
    expect(asked({}, {}, unread).verdict).toBe("allowed");
  });

  test("the charmed Istio's ingress lets its gateway in, another ingress does not, and of an unknown one this is not known", () => {
    const led = (charm: string | null) => {
      const gate = charm === null ? "gate: { on-mesh: true }" : `gate: { charm: ${charm}, on-mesh: true }`;
      const yaml = YAML.replace("    relations:", `      ${gate}\n    relations:`);
      const where = deployment(`${yaml}      - [gate:ingress, mini:ingress]\n`, charms);
      const end = { model: "cos", application: "gate", endpoint: "ingress" };
      const relations = where.relations.map((one) =>
        one.provider.application === "gate" || one.requirer.application === "gate"
          ? { ...one, interface: "ingress", provider: end, requirer: { ...end, application: "mini" } }
          : one,
      );
      const ingressed = { ...where, relations };
      return asked({ from: "gate", via: "unit" }, {}, effectivePolicies(charms, ingressed), ingressed);
    };
    expect(led("istio-ingress-k8s").verdict).toBe("allowed");
    expect(led("traefik-k8s").verdict).toBe("denied");
    expect(led(null)).toMatchObject({ verdict: "unknown", unknown: expect.stringMatching(/gate is .*ingress/) });
  });

  test("that a charm was not read is said, and decides nothing", () => {
    const found = asked({ from: "mini", to: "client" });
    expect(found.verdict).toBe("allowed");
    expect(found.steps[0]?.text).toMatch(/the charm of client was not read/);
  });
});
