import type { Scene, SceneItem } from "./picture-scene.ts";
import { type SceneColours, sceneStyle } from "./scene-style.ts";
import type { Shape } from "./shape.ts";

export interface SvgOptions {
  /** For screen readers and as a tooltip. */
  readonly title: string;
  /** One set of colours; absent: a light one, and a dark one for readers who prefer that. */
  readonly colours?: SceneColours;
  /** Default: the reader's own sans-serif font. */
  readonly fontFamily?: string;
}

export const LIGHT_COLOURS: SceneColours = {
  ground: "#ffffff",
  ink: "#1f2328",
  quiet: "#57606a",
  raised: "#f6f8fa",
  outline: "#8c959f",
  frame: "#d0d7de",
  tint: "#eef4fc",
  line: "#6e7781",
  red: "#cf222e",
  blue: "#0969da",
  green: "#1a7f37",
  purple: "#8250df",
  orange: "#bc4c00",
};

export const DARK_COLOURS: SceneColours = {
  ground: "#0d1117",
  ink: "#e6edf3",
  quiet: "#9198a1",
  raised: "#161b22",
  outline: "#6e7681",
  frame: "#30363d",
  tint: "#121d2f",
  line: "#8b949e",
  red: "#ff7b72",
  blue: "#58a6ff",
  green: "#3fb950",
  purple: "#bc8cff",
  orange: "#ffa657",
};

/** A scene as a self-contained SVG file: no script, font or address in it, and whatever names are in it stay text. */
export function svgText(scene: Scene, options: SvgOptions): string {
  const { width, height } = scene;
  const { colours, fontFamily = "system-ui, 'Segoe UI', 'DejaVu Sans', sans-serif" } = options;
  const ground = (colour: string) => `.picture-ground{fill:${colour}}`;
  const styles = colours
    ? [ground(colours.ground), sceneStyle(colours, ".scene")]
    : [
        ground(LIGHT_COLOURS.ground),
        sceneStyle(LIGHT_COLOURS, ".scene"),
        `@media (prefers-color-scheme: dark){${ground(DARK_COLOURS.ground)}\n${sceneStyle(DARK_COLOURS, ".scene")}}`,
      ];
  const labels = scene.edges.flatMap(({ label }) => label ?? []);
  const shapes = [...scene.boxes.map(ofItem), ...scene.edges.map(ofItem), ...labels, ...scene.nodes.map(ofItem)];
  return `<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="img" font-family="${escaped(fontFamily)}">
<title>${escaped(options.title)}</title>
<style>${escaped(styles.join("\n"))}</style>
<rect class="picture-ground" width="${width}" height="${height}"/>
<g class="scene">
${shapes.map(shapeText).join("\n")}
</g>
</svg>
`;
}

function ofItem({ shape }: SceneItem): Shape {
  return shape;
}

function shapeText({ tag, attributes, children, text }: Shape): string {
  const attributeTexts = Object.entries(attributes).map(([name, value]) => ` ${name}="${escaped(String(value))}"`);
  const content = `${children.map(shapeText).join("")}${text === null ? "" : escaped(text)}`;
  return content === ""
    ? `<${tag}${attributeTexts.join("")}/>`
    : `<${tag}${attributeTexts.join("")}>${content}</${tag}>`;
}

/** A text as XML allows it: markup escaped, characters that XML forbids replaced. */
function escaped(text: string): string {
  return text
    .replaceAll(/[&<>"']|(?<=##)\[/g, (sign) => `&#${sign.charCodeAt(0)};`)
    .replaceAll(/[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu, "\ufffd");
}
