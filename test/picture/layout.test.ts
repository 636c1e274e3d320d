import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { estimatedTextWidth, laidOutView } from "#picture";
import type { GraphView } from "#protocol";
import { layout } from "../../engine/picture/src/layout/layout.ts";
import type { PlacedPicture, RefusedPicture } from "../../engine/picture/src/layout/placed-picture.ts";
import { pictureScene } from "../../engine/picture/src/scene/picture-scene.ts";
import { coordinate } from "../../engine/picture/src/scene/shape.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";
import { deployment, everyKind, smallStack } from "../webview/support/deployments.ts";
import { anyView } from "./support/any-view.ts";
import { faults } from "./support/geometry.ts";
import { REAL_SHAPES } from "./support/real-shapes.ts";
import { sampleViews } from "./support/sample-views.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 60_000 });

const samples = [...(await sampleViews("samples/observability")), ...(await sampleViews("samples/faulty"))];

function placed(picture: PlacedPicture | RefusedPicture): PlacedPicture {
  if (picture.kind === "refused") throw new Error(picture.reason);
  return picture;
}

function endsOf(view: GraphView) {
  return new Map(view.edges.map((edge) => [edge.id, edge]));
}

describe("geometry", () => {
  const graphs: [string, GraphView][] = [
    ...samples.map(({ name, view }): [string, GraphView] => [name, view]),
    ...REAL_SHAPES.map(([name, view]): [string, GraphView] => [name, view]),
    ["a small stack", smallStack()],
    ["every kind", everyKind()],
    ["40 applications", deployment(40)],
    ["100 applications", deployment(100)],
  ];
  it.each(graphs)("%s: no line behind a node, no label over another, every end on its outline", (_, view) => {
    const { drawn, picture } = laidOutView(view, estimatedTextWidth);
    expect(faults(placed(picture), endsOf(drawn))).toEqual([]);
    expect(
      placed(picture)
        .nodes.map((node) => node.id)
        .sort(),
    ).toEqual(drawn.nodes.map((node) => node.id).sort());
    expect(
      placed(picture)
        .edges.map((edge) => edge.id)
        .sort(),
    ).toEqual(drawn.edges.map((edge) => edge.id).sort());
  });

  /** The height of labels in pixels where the whole picture fits a pane of 900 × 700 pixels. */
  const labelHeight = ({ width, height, edges }: PlacedPicture) =>
    Math.min(900 / width, 700 / height) *
    Math.min(...edges.flatMap(({ label }) => label?.lines.map(({ style }) => style.size) ?? []));

  const small = [...samples.map(({ name, view }) => [name, view] as const), ...REAL_SHAPES].filter(
    ([, view]) => view.nodes.length <= 20,
  );
  it.each(small)("%s: the whole fits 900 × 700 with labels of 9 pixels", (_, view) => {
    const { picture } = laidOutView(view, estimatedTextWidth);
    expect(labelHeight(placed(picture))).toBeGreaterThanOrEqual(9);
  });

  it("goes from top to bottom only where that is larger", () => {
    const directions = REAL_SHAPES.map(([, view]) => placed(laidOutView(view, estimatedTextWidth).picture).direction);
    expect(directions).toEqual(["down", "down", "right"]);
  });

  it("keeps a label inside the picture that is longer than the cluster around it is wide", () => {
    const view = viewOf(
      [
        nodeView("tempo", { kind: "coordinator", box: "cluster:cos/tempo" }),
        nodeView("worker", { kind: "worker", box: "cluster:cos/tempo" }),
      ],
      [edgeView("worker", "tempo", { kind: "internal", label: "x".repeat(90) })],
      {
        boxes: [
          { id: "model:cos", kind: "model", label: "cos", parent: null },
          { id: "cluster:cos/tempo", kind: "cluster", label: "tempo", parent: "model:cos" },
        ],
      },
    );
    expect(faults(placed(layout(view, estimatedTextWidth)), endsOf(view))).toEqual([]);
  });

  it("holds for any graph", () => {
    fc.assert(
      fc.property(anyView(14, 24), (view) => {
        const picture = placed(layout(view, estimatedTextWidth));
        expect(faults(picture, endsOf(view))).toEqual([]);
        expect(picture.nodes).toHaveLength(view.nodes.length);
        expect(picture.edges).toHaveLength(view.edges.length);
      }),
      { numRuns: 150 },
    );
  });
});

