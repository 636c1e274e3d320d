import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { collapsedView, dotText, flowsOf, mermaidText } from "#picture";
import type { EdgeView, GraphView } from "#protocol";
import { edgeLines } from "../../engine/picture/src/mermaid/edge-lines.ts";
import { mermaidPicture } from "../../engine/picture/src/mermaid/mermaid-text.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

const NODES = [nodeView("tempo", { kind: "coordinator" }), nodeView("worker", { kind: "worker", units: 2 })];

/** What a worker sends through its coordinator's proxy: three kinds of telemetry on one port. */
function telemetry(what: string, more: Partial<EdgeView> = {}): EdgeView {
  const path = `/proxy/${what}/{unit}`;
  return edgeView("worker", "tempo", {
    id: `telemetry:${what}`,
    kind: "telemetry",
    telemetry: what,
    hop: "to-proxy",
    label: `${what} ${path} :3300`,
    ports: [3300],
    paths: [path],
    policies: [what],
    because: [{ text: what, place: null, citation: null }],
    ...more,
  });
}

const FLOWS = [
  telemetry("logs"),
  telemetry("charm-traces"),
  telemetry("workload-traces", { paths: ["/all"], label: "workload-traces /all :3300" }),
];

function merged(edges: readonly EdgeView[], expanded: readonly string[] = []): GraphView["edges"] {
  return collapsedView(viewOf(NODES, edges), { parallel: "merged", expanded: new Set(expanded) }).edges;
}

