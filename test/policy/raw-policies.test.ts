import { describe, expect, test } from "vitest";
import { effectivePolicies } from "#mesh";
import { deployment } from "./deployment.ts";
import { type Ask, CHARMS, charm, OWN_POLICIES, verdictIn } from "./flows.ts";

/*
 * Policies that charms build themselves. Shapes: lightkube 0.17, generic_resource.py; charmed-service-mesh-helpers 0.4.0, models.py;
 * canonical-service-mesh 0.1.0, models/istio/_policy.py. Verdicts: istio 86c9f01, pilot/pkg/security/authz.
 */

const MODELS = `from charmed_service_mesh_helpers.models import (
    Action, AuthorizationPolicySpec, Condition, From, Operation, PolicyTargetReference, Rule, Source, To, WorkloadSelector)
from lightkube.models.meta_v1 import ObjectMeta
from lightkube.generic_resource import create_namespaced_resource
from lightkube_extensions.types import AuthorizationPolicy
import os`;

function rawCharm(body: string) {
  const lines = body.split("\n").map((line) => `        ${line}`);
  return charm("raw", "", { body: lines.join("\n"), imports: MODELS });
}

function effectiveOf(body: string) {
  const models = [...CHARMS, rawCharm(body)];
  const set = effectivePolicies(models, deployment(OWN_POLICIES, models));
  return { policies: set.policies.filter((one) => one.origin === "resource-manager"), problems: set.problems };
}

const ask = (body: string, flow: Omit<Ask, "to">) =>
  verdictIn(OWN_POLICIES, { to: "raw", ...flow }, [...CHARMS, rawCharm(body)]);

const SPEC = {
  selector: { matchLabels: { "app.kubernetes.io/name": "raw" } },
  action: "ALLOW",
  rules: [
    {
      from: [{ source: { principals: ["cluster.local/ns/m/sa/buyer"] } }],
      to: [{ operation: { ports: ["8080"] } }],
    },
  ],
};

const OBJECTS = `self.policy = AuthorizationPolicy(
    metadata=ObjectMeta(name=f"{self.app.name}-own", namespace=self.model.name),
    spec=AuthorizationPolicySpec(
        selector=WorkloadSelector(matchLabels={"app.kubernetes.io/name": self.app.name}),
        action=Action.allow,
        rules=[Rule(
            from_=[From(source=Source(principals=[f"cluster.local/ns/{self.model.name}/sa/buyer"]))],
            to=[To(operation=Operation(ports=["8080"]))],
        )],
    ).model_dump(by_alias=True, exclude_unset=True, exclude_none=True),
)`;

const DUMPED = `dumped = AuthorizationPolicySpec(
    selector=WorkloadSelector(matchLabels={"app.kubernetes.io/name": self.app.name}),
    action=Action.allow,
    rules=[Rule(
        from_=[From(source=Source(principals=[f"cluster.local/ns/{self.model.name}/sa/buyer"]))],
        to=[To(operation=Operation(ports=["8080"]))],
    )],
).model_dump(by_alias=True, exclude_none=True)
self.policy = AuthorizationPolicy(
    metadata=ObjectMeta(name=f"{self.app.name}-own", namespace=self.model.name), spec=dumped)`;

const DICT = `{
    "apiVersion": "security.istio.io/v1",
    "kind": "AuthorizationPolicy",
    "metadata": {"name": f"{self.app.name}-own", "namespace": self.model.name},
    "spec": {
        "selector": {"matchLabels": {"app.kubernetes.io/name": self.app.name}},
        "action": "ALLOW",
        "rules": [{
            "from": [{"source": {"principals": [f"cluster.local/ns/{self.model.name}/sa/buyer"]}}],
            "to": [{"operation": {"ports": ["8080"]}}],
        }],
    },
}`;

