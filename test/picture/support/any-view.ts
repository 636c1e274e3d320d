import fc from "fast-check";
import type { EdgeView, GraphView, NodeView } from "#protocol";
import { edgeView, nodeView, viewOf } from "../../support/view-fixture.ts";

/* Graphs of any shape: clusters with and without workers, several models, circles, edges from a node to itself, long and odd names. */

const name = fc.oneof(
  fc.constantFrom(
    "loki",
    "tempo-coordinator-k8s",
    "tracing-self-workload-tracing",
    "a",
    "x".repeat(90),
    "مخزن",
    "倉庫\u202e",
  ),
  fc.string({ maxLength: 30 }),
);

const node = fc.record({
  kind: fc.constantFrom<NodeView["kind"]>(
    "coordinator",
    "worker",
    "worker",
    "application",
    "backend",
    "client",
    "ingress",
    "beacon",
    "group",
  ),
  label: name,
  box: fc.nat(5),
  units: fc.nat(4),
  roles: fc.subarray(["read", "write", "backend"]),
  onMesh: fc.boolean(),
  placeholder: fc.boolean(),
});

const edge = fc.record({
  source: fc.nat(),
  target: fc.nat(),
  kind: fc.constantFrom<EdgeView["kind"]>("internal", "service", "unit", "telemetry", "denied", "suggested", "mesh"),
  verdict: fc.constantFrom<EdgeView["verdict"]>("allowed", "denied", "unknown"),
  hop: fc.constantFrom<EdgeView["hop"]>(null, "to-proxy", "from-proxy", "direct"),
  label: fc.oneof(fc.constantFrom("", "metrics /proxy/worker/{unit}/metrics :3300", "grafana-source :3200"), name),
  change: fc.constantFrom<EdgeView["change"]>(null, null, null, "changed"),
  twoWay: fc.boolean(),
});

/** Any view with at most so many nodes and edges. */
export function anyView(nodes: number, edges: number): fc.Arbitrary<GraphView> {
  return fc
    .tuple(fc.array(node, { minLength: 1, maxLength: nodes }), fc.array(edge, { maxLength: edges }))
    .map(([nodeList, edgeList]) => {
      const made = nodeList.map((one, index) =>
        nodeView(`n${index}`, { ...one, box: BOXES[one.box % BOXES.length]?.id ?? "" }),
      );
      const at = (index: number) => `n${index % made.length}`;
      return viewOf(
        made,
        edgeList.map(({ source, target, ...one }, index) =>
          edgeView(at(source), at(target), { ...one, relation: String(index) }),
        ),
        { boxes: BOXES },
      );
    });
}

const BOXES: GraphView["boxes"] = [
  { id: "model:one", kind: "model", label: "one", parent: null },
  { id: "cluster:one/a", kind: "cluster", label: "a", parent: "model:one" },
  { id: "cluster:one/b", kind: "cluster", label: "b", parent: "model:one" },
  { id: "model:two", kind: "model", label: "two", parent: null },
  { id: "cluster:two/c", kind: "cluster", label: "c", parent: "model:two" },
];
