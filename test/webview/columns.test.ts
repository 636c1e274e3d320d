import { expect, test } from "vitest";
import { FLOW_COLUMNS, sortedRows, usedColumns } from "../../webview/src/table/columns.ts";
import { graphIndex, placeOf } from "../../webview/src/view/graph-index.ts";
import { edgeName, graphSummary, nodeName } from "../../webview/src/view/wording.ts";
import { everyKind, smallStack } from "./support/deployments.ts";
import { edge, graph, node, policy } from "./support/graph-parts.ts";

const column = (name: string) => {
  const found = FLOW_COLUMNS.find((one) => one.name === name);
  if (!found) throw new Error(name);
  return found;
};

test("rows are sorted by number where there are numbers, stably, what is empty last either way", () => {
  const view = everyKind();
  const index = graphIndex(view);
  const ports = (descending: boolean) =>
    sortedRows(view.edges, column("ports"), descending, index).map((one) => one.ports?.[0] ?? null);
  const up = ports(false).filter((port) => port !== null);
  expect(up).toEqual([...up].sort((a, b) => a - b));
  const down = ports(true).filter((port) => port !== null);
  expect(down).toEqual([...up].reverse());
  const relations = sortedRows(view.edges, column("relation"), true, index).map((one) => one.relation);
  expect(relations.slice(relations.indexOf(null)).every((relation) => relation === null)).toBe(true);
});

test("a column in which nothing stands is left out", () => {
  const view = smallStack();
  const names = usedColumns(FLOW_COLUMNS, view.edges, graphIndex(view)).map((one) => one.name);
  expect(names).not.toContain("change");
  expect(names).toContain("ports");
});

test("the source line of a flow is its own, else its policy's, else none", () => {
  const a = node("a", "application");
  const b = node("b", "application");
  const own = edge("service", a, b, "own");
  const byPolicy = edge("service", a, b, "policy's", { because: [], policies: ["p"] });
  const none = edge("service", a, b, "none", { because: [], policies: ["gone"] });
  const index = graphIndex(graph({ nodes: [a, b], edges: [own, byPolicy, none], policies: [policy("p", a, b)] }));
  expect(placeOf(own, index)?.line).toBe(41);
  expect(placeOf(byPolicy, index)?.line).toBe(88);
  expect(placeOf(none, index)).toBeNull();
});

test("names say what the picture says", () => {
  const view = everyKind();
  const index = graphIndex(view);
  const bypass = view.edges.find((one) => one.kind === "telemetry-bypass");
  expect(bypass && edgeName(bypass, index)).toBe(
    "tempo-querier to loki, telemetry around the proxy, denied, logs, around the coordinator's proxy, :3100 past the proxy",
  );
  const loki = view.nodes.find((one) => one.label === "loki");
  expect(loki && nodeName(loki, index)).toBe("loki, telemetry backend, model cos, 2 in, 0 out");
  expect(graphSummary(view)).toBe("10 applications · 15 flows · 5 policies · 2 denied");
});
