import { describe, expect, it } from "vitest";
import { mermaidText } from "#picture";
import type { BoxView, GraphView } from "#protocol";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

const BOXES: readonly BoxView[] = ["cos", "shops", "bank"].map((name) => ({
  id: `model:${name}`,
  kind: "model",
  label: name,
  parent: null,
}));

/** prometheus → tempo → loki in one model, and so many clients of tempo in another. */
function stackWithClients(clients: number, more: readonly GraphView["edges"][number][] = []): GraphView {
  const names = Array.from({ length: clients }, (_, at) => `shop-${at}`);
  return viewOf(
    [
      ...["prometheus", "tempo", "loki"].map((name) => nodeView(name)),
      ...names.map((name) => nodeView(name, { model: "shops", box: "model:shops" })),
    ],
    [
      edgeView("prometheus", "tempo", { kind: "unit" }),
      edgeView("tempo", "loki", { kind: "telemetry" }),
      ...names.map((name) => edgeView(name, "tempo", { kind: "cross-model" })),
      ...more,
    ],
    { boxes: [...BOXES] },
  );
}

/** How long the links are that leave a node, as they are written. */
function linksFrom(view: GraphView, application: string): readonly (string | undefined)[] {
  const node = `n${view.nodes.findIndex((one) => one.application === application)}`;
  const lines = mermaidText(view).split("\n");
  return lines.filter((line) => line.startsWith(`  ${node} `)).map((line) => /@(\S+) /.exec(line)?.[1]);
}

describe("models that only call another", () => {
  it("stand before it once they are many, behind as many ranks as lie before what they call", () => {
    const view = stackWithClients(7);
    expect(linksFrom(stackWithClients(6), "shop-0")).toEqual(["==>"]);
    expect(linksFrom(view, "shop-0")).toEqual(["===>"]);
    expect(linksFrom(view, "prometheus")).toEqual(linksFrom(stackWithClients(6), "prometheus"));
    expect(linksFrom(view, "tempo")).toEqual(linksFrom(stackWithClients(6), "tempo"));
  });

  it("stay where they are when they are called themselves, and circles have an end", () => {
    const back = edgeView("loki", "shop-0", { kind: "denied" });
    const circle = edgeView("loki", "prometheus", { kind: "telemetry" });
    const view = stackWithClients(9, [back, circle]);
    expect(linksFrom(view, "shop-1")).toEqual(linksFrom(stackWithClients(3), "shop-1"));
    expect(linksFrom(stackWithClients(9, [circle]), "shop-1")).toEqual(["====>"]);
  });
});
