import type { BoxView } from "#protocol";
import { shortened } from "../mermaid/label.ts";
import { shownLine } from "../text/shown-line.ts";
import type { PlacedText, TextWidth } from "./placed-picture.ts";
import { TEXT_STYLES } from "./text-styles.ts";

/** Room for a box's title above what stands in it. */
export const TITLE_HEIGHT = 26;
const LONGEST = 40;

/** What a box is called in the picture. */
export function boxTitle(box: BoxView): string {
  const name = shortened(shownLine(box.label) || "(no name)", LONGEST);
  return box.kind === "cluster" ? `cluster ${name}` : name === "model" ? "model" : `model ${name}`;
}

/** The title of a box in its upper left corner; shortened where the box is too narrow for it. */
export function placedBoxTitle(box: BoxView, x: number, y: number, width: number, textWidth: TextWidth): PlacedText {
  const style = TEXT_STYLES.box;
  let text = boxTitle(box);
  for (let limit = text.length; textWidth(text, style) > width - 16 && limit > 4; limit -= 2)
    text = shortened(boxTitle(box), limit - 2);
  return { text, x: x + 10 + textWidth(text, style) / 2, y: y + 17, style };
}
