import type { GraphView } from "#protocol";
import { collapsedView } from "../collapse/collapsed-view.ts";
import { type DrawnView, flowsOf } from "../collapse/drawn-edge.ts";
import { withoutBeaconLines } from "../view/beacon-lines.ts";
import { layout } from "./layout.ts";
import type { PlacedPicture, RefusedPicture, TextWidth } from "./placed-picture.ts";

/** A view as it is drawn, and where everything stands. */
export interface LaidOutView {
  readonly drawn: DrawnView;
  readonly picture: PlacedPicture | RefusedPicture;
}

/** A whole graph drawn without anybody's choices: similar applications together where there are many, flows of one look as one line, no lines to the beacon. */
export function laidOutView(view: GraphView, textWidth: TextWidth): LaidOutView {
  const drawn = collapsedView(withoutBeaconLines(view), { parallel: "merged" });
  return { drawn, picture: layout(drawn, textWidth) };
}

/** The places of a drawn graph by the ids of the whole view, as `graph --format json --layout` writes them. */
export interface LayoutJson {
  readonly width: number;
  readonly height: number;
  readonly nodes: readonly RectangleJson[];
  /** A line that stands for several flows is listed for each of them; its label stands at the first. */
  readonly edges: readonly {
    readonly id: string;
    readonly points: readonly (readonly [number, number])[];
    readonly label: (Omit<RectangleJson, "id"> & { readonly text: string }) | null;
  }[];
  readonly boxes: readonly RectangleJson[];
}

interface RectangleJson {
  readonly id: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** The places of a picture as data for others. */
export function layoutJson({ nodes, edges, boxes, width, height }: PlacedPicture, drawn: DrawnView): LayoutJson {
  const flows = new Map(drawn.edges.map((edge) => [edge.id, flowsOf(edge).map((flow) => flow.id)]));
  const rectangle = ({ id, ...at }: RectangleJson): RectangleJson => ({
    id,
    x: at.x,
    y: at.y,
    width: at.width,
    height: at.height,
  });
  return {
    width,
    height,
    nodes: nodes.map(rectangle),
    edges: edges.flatMap(({ id, points, label }) =>
      (flows.get(id) ?? [id]).map((flow, at) => ({
        id: flow,
        points,
        label:
          at > 0 || !label
            ? null
            : { x: label.x, y: label.y, width: label.width, height: label.height, text: label.text },
      })),
    ),
    boxes: boxes.map(rectangle),
  };
}
