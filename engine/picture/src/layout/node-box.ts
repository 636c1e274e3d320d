import type { NodeView } from "#protocol";
import { shortened } from "../mermaid/label.ts";
import { nodeStyle } from "../style/node-style.ts";
import { shownLine } from "../text/shown-line.ts";
import type { Size } from "./columns.ts";
import type { PlacedNode, PlacedText, TextStyle, TextWidth } from "./placed-picture.ts";
import { TEXT_STYLES } from "./text-styles.ts";
import { IN_NAMES, wrapped } from "./wrapped.ts";

/** The text of a node with the room that it needs. */
export interface NodeBox extends Size {
  readonly lines: readonly { readonly text: string; readonly style: TextStyle }[];
}

const PADDING = 8;
/** Room at both sides of the text: the icon on the left, the badge of the mesh on the right. */
const SIDE = 23;
const ICON = 14;
const LINE_HEIGHT = { large: 16, small: 15 } as const;
/** A text is cut beyond so many characters. */
const LONGEST = { name: 48, detail: 60 } as const;

function lineHeight({ size }: TextStyle): number {
  return size > TEXT_STYLES.detail.size ? LINE_HEIGHT.large : LINE_HEIGHT.small;
}

/**
 * What stands in a node, line by line. A placeholder says what it stands for: any application over a relation. Others have their name,
 * then kind, number of units and roles, then that they are off the mesh.
 */
function textsOf(node: NodeView, widest: number, textWidth: TextWidth): NodeBox["lines"] {
  const lines = (text: string, style: TextStyle) =>
    wrapped(text, widest, IN_NAMES, (line) => textWidth(line, style)).map((line) => ({
      text: shortened(line, 40),
      style,
    }));
  const name = shortened(shownLine(node.label) || "(no name)", LONGEST.name);
  if (node.placeholder && node.kind !== "group")
    return [
      { text: node.kind === "worker" ? "any worker like" : "any application over", style: TEXT_STYLES.detail },
      ...lines(name, TEXT_STYLES.placeholder),
    ];
  const facts = [nodeStyle(node.kind).title.toLowerCase()];
  if (node.units !== 1 && node.kind !== "group") facts.push(`×${node.units}`);
  if (node.roles.length > 0 && node.kind !== "group") facts.push(shownLine(node.roles.join(", ")));
  const isOff = !node.onMesh && node.kind !== "beacon";
  return [
    ...lines(name, TEXT_STYLES.name),
    ...lines(shortened(facts.join(" · "), LONGEST.detail), TEXT_STYLES.detail),
    ...(isOff ? [{ text: "not on the mesh", style: TEXT_STYLES.detail }] : []),
    ...(node.openToAll ? [{ text: "open to everybody", style: TEXT_STYLES.detail }] : []),
  ];
}

/** The text of a node as a box. Its lines are broken beyond `widest` pixels where that is possible. */
export function nodeBox(node: NodeView, widest: number, textWidth: TextWidth): NodeBox {
  const lines = textsOf(node, widest, textWidth);
  const width = Math.max(...lines.map(({ text, style }) => textWidth(text, style)));
  const height = lines.reduce((sum, { style }) => sum + lineHeight(style), 0);
  return { lines, width: Math.ceil(width) + 2 * SIDE, height: height + 2 * PADDING };
}

/** A node with its text in the middle of a rectangle. */
export function placedNode(
  node: NodeView,
  box: NodeBox,
  at: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): PlacedNode {
  const { x, y, width, height } = at;
  const middle = x + width / 2;
  let top = y + (height - box.height) / 2 + PADDING;
  const lines = box.lines.map(({ text, style }): PlacedText => {
    const line = { text, x: middle, y: top + style.size, style };
    top += lineHeight(style);
    return line;
  });
  return {
    id: node.id,
    x,
    y,
    width,
    height,
    lines,
    icon: [middle - box.width / 2 + 5, y + height / 2 - ICON / 2],
    badge:
      node.onMesh && node.kind !== "beacon" ? [middle + box.width / 2 - 5 - ICON, y + height / 2 - ICON / 2] : null,
    proxy: null,
  };
}