describe("layout", () => {
  it("gives the same picture for the same view", () => {
    fc.assert(
      fc.property(anyView(8, 12), (view) => {
        expect(layout(view, estimatedTextWidth)).toEqual(layout(structuredClone(view), estimatedTextWidth));
      }),
      { numRuns: 20 },
    );
  });

  it("puts callers left of a cluster, what it calls right of it, and its workers below the coordinator", () => {
    const view = viewOf(
      [
        nodeView("loki", { kind: "backend" }),
        nodeView("grafana", { kind: "client" }),
        nodeView("tempo", { kind: "coordinator", box: "cluster:cos/tempo" }),
        nodeView("worker", { kind: "worker", box: "cluster:cos/tempo" }),
      ],
      [
        edgeView("tempo", "loki", { hop: "from-proxy", kind: "telemetry" }),
        edgeView("grafana", "tempo"),
        edgeView("worker", "tempo", { hop: "to-proxy", kind: "telemetry", ports: [3300] }),
      ],
      {
        boxes: [
          { id: "model:cos", kind: "model", label: "cos", parent: null },
          { id: "cluster:cos/tempo", kind: "cluster", label: "tempo", parent: "model:cos" },
        ],
      },
    );
    const picture = placed(layout(view, estimatedTextWidth));
    const at = (id: string) => {
      const found = picture.nodes.find((node) => node.id === `app:cos/${id}`);
      if (!found) throw new Error(id);
      return found;
    };
    expect(at("grafana").x + at("grafana").width).toBeLessThan(at("tempo").x);
    expect(at("tempo").x + at("tempo").width).toBeLessThan(at("loki").x);
    expect(at("tempo").y + at("tempo").height).toBeLessThan(at("worker").y);
    const proxy = at("tempo").proxy;
    expect(proxy?.text.text).toBe("telemetry proxy :3300");
    // Worker telemetry ends at the proxy, and what goes on to Loki begins there.
    const [up, on] = ["worker", "tempo"].map(
      (source) => picture.edges.find((edge) => edge.id.startsWith(`telemetry:app:cos/${source}->`))?.points ?? [],
    );
    const bottom = (proxy?.y ?? 0) + (proxy?.height ?? 0);
    expect(up?.at(-1)?.[1]).toBeCloseTo(bottom, 0);
    expect(on?.[0]?.[0]).toBeCloseTo((proxy?.x ?? 0) + (proxy?.width ?? 0), 0);
    expect(on?.[0]?.[1]).toBeGreaterThan(proxy?.y ?? 0);
  });

  it("draws the pieces between the proxy and the coordinator's outline above the coordinator", () => {
    const cluster = { box: "cluster:cos/tempo" };
    const view = viewOf(
      [
        nodeView("loki", { kind: "backend" }),
        nodeView("tempo", { kind: "coordinator", ...cluster }),
        nodeView("worker", { kind: "worker", ...cluster }),
      ],
      [
        edgeView("tempo", "loki", { hop: "from-proxy", kind: "telemetry" }),
        edgeView("worker", "tempo", { hop: "to-proxy", kind: "telemetry", ports: [3300] }),
        edgeView("tempo", "worker", { kind: "internal", label: "cluster" }),
      ],
      {
        boxes: [
          { id: "model:cos", kind: "model", label: "cos", parent: null },
          { id: "cluster:cos/tempo", kind: "cluster", label: "tempo", parent: "model:cos" },
        ],
      },
    );
    const picture = placed(layout(view, estimatedTextWidth));
    const node = picture.nodes.find(({ id }) => id === "app:cos/tempo");
    if (!node?.proxy) throw new Error("no proxy");
    const start = node.proxy.x + node.proxy.width;
    expect(start).toBeLessThan(node.x + node.width);
    const shapes = JSON.stringify(pictureScene(picture, laidOutView(view, estimatedTextWidth).drawn).nodes);
    expect(shapes).toContain(`"d":"M${coordinate(start)} `);
    expect(shapes).toContain(` H${coordinate(node.x + node.width)}"`);
  });

  it("draws a beacon's subscriptions as badges and no lines, unless they are in the view", () => {
    const view = viewOf(
      [nodeView("loki"), nodeView("beacon", { kind: "beacon" })],
      [edgeView("loki", "beacon", { kind: "mesh", interface: "service_mesh" })],
    );
    const { picture } = laidOutView(view, estimatedTextWidth);
    expect(placed(picture).edges).toEqual([]);
    expect(placed(picture).nodes.map((node) => node.badge !== null)).toEqual([true, false]);
    expect(placed(layout(view, estimatedTextWidth)).edges).toHaveLength(1);
  });

  it("says of a placeholder what it stands for", () => {
    const view = viewOf([nodeView("tempo-api", { placeholder: true })], []);
    const [node] = placed(layout(view, estimatedTextWidth)).nodes;
    expect(node?.lines.map((line) => line.text)).toEqual(["any application over", "tempo-api"]);
  });

  it("refuses what is too large with a reason, and takes an empty graph", () => {
    const nodes = Array.from({ length: 251 }, (_, index) => nodeView(`n${index}`));
    expect(layout(viewOf(nodes, []), estimatedTextWidth)).toEqual({
      kind: "refused",
      reason: expect.stringContaining("251 applications"),
    });
    expect(placed(layout(viewOf([], []), estimatedTextWidth)).nodes).toEqual([]);
  });

  it("stands boxes that contain each other, double ids and edges to nowhere", () => {
    const view = viewOf(
      [nodeView("a", { box: "x" }), nodeView("b", { box: "y" }), nodeView("a", { box: "x" })],
      [edgeView("a", "nowhere"), edgeView("a", "b"), edgeView("a", "b")],
      {
        boxes: [
          { id: "x", kind: "model", label: "x", parent: "y" },
          { id: "y", kind: "cluster", label: "y", parent: "x" },
        ],
      },
    );
    const picture = placed(layout(view, estimatedTextWidth));
    expect([picture.nodes.length, picture.edges.length]).toEqual([2, 1]);
    expect(faults(picture, endsOf(view))).toEqual([]);
  });
});
