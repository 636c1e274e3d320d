import { describe, expect, test } from "vitest";
import type { Flow } from "#mesh";
import type { AuthorizationPolicyRule, AuthorizationPolicySource } from "../../engine/mesh/src/policy/mesh-policy.ts";
import { type Identity, layerVerdict, sourceMatch } from "../../engine/mesh/src/policy/verdict/layer-verdict.ts";
import {
  policiesFor,
  type TargetingPolicy,
  targetPolicies,
} from "../../engine/mesh/src/policy/verdict/target-policies.ts";
import { policyOf } from "./worlds.ts";

/* One enforcement point, asked about one flow: what Istio's documents say of ALLOW, DENY and CUSTOM, and of a rule's sender. */

const SENDER: Identity = { principal: "cluster.local/ns/m/sa/a", namespace: "m", onMesh: "yes" };
const OTHER = "cluster.local/ns/m/sa/b";
const FLOW: Flow = {
  source: { application: "a", model: "m", onMesh: null },
  target: { application: "t", model: "m", via: "service", service: null },
  port: 80,
  method: "GET",
  path: "/x",
  host: null,
};

const from = (...sources: AuthorizationPolicySource[]) => sources.map((source) => ({ source }));
const to = (...ports: number[]) => ports.map((port) => ({ operation: { ports: [String(port)] } }));
const MATCHING: AuthorizationPolicyRule = { to: to(80) };
const ANOTHER_PORT: AuthorizationPolicyRule = { to: to(81) };
const ANOTHER_SENDER: AuthorizationPolicyRule = { from: from({ principals: [OTHER] }), to: to(80) };
/** Matches where a header that is no part of a flow has a value. */
const DOUBTFUL: AuthorizationPolicyRule = { to: to(80), when: [{ key: "source.ip", values: ["10.0.0.0/8"] }] };

interface Given {
  readonly targets?: TargetingPolicy["targets"];
  readonly conditional?: boolean;
}

let count = 0;
function policy(
  action: string | undefined,
  rules: readonly AuthorizationPolicyRule[] | undefined,
  { targets = "yes", conditional = false }: Given = {},
): TargetingPolicy {
  const made = policyOf({
    apiVersion: "security.istio.io/v1",
    kind: "AuthorizationPolicy",
    metadata: { name: `p${count++}`, namespace: "m", labels: {} },
    spec: { ...(action === undefined ? {} : { action }), ...(rules ? { rules } : {}) },
  } as unknown as Parameters<typeof policyOf>[0]);
  const effective = conditional ? { ...made, condition: [{ kind: "run" as const, name: "f" }] } : made;
  if (effective.resource === null) throw new Error("no resource");
  return { effective, resource: effective.resource, targets };
}

function verdict(
  policies: readonly TargetingPolicy[],
  { sight = "http" as const, restricted = false, identity = SENDER } = {} as {
    sight?: "http" | "tcp" | "ztunnel";
    restricted?: boolean;
    identity?: Identity;
  },
) {
  const { verdict, by, policy, allows } = layerVerdict(targetPolicies(policies), FLOW, identity, sight, restricted);
  return { verdict, by, policy: policy && policies.indexOf(policy), allows };
}

