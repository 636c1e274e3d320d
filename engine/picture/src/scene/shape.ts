/** A piece of SVG as plain data: what any host draws, as text or as elements of a page. Attributes and texts are not escaped yet. */
export interface Shape {
  readonly tag: "g" | "path" | "rect" | "circle" | "text";
  readonly attributes: Readonly<Record<string, string | number>>;
  readonly children: readonly Shape[];
  /** What is written in a text. */
  readonly text: string | null;
}

/** A shape with shapes in it. */
export function shapeOf(tag: Shape["tag"], attributes: Shape["attributes"], children: readonly Shape[] = []): Shape {
  return { tag, attributes, children, text: null };
}

/** A number as it is written in SVG, without endless fractions. */
export function coordinate(value: number): number {
  return Math.round(value * 100) / 100;
}
