import { expect, test } from "vitest";
import { foundIn, parseFilter, viewWithout } from "#picture";
import { alsoHidden, findExpression } from "../../webview/src/view/find-expression.ts";
import { graphIndex } from "../../webview/src/view/graph-index.ts";
import { neighbourhood } from "../../webview/src/view/neighbourhood.ts";
import { reachable } from "../../webview/src/view/reachable.ts";
import { pathIds, selectedPaths, telemetryPaths } from "../../webview/src/view/telemetry-path.ts";
import { telemetryPolicies } from "../../webview/src/view/wording.ts";
import { everyKind, hostile } from "./support/deployments.ts";
import { edge, graph, node } from "./support/graph-parts.ts";

const coordinator = node("tempo", "coordinator");
const [read, write] = [node("read", "worker"), node("write", "worker")];
const [loki, other] = [node("loki", "backend"), node("other-loki", "backend")];
const prometheus = node("prometheus", "backend");
const logs = { telemetry: "logs", relation: "logging", interface: "loki_push_api" } as const;
const metrics = { telemetry: "metrics", relation: "metrics-endpoint", interface: "prometheus_scrape" } as const;
const telemetry = graph({
  nodes: [coordinator, read, write, loki, other, prometheus],
  edges: [
    edge("telemetry", read, coordinator, "logs", { ...logs, hop: "to-proxy" }),
    edge("telemetry", write, coordinator, "logs", { ...logs, hop: "to-proxy" }),
    edge("telemetry", coordinator, loki, "logs", { ...logs, hop: "from-proxy" }),
    edge("telemetry", coordinator, other, "logs", { ...logs, hop: "from-proxy" }),
    edge("telemetry", prometheus, coordinator, "metrics", { ...metrics, hop: "to-proxy" }),
    edge("telemetry", coordinator, read, "metrics", { ...metrics, hop: "from-proxy" }),
    edge("telemetry", write, loki, "direct", { ...logs, hop: "direct" }),
    edge("service", loki, coordinator, "query"),
  ],
});
const short = (ids: ReadonlySet<string>) => [...ids].map((id) => id.replaceAll("app:cos/", "")).sort();

test("telemetry is one path for each signal, from the callers of the proxy to what the proxy calls", () => {
  const paths = telemetryPaths(telemetry);
  expect(paths.map(({ signal, toProxy, fromProxy }) => [signal, toProxy.length, fromProxy.length])).toEqual([
    ["logs", 2, 2],
    ["metrics", 1, 1],
  ]);
});

test("a selected hop, worker or backend lights its branch of the path, the proxy all of it, anything else nothing", () => {
  const lit = (...ids: string[]) =>
    short(pathIds(selectedPaths(telemetry, new Set(ids)))).filter((id) => !id.includes(":"));
  expect(lit(write.id)).toEqual(["loki", "other-loki", "tempo", "write"]);
  expect(lit(loki.id)).toEqual(["loki", "read", "tempo", "write"]);
  expect(lit(telemetry.edges[0]?.id ?? "")).toEqual(["loki", "other-loki", "read", "tempo"]);
  expect(lit(read.id)).toEqual(["loki", "other-loki", "prometheus", "read", "tempo"]);
  expect(lit(coordinator.id)).toEqual(["loki", "other-loki", "prometheus", "read", "tempo", "write"]);
  expect(lit(telemetry.edges[7]?.id ?? "")).toEqual([]);
  expect(lit("app:cos/nobody")).toEqual([]);
});

test("reachable applications: each target and each caller once, with one verdict", () => {
  const view = graph({
    nodes: [coordinator, read, loki, prometheus],
    edges: [
      edge("service", read, loki, "a"),
      edge("denied", read, loki, "b"),
      edge("denied", read, prometheus, "c"),
      edge("service", read, coordinator, "d"),
      edge("internal", read, read, "itself"),
      edge("mesh", read, coordinator, "no traffic"),
    ],
  });
  const of = (id: string, direction: "targets" | "callers") =>
    reachable(view, id, direction).map((one) => [one.node.slice(8), one.verdict, one.flows.length]);
  expect(of(read.id, "targets")).toEqual([
    ["tempo", "allowed", 1],
    ["loki", "mixed", 2],
    ["prometheus", "denied", 1],
  ]);
  expect(of(loki.id, "callers")).toEqual([["read", "mixed", 2]]);
  expect(of(loki.id, "targets")).toEqual([]);
  expect(of("app:cos/nobody", "targets")).toEqual([]);
});

test("only the neighbours: an application with its flows, a flow with its ends, a box with its members", () => {
  const view = everyKind();
  const [first] = view.edges;
  for (const { id } of view.nodes) {
    const near = neighbourhood(view, { kind: "node", id });
    expect(near.nodes.some((one) => one.id === id)).toBe(true);
    expect(near.edges).toEqual(view.edges.filter((one) => one.source === id || one.target === id));
    const ids = new Set(near.nodes.map((one) => one.id));
    for (const one of near.edges) expect(ids.has(one.source) && ids.has(one.target)).toBe(true);
  }
  const ends = neighbourhood(view, { kind: "edge", id: first?.id ?? "" }).nodes.map(({ id }) => id);
  expect(new Set(ends)).toEqual(new Set([first?.source, first?.target]));
  for (const box of view.boxes) {
    const inside = neighbourhood(view, { kind: "box", id: box.id });
    expect(inside.boxes.map(({ id }) => id)).toContain(box.id);
    expect(inside.nodes.length).toBeGreaterThan(0);
  }
  expect(neighbourhood(view, { kind: "node", id: "gone" })).toBe(view);
  expect(neighbourhood(view, null)).toBe(view);
});

test.each([
  ["every kind", everyKind()],
  ["hostile names", hostile()],
])("a copied find expression finds its element, and hides it (%s)", (_name, view) => {
  const index = graphIndex(view);
  for (const { id } of view.nodes) {
    const text = findExpression({ kind: "node", id }, index) ?? "";
    const parsed = parseFilter(text);
    expect(parsed.ok, text).toBe(true);
    // A name with both kinds of quotation marks has no expression of its own, and finds nothing else either.
    const found = parsed.ok ? [...foundIn(view, parsed.filter).nodes] : [];
    if (!/['"]/.test(index.nodes.get(id)?.application ?? "")) expect(found, text).toEqual([id]);
    const hidden = parseFilter(alsoHidden(alsoHidden("port = 1", "denied"), text));
    expect(hidden.ok).toBe(true);
    if (hidden.ok && found.length > 0) {
      const left = viewWithout(view, hidden.filter);
      expect(left.nodes.some((one) => one.id === id)).toBe(false);
    }
  }
});

test("how many policies telemetry needs is one sentence", () => {
  const counts = (withRouting: number, withoutRouting: number) => ({
    withRouting,
    withoutRouting,
    workers: 1,
    backends: 5,
  });
  expect(telemetryPolicies(counts(5, 25))).toBe("Proxying telemetry needs 5 policies instead of 25.");
  expect(telemetryPolicies(counts(5, 5))).toBe("Telemetry needs 5 policies, with the proxy or without it.");
  expect(telemetryPolicies(counts(6, 1))).toBe("Proxying telemetry needs 6 policies; without the proxy it needs 1.");
  expect(telemetryPolicies(null)).toBeNull();
});