describe("ALLOW", () => {
  test("without a policy all is let through, unless a policy for the whole mesh restricts it", () => {
    expect(verdict([])).toEqual({ verdict: "yes", by: "nothing", policy: null, allows: 0 });
    expect(verdict([], { restricted: true })).toEqual({
      verdict: "no",
      by: "implicit-deny",
      policy: null,
      allows: 0,
    });
  });

  test("one that matches lets through; no action means ALLOW", () => {
    for (const action of ["ALLOW", undefined])
      expect(verdict([policy(action, [ANOTHER_PORT]), policy(action, [MATCHING])], { restricted: true })).toEqual({
        verdict: "yes",
        by: "allow",
        policy: 1,
        allows: 2,
      });
  });

  test("where none matches, one that is there denies, whatever it is for", () => {
    for (const rules of [[ANOTHER_PORT], [ANOTHER_SENDER], [], undefined])
      expect(verdict([policy("ALLOW", rules)])).toEqual({
        verdict: "no",
        by: "implicit-deny",
        policy: null,
        allows: 1,
      });
  });

  test("one that may not be there decides only where it makes a difference", () => {
    for (const given of [{ targets: "maybe" }, { conditional: true }] as const) {
      // With it the flow matches, without it nothing restricts.
      expect(verdict([policy("ALLOW", [MATCHING], given)])).toMatchObject({ verdict: "yes", by: "nothing" });
      expect(verdict([policy("ALLOW", [MATCHING], given)], { restricted: true })).toMatchObject({
        verdict: "maybe",
        by: "allow",
        policy: 0,
      });
      for (const rule of [ANOTHER_PORT, ANOTHER_SENDER])
        expect(verdict([policy("ALLOW", [rule], given)])).toEqual({
          verdict: "maybe",
          by: "implicit-deny",
          policy: 0,
          allows: 1,
        });
      expect(verdict([policy("ALLOW", [ANOTHER_PORT]), policy("ALLOW", [MATCHING], given)])).toMatchObject({
        verdict: "maybe",
        by: "allow",
        policy: 1,
      });
    }
    expect(verdict([policy("ALLOW", [MATCHING], { targets: "no" })], { restricted: true }).verdict).not.toBe("yes");
  });

  test("two that may not be there: each can turn out either way", () => {
    const maybe = { targets: "maybe" } as const;
    expect(verdict([policy("ALLOW", [MATCHING], maybe), policy("ALLOW", [ANOTHER_SENDER], maybe)])).toEqual({
      verdict: "maybe",
      by: "allow",
      policy: 0,
      allows: 2,
    });
    // The policy that the answer names is an ALLOW, though a DENY for another sender stands before it.
    expect(verdict([policy("DENY", [ANOTHER_SENDER]), policy("ALLOW", [ANOTHER_SENDER], maybe)])).toMatchObject({
      verdict: "maybe",
      policy: 1,
    });
  });

  test("a rule that may match", () => {
    expect(verdict([policy("ALLOW", [DOUBTFUL])])).toEqual({ verdict: "maybe", by: "allow", policy: 0, allows: 1 });
    expect(verdict([policy("ALLOW", [DOUBTFUL], { conditional: true })])).toMatchObject({
      verdict: "maybe",
      by: "allow",
    });
    expect(verdict([policy("ALLOW", [DOUBTFUL, ANOTHER_PORT])]).verdict).toBe("maybe");
    expect(verdict([policy("ALLOW", [DOUBTFUL, MATCHING])]).verdict).toBe("yes");
    expect(verdict([policy("ALLOW", [{ to: to(80), when: [] }])]).verdict).toBe("yes");
  });

  test("a rule matches where one of its operations does", () => {
    expect(verdict([policy("ALLOW", [{ to: to(81, 80) }])]).verdict).toBe("yes");
    expect(verdict([policy("ALLOW", [{ to: to(80, 81) }])]).verdict).toBe("yes");
    expect(verdict([policy("ALLOW", [{ to: to(81, 82) }])]).verdict).toBe("no");
  });
});

describe("DENY", () => {
  test("one that matches goes before every ALLOW", () => {
    expect(verdict([policy("ALLOW", [MATCHING]), policy("DENY", [MATCHING])])).toEqual({
      verdict: "no",
      by: "deny",
      policy: 1,
      allows: 1,
    });
  });

  test("one that does not match is nothing", () => {
    for (const rule of [ANOTHER_PORT, ANOTHER_SENDER])
      expect(verdict([policy("DENY", [rule])])).toEqual({ verdict: "yes", by: "nothing", policy: null, allows: 0 });
  });

  test("the first that may match, or may not be there, is doubt where the rest allows", () => {
    const doubts = [policy("DENY", [MATCHING], { conditional: true }), policy("DENY", [DOUBTFUL])];
    expect(verdict(doubts)).toEqual({ verdict: "maybe", by: "deny", policy: 0, allows: 0 });
    expect(verdict([...doubts, policy("ALLOW", [MATCHING])])).toMatchObject({
      verdict: "maybe",
      by: "deny",
      allows: 1,
    });
    expect(verdict([...doubts, policy("ALLOW", [ANOTHER_PORT])])).toMatchObject({
      verdict: "no",
      by: "implicit-deny",
    });
    expect(verdict([...doubts, policy("DENY", [MATCHING])])).toMatchObject({ verdict: "no", by: "deny", policy: 2 });
  });
});