describe("parallel flows", () => {
  it("are one line with a short label, all they allow, and the flows behind it", () => {
    const [line, ...rest] = merged(FLOWS);
    expect(rest).toEqual([]);
    expect(line).toMatchObject({
      source: "app:cos/worker",
      target: "app:cos/tempo",
      label: "logs, traces :3300 ×3",
      telemetry: null,
      ports: [3300],
      paths: ["/all", "/proxy/charm-traces/{unit}", "/proxy/logs/{unit}"],
      policies: ["logs", "charm-traces", "workload-traces"],
    });
    expect(flowsOf(line as EdgeView)).toEqual(FLOWS);
    expect(edgeLines(line as EdgeView, "short")).toEqual(["logs, traces :3300 ×3"]);
  });

  it("show the scheme before the port if it is known and the same for all", () => {
    const https = FLOWS.map((flow) => ({ ...flow, scheme: "https" }));
    expect(merged(https)[0]?.label).toBe("logs, traces https :3300 ×3");
    expect(merged([https[0] as EdgeView, FLOWS[1] as EdgeView])[0]?.label).toBe("logs, traces :3300 ×2");
    expect(edgeLines(https[2] as EdgeView)).toEqual(["workload-traces /all https :3300"]);
    expect(edgeLines(https[0] as EdgeView, "short")).toEqual(["logs https :3300", "/proxy/logs/{unit}"]);
  });

  it("stay apart where they differ in what a person must see", () => {
    const apart = [
      telemetry("logs"),
      telemetry("logs", { id: "denied", verdict: "denied" }),
      telemetry("logs", { id: "unknown", verdict: "unknown" }),
      telemetry("logs", { id: "widened", change: "widened" }),
      telemetry("logs", { id: "bypass", kind: "telemetry-bypass", hop: "direct" }),
      telemetry("logs", { id: "back", source: "app:cos/tempo", target: "app:cos/worker" }),
    ];
    expect(merged(apart)).toEqual(apart);
  });

  it("of a cluster are one line in both directions, of anything else one for each", () => {
    const both = (kind: EdgeView["kind"]) => [
      edgeView("worker", "tempo", { kind, label: "cluster, to the pods", layer: "l4" }),
      edgeView("tempo", "worker", { kind, label: "cluster, to the pods", layer: "l4" }),
    ];
    expect(merged(both("internal"))).toMatchObject([{ twoWay: true, label: "cluster, to the pods ×2" }]);
    expect(mermaidText(collapsedView(viewOf(NODES, both("internal")), { parallel: "merged" }))).toContain(
      'n1 e0@<-->|"cluster, to the pods ×2"| n0',
    );
    expect(merged(both("unit"))).toEqual(both("unit"));
  });

  it("have an id that neither their order nor their number changes, and by which they are drawn one by one", () => {
    const [line] = merged(FLOWS);
    expect(merged([...FLOWS].reverse())[0]?.id).toBe(line?.id);
    expect(merged(FLOWS.slice(1))[0]?.id).toBe(line?.id);
    expect(merged(FLOWS, [line?.id ?? ""])).toEqual(FLOWS);
  });

  it("are merged in Mermaid's and Graphviz's text too, where each keeps its own line of the label", () => {
    const text = mermaidText(viewOf(NODES, FLOWS));
    expect(text.match(/-\.->/g)).toHaveLength(1);
    expect(text).toContain(
      "logs /proxy/logs/#123;unit#125; :3300<br/>charm-traces /proxy/charm-traces/#123;unit#125; :3300<br/>workload-traces /all :3300",
    );
    expect(dotText(viewOf(NODES, FLOWS)).match(/n1 -> n0 .*/g)).toEqual([
      'n1 -> n0 [label="logs /proxy/logs/{unit} :3300\\ncharm-traces /proxy/charm-traces/{unit} :3300\\nworkload-traces /all :3300", style=dashed, arrowhead=normal, penwidth=2];',
    ]);
    expect(mermaidText(viewOf(NODES, FLOWS), { parallel: "single" }).match(/-\.->/g)).toHaveLength(3);
  });

  it("are counted if they are too many to list", () => {
    const many = Array.from({ length: 30 }, (_, index) => telemetry(`kind${index}`));
    const [line] = merged(many);
    expect(line?.label).toBe("30 flows :3300");
    const listed = edgeLines(line as EdgeView);
    expect(listed).toHaveLength(8);
    expect(listed.at(-1)).toBe("and 23 more");
    const alike = merged([telemetry("logs"), telemetry("logs", { id: "again" })]);
    expect(alike[0]?.label).toBe("logs /proxy/logs/{unit} :3300 ×2");
  });

  it("keep their names when groups are closed around them and units opened below them", () => {
    const clients = Array.from({ length: 70 }, (_, index) => nodeView(`shop${index}`, { kind: "client" }));
    const flows = clients.flatMap(({ application }) =>
      [4317, 4318].map((port) =>
        edgeView(application, "tempo", { id: `${application}:${port}`, interface: "tracing", ports: [port] }),
      ),
    );
    const view = viewOf([...NODES, ...clients], flows);
    const drawn = collapsedView(view, { parallel: "merged" });
    expect(drawn.edges).toHaveLength(1);
    expect(new Set(drawn.edges.flatMap(flowsOf))).toEqual(new Set(flows));
    const units = collapsedView(viewOf(NODES, FLOWS), { parallel: "merged", expanded: new Set(["app:cos/worker"]) });
    expect(units.edges.map((edge) => [edge.source, flowsOf(edge)])).toEqual([
      ["unit:cos/worker/0", FLOWS],
      ["unit:cos/worker/1", FLOWS],
    ]);
  });

  it("lose nothing: each flow stands behind exactly one line, and a line between each two ends is there", () => {
    const edges = fc.array(
      fc.record({
        ends: fc.tuple(fc.nat(5), fc.nat(5)),
        kind: fc.constantFrom<EdgeView["kind"]>("internal", "service", "denied"),
        verdict: fc.constantFrom<EdgeView["verdict"]>("allowed", "denied"),
        ports: fc.option(fc.subarray([1, 2, 3])),
        label: fc.string(),
      }),
    );
    fc.assert(
      fc.property(edges, (made) => {
        const nodes = Array.from({ length: 6 }, (_, index) => nodeView(`n${index}`));
        const flows = made.map(({ ends: [from, to], ...more }, index) =>
          edgeView(`n${from}`, `n${to}`, { ...more, id: `e${index}` }),
        );
        const drawn = collapsedView(viewOf(nodes, flows), { parallel: "merged" });
        const behind = drawn.edges.flatMap(flowsOf).map((flow) => flow.id);
        expect(behind.sort()).toEqual(flows.map((flow) => flow.id).sort());
        expect(new Set(drawn.edges.map((edge) => edge.id)).size).toBe(drawn.edges.length);
        for (const line of drawn.edges)
          for (const flow of flowsOf(line)) {
            expect([flow.kind, flow.verdict]).toEqual([line.kind, line.verdict]);
            expect([flow.source, flow.target].sort()).toEqual([line.source, line.target].sort());
            if (line.ports !== null) for (const port of flow.ports ?? [Number.NaN]) expect(line.ports).toContain(port);
          }
        const { edges: ids } = mermaidPicture(drawn, { parallel: "single", selfLoops: false });
        const through = drawn.edges.filter((edge) => edge.source !== edge.target);
        expect([...ids.values()]).toEqual(through.map((edge) => edge.id));
      }),
    );
  });
});
