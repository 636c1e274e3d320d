import mermaid from "mermaid";
import { measureWith } from "./dom/geometry.ts";
import { document } from "./dom/globals.ts";
import type { PlainPicture } from "./dom/plain-picture.ts";
import { pictureFonts } from "./dom/text-width.ts";

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

/** More than any collapsed picture has; past these mermaid would draw a picture of an error. */
const MAX_EDGES = 5000;
const MAX_TEXT = 5_000_000;

let ready = false;

function setUp(): void {
  if (ready) return;
  ready = true;
  mermaid.initialize({
    startOnLoad: false,
    securityLevel: "strict",
    suppressErrorRendering: true,
    logLevel: "fatal",
    layout: "dagre",
    look: "classic",
    theme: "base",
    htmlLabels: false,
    maxEdges: MAX_EDGES,
    maxTextSize: MAX_TEXT,
    deterministicIds: true,
    flowchart: {
      htmlLabels: false,
      curve: "basis",
      nodeSpacing: 26,
      rankSpacing: 34,
      padding: 8,
      diagramPadding: 12,
      // Labels are never wrapped (they are short already): mermaid would cut its own entities in two.
      wrappingWidth: 100_000,
      subGraphTitleMargin: { top: 4, bottom: 10 },
    },
  });
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
    const picture = (JSON.parse(svg) as PlainPicture[])[0];
    if (picture?.tag !== "svg") return { id: order.id, error: "mermaid drew nothing" };
    return { id: order.id, picture, milliseconds: performance.now() - start };
  } catch (error) {
    return { id: order.id, error: error instanceof Error ? error.message : String(error) };
  } finally {
    container.remove();
  }
}