describe("CUSTOM", () => {
  test("what an external authorizer says is doubt, where HTTP or TCP is seen", () => {
    for (const sight of ["http", "tcp"] as const)
      expect(verdict([policy("CUSTOM", [MATCHING]), policy("CUSTOM", [DOUBTFUL])], { sight })).toEqual({
        verdict: "maybe",
        by: "custom",
        policy: 0,
        allows: 0,
      });
    expect(verdict([policy("CUSTOM", [ANOTHER_PORT])]).by).toBe("nothing");
    expect(verdict([policy("CUSTOM", [MATCHING])], { sight: "ztunnel" }).by).toBe("nothing");
    expect(verdict([policy("CUSTOM", [MATCHING])], { restricted: true }).by).toBe("implicit-deny");
  });

  test("a doubtful DENY is named before it", () => {
    expect(verdict([policy("CUSTOM", [MATCHING]), policy("DENY", [DOUBTFUL])])).toMatchObject({
      by: "deny",
      policy: 1,
    });
  });

  test("another action decides nothing", () => {
    expect(verdict([policy("AUDIT", [MATCHING])]).by).toBe("nothing");
  });
});

describe("HTTP where only the connection is seen", () => {
  const http: AuthorizationPolicyRule = { to: [{ operation: { ports: ["80"], methods: ["GET"] } }] };

  test("leaves the rule of an ALLOW out and the method of a DENY", () => {
    for (const sight of ["tcp", "ztunnel"] as const) {
      expect(verdict([policy("ALLOW", [http])], { sight }).verdict).toBe("no");
      expect(verdict([policy("DENY", [http])], { sight }).verdict).toBe("no");
      expect(verdict([policy("DENY", [http])], { sight }).by).toBe("deny");
    }
    expect(verdict([policy("ALLOW", [http])]).verdict).toBe("yes");
  });
});

describe("the sender of a rule", () => {
  const match = (
    source: AuthorizationPolicySource,
    identity: Partial<Identity> = {},
    sight: "http" | "ztunnel" = "http",
  ) => sourceMatch({ from: from(source) }, "m", { ...SENDER, ...identity }, sight);

  test.each<[AuthorizationPolicySource, string]>([
    [{}, "yes"],
    [{ principals: [SENDER.principal] }, "yes"],
    [{ principals: [OTHER, "cluster.local/ns/m/*"] }, "yes"],
    [{ principals: [OTHER] }, "no"],
    [{ principals: [] }, "yes"],
    [{ notPrincipals: [SENDER.principal] }, "no"],
    [{ notPrincipals: [OTHER] }, "yes"],
    [{ namespaces: ["m"] }, "yes"],
    [{ namespaces: ["n"] }, "no"],
    [{ notNamespaces: ["m"] }, "no"],
    [{ notNamespaces: ["n"] }, "yes"],
    [{ principals: [SENDER.principal], namespaces: ["n"] }, "no"],
    // A service account without a namespace is one of the policy's own.
    [{ serviceAccounts: ["a"] }, "yes"],
    [{ serviceAccounts: ["m/a"] }, "yes"],
    [{ serviceAccounts: ["n/a"] }, "no"],
    [{ serviceAccounts: ["b"] }, "no"],
    [{ notServiceAccounts: ["a"] }, "no"],
    [{ notServiceAccounts: ["m/b"] }, "yes"],
    // Which address a pod has is not known.
    [{ ipBlocks: ["10.0.0.0/8"] }, "maybe"],
    [{ ipBlocks: ["10.0.0.0/8", "0.0.0.0/0"] }, "yes"],
    [{ ipBlocks: ["::/0"] }, "yes"],
    [{ ipBlocks: ["10.0.0.0/0.0.0.0/0"] }, "maybe"],
    [{ ipBlocks: ["0.0.0.0/01"] }, "maybe"],
    [{ ipBlocks: [] }, "yes"],
    [{ notIpBlocks: ["10.0.0.0/8"] }, "maybe"],
    [{ notIpBlocks: ["0.0.0.0/0"] }, "no"],
    [{ notIpBlocks: [] }, "yes"],
    [{ trustDomains: ["x"] }, "maybe"],
    [{ notTrustDomains: ["x"] }, "maybe"],
    [{ trustDomains: [] }, "yes"],
    [{ trustDomains: ["x"], principals: [OTHER] }, "no"],
  ] as [AuthorizationPolicySource, string][])("%j is %s", (source, expected) => {
    expect(match(source)).toBe(expected);
  });

  test.each(["requestPrincipals", "notRequestPrincipals", "remoteIpBlocks", "notRemoteIpBlocks"] as const)(
    "%s is no part of a flow, and nothing where HTTP is not seen",
    (field) => {
      expect(match({ [field]: ["x"] })).toBe("maybe");
      expect(match({ [field]: ["x"] }, {}, "ztunnel")).toBe("yes");
    },
  );

  test("one without an identity is named by no list, and by every list of others", () => {
    const off = { onMesh: "no" } as const;
    for (const source of [{ principals: ["*"] }, { namespaces: ["m"] }, { serviceAccounts: ["a"] }])
      expect(match(source, off)).toBe("no");
    for (const source of [{ notPrincipals: ["*"] }, { notNamespaces: ["m"] }, { notServiceAccounts: ["a"] }])
      expect(match(source, off)).toBe("yes");
    expect(match({ principals: ["*"] }, { onMesh: "maybe" })).toBe("maybe");
    expect(match({ notNamespaces: ["m"] }, { onMesh: "maybe" })).toBe("maybe");
  });

  test("a rule names a sender with any of its sources; without a source everybody", () => {
    const rule = (...sources: AuthorizationPolicySource[]) =>
      sourceMatch({ from: from(...sources) }, "m", SENDER, "http");
    expect(rule({ principals: [OTHER] }, { namespaces: ["m"] })).toBe("yes");
    expect(rule({ namespaces: ["m"] }, { principals: [OTHER] })).toBe("yes");
    expect(rule({ principals: [OTHER] }, { ipBlocks: ["10.0.0.0/8"] })).toBe("maybe");
    expect(sourceMatch({ from: [] }, "m", SENDER, "http")).toBe("yes");
    expect(sourceMatch({}, "m", SENDER, "http")).toBe("yes");
  });
});

