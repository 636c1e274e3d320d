import { describe, expect, it } from "vitest";
import { estimatedTextWidth, laidOutView, pictureScene, svgText } from "#picture";
import type { GraphView } from "#protocol";
import { xmlElements } from "../cli/xml-elements.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";
import { everyKind } from "../webview/support/deployments.ts";

function svgOf(view: GraphView): string {
  const { drawn, picture } = laidOutView(view, estimatedTextWidth);
  if (picture.kind === "refused") throw new Error(picture.reason);
  return svgText(pictureScene(picture, drawn), { title: "Traffic graph" });
}

describe("a picture as SVG", () => {
  it("is one well-formed file with all names, and needs nothing else", () => {
    const view = everyKind();
    const svg = svgOf(view);
    expect(xmlElements(svg).length).toBeGreaterThan(view.nodes.length + view.edges.length);
    expect(svg).not.toMatch(/<script|<image|<foreignObject|href|url\(|@import|var\(/i);
    expect(svg).toContain("prefers-color-scheme: dark");
    for (const node of view.nodes.filter(({ label }) => /^\w{1,12}$/.test(label)))
      expect(svg).toContain(`>${node.label}<`);
  });

  it("keeps hostile names text", () => {
    const hostile = `"><script>alert(1)</script>]]>&\u0000\u202e\ud800`;
    const svg = svgOf(
      viewOf(
        [nodeView(hostile, { box: "model:cos" }), nodeView("b", { label: hostile, model: hostile })],
        [edgeView(hostile, "b", { label: hostile, relation: hostile })],
        { boxes: [{ id: "model:cos", kind: "model", label: hostile, parent: null }] },
      ),
    );
    expect(xmlElements(svg).map((element) => element.name)).not.toContain("script");
    for (const sign of ["<script", "\u0000", "\u202e", "\ud800"]) expect(svg).not.toContain(sign);
    expect(svg).toContain("&#60;script&#62;");
  });

  it("draws the end of a denied line as a cross, clear of the node's outline", () => {
    const { drawn, picture } = laidOutView(
      viewOf([nodeView("a"), nodeView("b")], [edgeView("a", "b", { kind: "denied", verdict: "denied", label: "x" })]),
      estimatedTextWidth,
    );
    if (picture.kind === "refused") throw new Error(picture.reason);
    const [edge] = pictureScene(picture, drawn).edges;
    const cross = edge?.shape.children.find((child) => child.attributes["class"] === "head-line");
    const outline = picture.nodes.find((node) => node.id === "app:cos/b")?.x ?? 0;
    const xs = [...String(cross?.attributes["d"]).matchAll(/[ML]([\d.]+),/g)].map((match) => Number(match[1]));
    expect(xs).toHaveLength(4);
    expect(Math.max(...xs)).toBeLessThan(outline - 2);
  });
});
