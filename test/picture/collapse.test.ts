import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { collapsedView } from "#picture";
import type { EdgeView, GraphView, NodeView } from "#protocol";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

/** A coordinator with clients that all do the same, one that does something else, and one that does nothing. */
function clients(count: number): GraphView {
  const names = Array.from({ length: count }, (_, index) => `shop${String(index).padStart(3, "0")}`);
  return viewOf(
    [
      nodeView("tempo", { kind: "coordinator" }),
      ...names.map((name) => nodeView(name, { kind: "client" })),
      nodeView("odd", { kind: "client" }),
    ],
    [
      ...names.map((name) =>
        edgeView(name, "tempo", {
          interface: "tracing",
          ports: [4317],
          label: "tracing",
          because: [{ text: name, place: null, citation: null }],
        }),
      ),
      edgeView("odd", "tempo", { kind: "denied", verdict: "denied" }),
    ],
  );
}

describe("collapsing", () => {
  it("leaves a picture alone that is small enough", () => {
    const view = clients(50);
    expect(collapsedView(view)).toBe(view);
    expect(collapsedView(view, { when: "never", limit: 1 })).toBe(view);
  });

  it("draws applications that do the same as one group with a count, and says so", () => {
    const view = collapsedView(clients(100));
    expect(view.nodes.map((node) => [node.label, node.kind, node.units])).toEqual([
      ["tempo", "coordinator", 1],
      ["100 clients", "group", 100],
      ["odd", "client", 1],
    ]);
    const [group] = view.nodes.filter((node) => node.kind === "group");
    expect(group?.id).toBe("group:model:cos/client:app:cos/shop000");
    expect(group?.members).toHaveLength(100);
    expect(view.edges.map((edge) => [edge.source, edge.target, edge.label, edge.ports])).toEqual([
      [group?.id, "app:cos/tempo", "tracing ×100", [4317]],
      ["app:cos/odd", "app:cos/tempo", "", null],
    ]);
    expect(view.edges[0]?.because.length).toBeLessThanOrEqual(50);
    expect(view.notes).toEqual([
      "102 applications are drawn as 3 nodes: similar ones stand in groups, which can be opened.",
    ]);
  });

  it("opens one group on demand and leaves the others as they are", () => {
    const two = clients(100);
    const more = viewOf(
      [...two.nodes, ...Array.from({ length: 40 }, (_, index) => nodeView(`db${index}`, { kind: "backend" }))],
      [...two.edges, ...Array.from({ length: 40 }, (_, index) => edgeView("tempo", `db${index}`, { interface: "s3" }))],
    );
    const closed = collapsedView(more);
    expect(closed.nodes.filter((node) => node.kind === "group").map((node) => node.label)).toEqual([
      "100 clients",
      "40 telemetry backends",
    ]);
    const open = collapsedView(more, { expanded: new Set(["group:model:cos/backend:app:cos/db0"]) });
    expect(open.nodes.filter((node) => node.kind === "group").map((node) => node.label)).toEqual(["100 clients"]);
    expect(open.nodes).toHaveLength(43);
  });

  it("keeps a group's name when it gains members", () => {
    const id = (count: number): string | undefined =>
      collapsedView(clients(count)).nodes.find((node) => node.kind === "group")?.id;
    expect(id(100)).toBe(id(101));
  });

  it("collapses even a small picture when it is asked to", () => {
    expect(collapsedView(clients(3), { when: "always" }).nodes.map((node) => node.label)).toEqual([
      "tempo",
      "3 clients",
      "odd",
    ]);
  });

  it("draws an opened application unit by unit, with its own paths", () => {
    const view = viewOf(
      [
        nodeView("tempo", { kind: "coordinator" }),
        nodeView("worker", { kind: "worker", units: 2 }),
        nodeView("prom", { kind: "backend" }),
      ],
      [
        edgeView("worker", "tempo", { kind: "telemetry", telemetry: "logs", paths: ["/proxy/loki/{unit}/push"] }),
        edgeView("tempo", "worker", {
          kind: "telemetry",
          telemetry: "metrics",
          paths: ["/proxy/worker/{unit}/metrics"],
          label: "{unit}",
        }),
        edgeView("worker", "worker", { kind: "internal" }),
        edgeView("prom", "tempo"),
      ],
    );
    const open = collapsedView(view, { expanded: new Set(["app:cos/worker", "app:cos/tempo"]) });
    expect(open.nodes.map((node) => [node.id, node.units])).toEqual([
      ["app:cos/tempo", 1],
      ["unit:cos/worker/0", 1],
      ["unit:cos/worker/1", 1],
      ["app:cos/prom", 1],
    ]);
    expect(open.edges.map((edge) => [edge.source, edge.target, edge.paths, edge.label])).toEqual([
      ["unit:cos/worker/0", "app:cos/tempo", ["/proxy/loki/{unit}/push"], ""],
      ["unit:cos/worker/1", "app:cos/tempo", ["/proxy/loki/{unit}/push"], ""],
      ["app:cos/tempo", "unit:cos/worker/0", ["/proxy/worker/worker-0/metrics"], "worker-0"],
      ["app:cos/tempo", "unit:cos/worker/1", ["/proxy/worker/worker-1/metrics"], "worker-1"],
      ["unit:cos/worker/0", "unit:cos/worker/1", null, ""],
      ["unit:cos/worker/1", "unit:cos/worker/0", null, ""],
      ["app:cos/prom", "app:cos/tempo", null, ""],
    ]);
    expect(new Set(open.edges.map((edge) => edge.id)).size).toBe(open.edges.length);
    const many = viewOf([nodeView("w", { units: 1000 })], []);
    const drawn = collapsedView(many, { expanded: new Set(["app:cos/w"]) }).nodes;
    expect(drawn).toHaveLength(50);
    expect(drawn.reduce((sum, node) => sum + node.units, 0)).toBe(1000);
    expect(drawn.at(-1)?.label).toBe("w/49 and 950 more");
  });

  const kinds = fc.constantFrom<NodeView["kind"]>(
    "coordinator",
    "worker",
    "application",
    "backend",
    "client",
    "ingress",
    "beacon",
  );
  const graphs = fc
    .record({
      nodes: fc.array(fc.record({ kind: kinds, model: fc.constantFrom("a", "b"), units: fc.nat(5) }), {
        maxLength: 120,
      }),
      edges: fc.array(
        fc.tuple(
          fc.nat(119),
          fc.nat(119),
          fc.constantFrom<EdgeView["kind"]>("service", "unit", "denied"),
          fc.option(fc.subarray([1, 2, 3])),
        ),
      ),
      limit: fc.integer({ min: 1, max: 80 }),
    })
    .map(({ nodes, edges, limit }) => {
      const made = nodes.map((one, index) => nodeView(`n${index}`, { ...one, box: `model:${one.model}` }));
      const links = edges
        .filter(([from, to]) => from < made.length && to < made.length)
        .map(([from, to, kind, ports], index) => edgeView(`n${from}`, `n${to}`, { kind, ports, id: `e${index}` }));
      const boxes = ["a", "b"].map((name) => ({
        id: `model:${name}`,
        kind: "model" as const,
        label: name,
        parent: null,
      }));
      return { view: viewOf(made, links, { boxes }), limit };
    });

  it("always gets down to the limit, loses no application, and leaves no edge in the air", () => {
    fc.assert(
      fc.property(graphs, ({ view, limit }) => {
        const small = collapsedView(view, { limit });
        expect(small.nodes.length).toBeLessThanOrEqual(Math.max(limit, 1));
        const members = small.nodes.flatMap((node) => (node.kind === "group" ? node.members : [node.id]));
        expect([...members].sort()).toEqual(view.nodes.map((node) => node.id).sort());
        const ids = new Set(small.nodes.map((node) => node.id));
        for (const edge of small.edges) expect(ids.has(edge.source) && ids.has(edge.target)).toBe(true);
        expect(new Set(small.edges.map((edge) => edge.id)).size).toBe(small.edges.length);
        const boxes = new Set(small.boxes.map((box) => box.id));
        for (const node of small.nodes) expect(boxes.has(node.box)).toBe(true);
        expect(small.nodes.reduce((sum, node) => sum + node.units, 0)).toBe(
          view.nodes.reduce((sum, node) => sum + node.units, 0),
        );
      }),
    );
  });

  it("is the same again, and opens completely", () => {
    fc.assert(
      fc.property(graphs, ({ view, limit }) => {
        const small = collapsedView(view, { limit });
        expect(collapsedView(view, { limit })).toEqual(small);
        const groups = new Set(small.nodes.filter((node) => node.kind === "group").map((node) => node.id));
        const open = collapsedView(view, { limit, expanded: groups });
        expect(open.nodes.map((node) => node.id).sort()).toEqual(view.nodes.map((node) => node.id).sort());
        expect(open.edges).toEqual(view.edges);
      }),
    );
  });
});
