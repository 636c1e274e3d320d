import type { EdgeView, GraphView } from "#protocol";

/** An edge as a picture draws it. One line may stand for several flows; `flows` are those, as the whole view has them. */
export interface DrawnEdge extends EdgeView {
  readonly flows?: readonly EdgeView[];
  /** Some of the flows run the other way: the line has a head at both ends. */
  readonly twoWay?: boolean;
}

/** A view as a picture draws it. */
export interface DrawnView extends GraphView {
  edges: DrawnEdge[];
}

/** The flows that a line stands for, in the view's order: itself, where it is one of the view's own edges. */
export function flowsOf(edge: DrawnEdge): readonly EdgeView[] {
  return edge.flows ?? [edge];
}
