import mermaid from "mermaid";
import { measureWith } from "./dom/geometry.ts";
import { document } from "./dom/globals.ts";
import { type PlainPicture, picturesOf } from "./dom/plain-picture.ts";
import { pictureFonts } from "./dom/text-width.ts";
import { MERMAID_CONFIG } from "./mermaid-config.ts";

/** What is to be drawn. */
export interface DrawingOrder {
  readonly id: number;
  /** Mermaid's text of a flowchart. */
  readonly text: string;
  /** A CSS font family. */
  readonly fontFamily: string;
}

/** What came of an order: a picture, or why there is none. */
export type Drawing =
  | { readonly id: number; readonly picture: PlainPicture; readonly milliseconds: number }
  | { readonly id: number; readonly error: string };

let ready = false;

function setUp(): void {
  if (ready) return;
  ready = true;
  mermaid.initialize(MERMAID_CONFIG);
}

/**
 * The picture of a flowchart as plain data. Never rejects: whatever mermaid or dagre throws (dagre does, on some graphs with
 * many boxes) becomes the answer's `error`.
 */
export async function drawn(order: DrawingOrder): Promise<Drawing> {
  const start = performance.now();
  const container = document.createElement("div");
  document.body.appendChild(container);
  try {
    setUp();
    measureWith(pictureFonts(order.fontFamily));
    const { svg } = await mermaid.render("picture", order.text, container as unknown as Element);
    const [picture] = picturesOf(svg);
    if (picture?.tag !== "svg") return { id: order.id, error: "mermaid drew nothing" };
    return { id: order.id, picture, milliseconds: performance.now() - start };
  } catch (error) {
    return { id: order.id, error: error instanceof Error ? error.message : String(error) };
  } finally {
    container.remove();
  }
}
