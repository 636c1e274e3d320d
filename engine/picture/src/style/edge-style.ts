import type { EdgeView } from "#protocol";

export type EdgeKind = EdgeView["kind"];

/** How one kind of edge is drawn. Kinds differ in line, arrow head and words, never in colour alone. */
export interface EdgeStyle {
  readonly kind: EdgeKind;
  /** The name in the legend. */
  readonly title: string;
  /** One sentence for the legend and for screen readers. */
  readonly about: string;
  /** Mermaid's link. */
  readonly link: "-->" | "==>" | "-.->" | "--x" | "-.-x" | "-.-" | "--o";
  readonly width: number;
  /** SVG's stroke-dasharray; null: unbroken. */
  readonly dash: string | null;
  /** Graphviz: style and arrow head. */
  readonly dotStyle: "solid" | "dashed" | "dotted" | "bold";
  readonly dotHead: "normal" | "tee" | "odot" | "none" | "box";
  /** For the host's style sheet. */
  readonly className: string;
}

const STYLES: Readonly<Record<EdgeKind, Omit<EdgeStyle, "kind" | "className">>> = {
  internal: {
    title: "Cluster-internal",
    about: "Traffic inside one coordinator's cluster, granted by the coordinated-workers package.",
    link: "-->",
    width: 1,
    dash: null,
    dotStyle: "solid",
    dotHead: "normal",
  },
  service: {
    title: "Through the Service",
    about: "Traffic to the Service address: enforced at the waypoint, with HTTP rules (L7).",
    link: "==>",
    width: 3,
    dash: null,
    dotStyle: "bold",
    dotHead: "normal",
  },
  unit: {
    title: "To the pods",
    about: "Traffic to pod addresses: enforced at ztunnel, by port (L4).",
    link: "--o",
    width: 2,
    dash: null,
    dotStyle: "solid",
    dotHead: "odot",
  },
  telemetry: {
    title: "Telemetry",
    about: "Metrics, logs or traces of workers, hop by hop through the coordinator's proxy; direct off the mesh.",
    link: "-.->",
    width: 2,
    dash: "6 4",
    dotStyle: "dashed",
    dotHead: "normal",
  },
  "telemetry-bypass": {
    title: "Telemetry around the proxy",
    about: "A violation: worker telemetry that does not pass the coordinator's proxy.",
    link: "-.-x",
    width: 3,
    dash: "2 3",
    dotStyle: "dotted",
    dotHead: "tee",
  },
  denied: {
    title: "Suggested but denied",
    about: "A relation suggests this traffic and no policy allows it.",
    link: "--x",
    width: 2,
    dash: "10 3 2 3",
    dotStyle: "dashed",
    dotHead: "tee",
  },
  suggested: {
    title: "Suggested by a relation",
    about:
      "A relation suggests this traffic, and nothing known here decides over it: the target is off the mesh, or its charm is not here.",
    link: "-.->",
    width: 1,
    dash: "3 3",
    dotStyle: "dotted",
    dotHead: "normal",
  },
  mesh: {
    title: "Mesh or ingress",
    about: "A relation of the mesh itself: a beacon's subscription, or a route of an ingress.",
    link: "-.-",
    width: 1,
    dash: "1 4",
    dotStyle: "dotted",
    dotHead: "none",
  },
  "cross-model": {
    title: "Cross-model",
    about: "Traffic between two Juju models.",
    link: "==>",
    width: 3,
    dash: "12 4",
    dotStyle: "bold",
    dotHead: "box",
  },
};

/** The style of a kind of edge. A new kind does not compile until it has one. */
export function edgeStyle(kind: EdgeKind): EdgeStyle {
  return { kind, className: `edge-${kind}`, ...STYLES[kind] };
}

/** Kinds whose look says by itself that the traffic is refused, or that nothing decides over it. */
const TELLING: ReadonlySet<EdgeKind> = new Set(["denied", "telemetry-bypass", "suggested", "mesh"]);

/** What the label of an edge adds to its kind: that it is denied, or that its verdict is unknown; null if its style shows that. */
export function verdictSign({ kind, verdict }: Pick<EdgeView, "kind" | "verdict">): "denied" | "unknown" | null {
  return verdict === "allowed" || TELLING.has(kind) ? null : verdict;
}

/** All kinds, in the legend's order. */
export const EDGE_STYLES: readonly EdgeStyle[] = (Object.keys(STYLES) as EdgeKind[]).map(edgeStyle);