describe("a policy that the charm builds itself is read", () => {
  test.each([
    ["objects of the models", OBJECTS],
    ["a model that is dumped before", DUMPED],
    ["a dict for from_dict", `self.policy = AuthorizationPolicy.from_dict(${DICT})`],
    ["a dict for a client", `self.client.apply(${DICT})`],
    ["a dict among raw policies", `self.manager.reconcile([], self.mesh_type, raw_policies=[${DICT}])`],
    [
      "a class that lightkube makes",
      `AuthPolicy = create_namespaced_resource("security.istio.io", "v1", "AuthorizationPolicy", "authorizationpolicies")
policy = ${DICT}
self.policy = AuthPolicy(metadata=policy["metadata"], spec=policy["spec"])`,
    ],
  ])("%s", (_, body) => {
    const { policies, problems } = effectiveOf(body);
    expect(problems).toEqual([]);
    expect(
      policies.map((one) => [one.id, one.resource?.metadata.namespace, one.resource?.spec, one.uncertain]),
    ).toEqual([["raw-own", "m", SPEC, null]]);
    const pod = { via: "unit", port: 8080 } as const;
    expect(ask(body, { from: "buyer", ...pod }).verdict).toBe("allowed");
    expect(ask(body, { from: "other", ...pod }).verdict).toBe("denied");
    expect(ask(body, { from: "buyer", via: "unit", port: 9 }).verdict).toBe("denied");
  });

  test("what it selects counts: pods of another label are not the application's", () => {
    const body = OBJECTS.replace(
      '"app.kubernetes.io/name": self.app.name',
      '"app.kubernetes.io/name": f"{self.model.name}-x"',
    );
    expect(ask(body, { from: "buyer", via: "unit", port: 8080 }).verdict).toBe("denied");
    expect(
      ask(body.replace("app.kubernetes.io/name", "control-plane"), { from: "buyer", via: "unit", port: 8080 }).verdict,
    ).toBe("unknown");
  });

  test("a condition on a header makes the verdict unknown, an ALLOW without rules denies", () => {
    const service = OBJECTS.replace(
      'selector=WorkloadSelector(matchLabels={"app.kubernetes.io/name": self.app.name})',
      'targetRefs=[PolicyTargetReference(group="", kind="Service", name=self.app.name)]',
    );
    expect(ask(service, { from: "buyer", port: 8080 }).verdict).toBe("allowed");
    expect(ask(service, { from: "other", port: 8080 }).verdict).toBe("denied");
    const header = service.replace(/from_=\[.*\],\n/, 'when=[Condition(key="request.headers[x]", notValues=["*"])],\n');
    expect(ask(header, { from: "other", port: 8080 }).verdict).toBe("unknown");
    const none = service.replace(/rules=\[Rule\([\s\S]*?\n {8}\)\]/, "rules=[]");
    expect(ask(none, { from: "buyer", port: 8080 }).verdict).toBe("denied");
  });
});

describe("a condition", () => {
  const only = (test: string) => `if ${test}:\n${OBJECTS.replace(/^/gm, "    ")}`;

  test.each(["self.unit.is_leader()", "self.mesh_enabled", "self.unit.is_leader() and self._mesh_type()"])(
    "that the topology answers does not count: %s",
    (test) => {
      expect(effectiveOf(only(test)).policies[0]?.condition).toBeUndefined();
      expect(ask(only(test), { from: "buyer", via: "unit", port: 8080 }).verdict).toBe("allowed");
    },
  );

  test.each([
    "self.no_mesh",
    "self.mesh_disabled",
    "self.mesh == other",
    'self.config["mesh"]',
    "self.unit.is_leader() and self.x",
  ])("that may fail leaves what it allows unknown: %s", (test) => {
    expect(effectiveOf(only(test)).policies[0]?.condition).toBeDefined();
    expect(ask(only(test), { from: "buyer", via: "unit", port: 8080 }).verdict).toBe("unknown");
  });
});

describe("what can't be read", () => {
  test("in a rule makes the verdict unknown, and is a problem", () => {
    const body = OBJECTS.replace('"8080"', 'os.environ["PORT"]');
    const { policies, problems } = effectiveOf(body);
    expect(policies[0]?.uncertain).not.toBeNull();
    expect(problems.map((one) => one.message)).toEqual([expect.stringMatching(/its rule 1 can't be read/)]);
    expect(ask(body, { from: "buyer", via: "unit", port: 8080 }).verdict).toBe("unknown");
  });

  test("in its target leaves no policy, and what nothing else allows is unknown", () => {
    const body = OBJECTS.replace("self.app.name})", 'os.environ["APP"]})');
    const { policies, problems } = effectiveOf(body);
    expect(policies).toEqual([]);
    expect(problems.map((one) => one.message)).toEqual([expect.stringMatching(/its selector can't be read/)]);
    expect(ask(body, { from: "buyer", via: "unit", port: 8080 }).verdict).toBe("unknown");
  });

  test("an unknown action may deny", () => {
    const body = OBJECTS.replace("Action.allow", 'os.environ["ACTION"]');
    expect(ask(body, { from: "buyer", port: 8080 }).verdict).toBe("unknown");
  });

  test("a number where Kubernetes wants a text is not taken for a port", () => {
    expect(effectiveOf(OBJECTS.replace('"8080"', "8080")).policies[0]?.uncertain).not.toBeNull();
  });
});
