import { describe, expect, test } from "vitest";
import { effectivePolicies, policyScope, trafficGraph } from "#mesh";
import { policyRows, policyView } from "#picture";
import { deployment } from "./deployment.ts";
import { CHARMS, charm, OWN_POLICIES } from "./flows.ts";

/*
 * What an AuthorizationPolicy says beyond one sender and one target, in tables, sentences and the graph. The meaning of the fields:
 * https://istio.io/latest/docs/reference/config/security/authorization-policy/
 */

const IMPORTS = "from lightkube_extensions.types import AuthorizationPolicy";

function shown(spec: object) {
  const body = `self.policy = AuthorizationPolicy(metadata={"name": "own", "namespace": self.model.name}, spec=${JSON.stringify(spec)})`;
  const models = [...CHARMS, charm("raw", "", { body: `        ${body}`, imports: IMPORTS })];
  const topology = deployment(OWN_POLICIES, models);
  const effective = effectivePolicies(models, topology);
  const graph = trafficGraph(models, topology, effective, { mode: topology.mode });
  const policy = effective.policies.find(({ origin }) => origin === "resource-manager");
  if (!policy) throw new Error("the policy was not read");
  const row = policyRows({ policies: [policy], problems: [] })[0]?.slice(1, 4);
  const lines = graph.edges.filter(({ policies }) => policies.includes(policy));
  const ends = lines.map(({ source, target, ports, verdict }) => `${source} ${target} ${ports} ${verdict}`);
  return { policy, row, sentence: policyView(policy).summary, ends, notes: graph.notes };
}

const account = (name: string, model = "m") => `cluster.local/ns/${model}/sa/${name}`;
const from = (...principals: string[]) => ({ from: [{ source: { principals } }] });
const to = (...ports: string[]) => ({ to: [{ operation: { ports } }] });
const service = (name: string) => ({ kind: "Service", group: "", name });

describe("a policy with several senders", () => {
  const found = shown({
    targetRefs: [service("raw")],
    rules: [
      { ...from(account("buyer"), account("other")), ...to("8080") },
      { ...from(account("other")), ...to("9090") },
      { from: [{ source: { namespaces: ["ops"] } }], ...to("7070") },
    ],
  });

  test("names each of them in the table and in a sentence, and is not for all", () => {
    expect(found.row?.[0]).toBe("buyer@m, other@m, every application of ops");
    expect(found.sentence).toMatch(/^buyer, other, every application of ops may reach port 8080; or port 9090/);
    expect(policyScope(found.policy).isForAll).toBe(false);
  });

  test("draws a line for each that runs, with what its own rules let in, and notes the others", () => {
    expect(found.ends).toEqual(["app:m/buyer app:m/raw 8080 allowed", "app:m/other app:m/raw 8080,9090 allowed"]);
    expect(found.notes).toContain("A policy lets every application of ops talk to raw in m.");
    expect(found.notes.join()).not.toMatch(/every source/);
  });
});

test("a rule without operations is about everything, whatever others say", () => {
  const found = shown({
    targetRefs: [service("raw")],
    rules: [{ ...from(account("buyer")), ...to("8080") }, from(account("buyer"))],
  });
  expect(found.row?.[2]).toBe("everything");
  expect(found.ends).toEqual(["app:m/buyer app:m/raw null allowed"]);
});

test("every Service that it targets is named", () => {
  const found = shown({
    targetRefs: [service("raw"), service("side")],
    rules: [{ ...from(account("buyer")), ...to("8080") }],
  });
  expect(found.row?.[1]).toBe("Services raw, side@m");
  expect(found.sentence).toBe("buyer may reach port 8080 of the Services raw, side");
});

test("conditions and exceptions stand beside what it lets in", () => {
  const when = [{ key: "request.headers[x]", notValues: ["*"] }];
  const found = shown({ targetRefs: [service("raw")], rules: [{ when, to: [{ operation: { notPorts: ["9090"] } }] }] });
  expect(found.row).toEqual(["*@*", "Service raw@m", "every port if request.headers[x] is not * and port is not 9090"]);
  expect(found.notes).toContain(
    "A policy lets every source talk to raw in m if request.headers[x] is not * and port is not 9090.",
  );
});

test("a DENY lets nobody in", () => {
  const found = shown({
    targetRefs: [service("raw")],
    action: "DENY",
    rules: [{ to: [{ operation: { paths: ["/admin*"] } }] }],
  });
  expect(found.row?.[2]).toBe("DENY /admin* every port");
  expect(found.sentence).toBe("no source may reach /admin* on every port of raw's Service");
  expect(found.notes).toContain("A policy keeps every source from raw in m.");
  const one = shown({
    targetRefs: [service("raw")],
    action: "DENY",
    rules: [{ ...from(account("buyer")), ...to("8080") }],
  });
  expect(one.sentence).toBe("buyer may not reach port 8080 of raw's Service");
  expect(one.ends).toEqual(["app:m/buyer app:m/raw 8080 denied"]);
});

test("an ALLOW without rules lets nobody in", () => {
  const found = shown({ targetRefs: [service("raw")], action: "ALLOW" });
  expect([found.row?.[0], found.row?.[2]]).toEqual(["nobody", "nothing"]);
  expect(found.sentence).toBe("no source may reach raw's Service");
});

test("a gateway or waypoint is no Service", () => {
  const gateway = { kind: "Gateway", group: "gateway.networking.k8s.io", name: "m-beacon-waypoint" };
  expect(shown({ targetRefs: [gateway], rules: [{ ...from(account("buyer")) }] }).row?.[1]).toBe(
    "gateway or waypoint@m",
  );
});