describe("the policies of a target, by sender", () => {
  const named = (...principals: string[]) => policy("ALLOW", [{ from: from({ principals }) }]);
  const indexes = (policies: readonly TargetingPolicy[], principal: string) =>
    policiesFor(targetPolicies(policies), principal).map((one) => policies.indexOf(one));

  test("only those that may match the sender are looked at", () => {
    const policies = [named("x"), named("y"), named("x", "y"), named("x")];
    expect(indexes(policies, "x")).toEqual([0, 2, 3]);
    expect(indexes(policies, "y")).toEqual([1, 2]);
    expect(indexes(policies, "z")).toEqual([]);
  });

  test.each<[string, readonly AuthorizationPolicyRule[]]>([
    ["a pattern", [{ from: from({ principals: ["x*"] }) }]],
    ["a rule without a sender", [{ from: from({ principals: ["y"] }) }, {}]],
    ["a rule with an empty list of senders", [{ from: [] }]],
    ["a source without principals", [{ from: from({ principals: ["y"] }, { namespaces: ["m"] }) }]],
    ["a source with an empty list of principals", [{ from: from({ principals: [] }) }]],
  ])("%s may match any", (_, rules) => {
    const policies = [named("x"), policy("ALLOW", rules)];
    expect(indexes(policies, "x")).toEqual([0, 1]);
    expect(indexes(policies, "z")).toEqual([1]);
  });

  test("one without rules matches nobody", () => {
    expect(indexes([policy("ALLOW", []), policy("ALLOW", undefined)], "x")).toEqual([]);
  });

  test("counts the ALLOW policies, and knows one that is surely there", () => {
    const of = (...policies: TargetingPolicy[]) => {
      const { allows, sureAllow } = targetPolicies(policies);
      return [allows, sureAllow];
    };
    expect(of(policy("DENY", [MATCHING]))).toEqual([0, false]);
    expect(of(policy("ALLOW", [MATCHING]), policy(undefined, [MATCHING]), policy("DENY", [MATCHING]))).toEqual([
      2,
      true,
    ]);
    expect(of(policy("ALLOW", [MATCHING], { conditional: true }))).toEqual([1, false]);
    expect(of(policy("ALLOW", [MATCHING], { targets: "maybe" }))).toEqual([1, false]);
  });
});
