import type { EdgeView, GraphView } from "#protocol";

/** Whether an edge is a beacon's subscription. The badge of a node says the same, so that such lines are drawn on demand only. */
function isBeaconLine({ kind, interface: name }: Pick<EdgeView, "kind" | "interface">): boolean {
  return kind === "mesh" && name === "service_mesh";
}

/** The view without the lines between beacons and the applications on the mesh. */
export function withoutBeaconLines(view: GraphView): GraphView {
  return { ...view, edges: view.edges.filter((edge) => !isBeaconLine(edge)) };
}
