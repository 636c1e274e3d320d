import type { NodeView } from "#protocol";

export type NodeKind = NodeView["kind"];

/** How one kind of node is drawn: by shape and word. */
export interface NodeStyle {
  readonly kind: NodeKind;
  readonly title: string;
  /** Mermaid's brackets around the label. */
  readonly open: string;
  readonly close: string;
  readonly dotShape: string;
  readonly className: string;
}

const STYLES: Readonly<Record<NodeKind, Omit<NodeStyle, "kind" | "className">>> = {
  coordinator: { title: "Coordinator", open: "{{", close: "}}", dotShape: "hexagon" },
  worker: { title: "Worker", open: "[[", close: "]]", dotShape: "box3d" },
  application: { title: "Application", open: "[", close: "]", dotShape: "box" },
  backend: { title: "Telemetry backend", open: "[(", close: ")]", dotShape: "cylinder" },
  client: { title: "Client", open: "(", close: ")", dotShape: "ellipse" },
  ingress: { title: "Ingress", open: "[/", close: "\\]", dotShape: "trapezium" },
  beacon: { title: "Mesh beacon", open: "([", close: "])", dotShape: "oval" },
  group: { title: "Group", open: ">", close: "]", dotShape: "folder" },
};

/** The style of a kind of node. A new kind does not compile until it has one. */
export function nodeStyle(kind: NodeKind): NodeStyle {
  return { kind, className: `node-${kind}`, ...STYLES[kind] };
}

/** All kinds, in the legend's order. */
export const NODE_STYLES: readonly NodeStyle[] = (Object.keys(STYLES) as NodeKind[]).map(nodeStyle);
