import { describe, expect, test } from "vitest";
import { asked, set } from "./scene.ts";
import { policyOf } from "./worlds.ts";

describe("other actions", () => {
  const resource = (action: "DENY" | "CUSTOM" | "AUDIT", spec: object) =>
    policyOf({
      apiVersion: "security.istio.io/v1",
      kind: "AuthorizationPolicy",
      metadata: { name: action, namespace: "cos", labels: {} },
      spec: { action, rules: [{}], ...spec },
    });
  const service = { targetRefs: [{ kind: "Service", group: "", name: "mini" }] };
  const pods = { selector: { matchLabels: { "app.kubernetes.io/name": "mini" } } };
  const waypoint = (name: string) => ({ targetRefs: [{ kind: "Gateway", group: "gateway.networking.k8s.io", name }] });
  const also = (...more: readonly ReturnType<typeof resource>[]) => ({ ...set, policies: [...set.policies, ...more] });

  test("DENY goes before ALLOW, at the waypoint and at the workload", () => {
    expect(asked({}, {}, also(resource("DENY", service))).steps.at(-1)).toMatchObject({
      at: "waypoint",
      policy: "DENY",
    });
    expect(asked({}, {}, also(resource("DENY", pods))).steps.at(-1)).toMatchObject({ at: "ztunnel", policy: "DENY" });
    expect(asked({}, {}, also(resource("DENY", waypoint("cos-beacon-waypoint")))).verdict).toBe("denied");
    expect(asked({}, {}, also(resource("DENY", waypoint("another")))).verdict).toBe("allowed");
  });

  test("what an external authorizer says is not known, unless it is denied anyway", () => {
    expect(asked({}, {}, also(resource("CUSTOM", service))).verdict).toBe("unknown");
    expect(asked({ port: 1 }, {}, also(resource("CUSTOM", service))).verdict).toBe("denied");
    expect(asked({}, {}, also(resource("CUSTOM", pods))).verdict).toBe("allowed");
  });

  test("AUDIT decides nothing", () => {
    expect(asked({}, {}, also(resource("AUDIT", service)))).toEqual(asked({}));
  });

  test("a policy that Istio refuses is not there", () => {
    const empty = resource("DENY", { ...service, rules: [{ to: [{ operation: { ports: [] } }] }] });
    expect(asked({}, {}, also(empty)).verdict).toBe("allowed");
  });

  test("a policy without selector applies to every pod of its model", () => {
    expect(asked({ from: "scraper", via: "unit", port: 9113 }, {}, also(resource("DENY", {}))).verdict).toBe("denied");
  });

  test("whether a selector by other labels fits is not known", () => {
    const other = resource("DENY", { selector: { matchLabels: { tier: "front" } } });
    expect(asked({ from: "scraper", via: "unit", port: 9113 }, {}, also(other))).toMatchObject({ verdict: "unknown" });
  });
});
