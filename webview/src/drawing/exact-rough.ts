import { document } from "./dom/globals.ts";

/*
 * Stands for the package roughjs inside the drawing script. mermaid has some shapes drawn by it even where nothing is to look
 * sketched, which gives thousands of random little curves for a plain outline. This draws the outline once, as it is.
 */

const SVG = "http://www.w3.org/2000/svg";

function drawn(tag: string, attributes: Readonly<Record<string, string | number>>) {
  const group = document.createElementNS(SVG, "g");
  const shape = document.createElementNS(SVG, tag);
  for (const [name, value] of Object.entries(attributes)) shape.setAttribute(name, value);
  group.appendChild(shape);
  return group;
}

type Point = readonly [number, number];

const pen = {
  path: (d: string) => drawn("path", { d }),
  rectangle: (x: number, y: number, width: number, height: number) => drawn("rect", { x, y, width, height }),
  circle: (cx: number, cy: number, diameter: number) => drawn("circle", { cx, cy, r: diameter / 2 }),
  ellipse: (cx: number, cy: number, width: number, height: number) =>
    drawn("ellipse", { cx, cy, rx: width / 2, ry: height / 2 }),
  line: (x1: number, y1: number, x2: number, y2: number) => drawn("line", { x1, y1, x2, y2 }),
  polygon: (points: readonly Point[]) => drawn("polygon", { points: points.map((point) => point.join(",")).join(" ") }),
  linearPath: (points: readonly Point[]) =>
    drawn("path", { d: points.map(([x, y], at) => `${at === 0 ? "M" : "L"}${x},${y}`).join(" ") }),
};

export default { svg: () => pen };
