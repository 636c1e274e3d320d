import { beforeAll, expect, test } from "vitest";
import { collapsedView, mermaidPicture } from "#picture";
import type { GraphView } from "#protocol";
import type { PlainPicture } from "../../webview/src/drawing/dom/plain-picture.ts";
import type { Drawing } from "../../webview/src/drawing/drawn.ts";
import { deployment, everyKind, HOSTILE_NAMES, hostile } from "./support/deployments.ts";
import { draughtsman, drawingScriptText } from "./support/drawing-script.ts";
import { edge, graph, node } from "./support/graph-parts.ts";

let draw: (flowchart: string) => Promise<Drawing>;

beforeAll(async () => {
  draw = await draughtsman();
}, 60_000);

function pictureOf(drawing: Drawing): PlainPicture {
  if ("error" in drawing) throw new Error(drawing.error);
  return drawing.picture;
}

function parts(picture: PlainPicture, fits: (part: PlainPicture) => boolean): PlainPicture[] {
  return [...(fits(picture) ? [picture] : []), ...picture.children.flatMap((child) => parts(child, fits))];
}

const className = (part: PlainPicture) => (part.attributes["class"] ?? "").split(/\s+/);
const textOf = (part: PlainPicture): string =>
  part.children.length === 0 ? part.text : part.children.map(textOf).join("");

/** Mermaid's ids of all nodes, edges and boxes in a picture. */
function idsIn(picture: PlainPicture) {
  const ids = (fits: (part: PlainPicture) => boolean, pattern: RegExp) =>
    parts(picture, fits)
      .map((part) => pattern.exec(part.attributes["id"] ?? "")?.[1])
      .filter((id) => id !== undefined)
      .sort();
  return {
    nodes: ids((part) => className(part).includes("node"), /^picture-flowchart-(n\d+)-\d+$/),
    edges: ids((part) => part.tag === "path" && className(part).includes("flowchart-link"), /^picture-(e\d+)$/),
    boxes: ids((part) => className(part).includes("cluster"), /^picture-(b\d+)$/),
  };
}

async function expectAllDrawn(view: GraphView): Promise<PlainPicture> {
  const ids = mermaidPicture(view);
  const picture = pictureOf(await draw(ids.text));
  const drawn = idsIn(picture);
  expect(drawn.nodes).toEqual([...ids.nodes.keys()].sort());
  expect(drawn.edges).toEqual([...ids.edges.keys()].sort());
  expect(drawn.boxes.length).toBeGreaterThan(0);
  return picture;
}

test("every node, edge and box of every kind is in the picture, under its own id", async () => {
  const view = everyKind();
  const picture = await expectAllDrawn(view);
  const names = parts(picture, (part) => className(part).includes("node")).map(textOf);
  for (const one of view.nodes) expect(names.some((name) => name.startsWith(one.label))).toBe(true);
});

test("edges between the same two, from one to itself, and in circles are drawn", async () => {
  const a = node("a", "worker");
  const b = node("b", "worker");
  await expectAllDrawn(
    graph({
      nodes: [a, b],
      edges: [
        edge("internal", a, b, "one"),
        edge("unit", a, b, "two"),
        edge("service", b, a, "back"),
        edge("internal", a, a, "itself"),
        edge("internal", b, b, "itself"),
      ],
    }),
  );
});

test("nodes stand apart, inside their boxes, and inside the picture", async () => {
  const picture = await expectAllDrawn(everyKind());
  const [x = 0, y = 0, width = 0, height = 0] = (picture.attributes["viewBox"] ?? "").split(" ").map(Number);
  const centres = parts(picture, (part) => className(part).includes("node")).map((part) => {
    const match = /translate\((-?[\d.]+), (-?[\d.]+)\)/.exec(part.attributes["transform"] ?? "");
    return { x: Number(match?.[1]), y: Number(match?.[2]) };
  });
  for (const [at, one] of centres.entries()) {
    expect(one.x).toBeGreaterThan(x);
    expect(one.x).toBeLessThan(x + width);
    expect(one.y).toBeGreaterThan(y);
    expect(one.y).toBeLessThan(y + height);
    for (const other of centres.slice(at + 1))
      expect(Math.abs(one.x - other.x) > 60 || Math.abs(one.y - other.y) > 30, "two nodes overlap").toBe(true);
  }
});

test("names that try to break out of the flowchart are drawn letter by letter", async () => {
  const view = hostile();
  const picture = await expectAllDrawn(view);
  const texts = parts(picture, (part) => part.tag === "text").map(textOf);
  expect(texts).toContain("#quot;#35;&lt;&amp;&#x3c;");
  expect(texts.some((text) => text.startsWith("`**bold**"))).toBe(true);
  expect(texts.some((text) => text.startsWith('"]; click n0'))).toBe(true);
  expect(texts).toContain("end");
  expect(texts.some((text) => text.startsWith("%%{init:"))).toBe(true);
  expect(HOSTILE_NAMES.length).toBe(view.nodes.length);
  const tags = new Set(parts(picture, () => true).map((part) => part.tag));
  for (const tag of ["script", "img", "a", "foreignObject", "iframe", "image"]) expect(tags).not.toContain(tag);
});

test("500 applications are collapsed and drawn; 40 are drawn one by one", async () => {
  const large = collapsedView(deployment(500));
  expect(large.nodes.length).toBeLessThanOrEqual(60);
  await expectAllDrawn(large);
  const middle = collapsedView(deployment(40));
  expect(middle.nodes).toHaveLength(40);
  await expectAllDrawn(middle);
});

test("what mermaid can't read becomes an error and no picture, and the next picture is drawn again", async () => {
  for (const text of [
    "",
    "flowchart LR\n a[",
    "sequenceDiagram\n a->>b: hi",
    "pie\n",
    "gantt\n",
    "\u0000",
    "mindmap\n root",
  ]) {
    const drawing = await draw(text);
    expect(drawing, JSON.stringify(text)).toHaveProperty("error");
  }
  const drawing = await draw("flowchart LR\n a --> b\n");
  expect(idsInText(pictureOf(drawing))).toEqual(["a", "b"]);
});

function idsInText(picture: PlainPicture): string[] {
  return parts(picture, (part) => className(part).includes("node")).map(textOf);
}

test("the same text gives the same picture each time", async () => {
  const { text } = mermaidPicture(everyKind());
  const first = pictureOf(await draw(text));
  expect(pictureOf(await draw(text))).toEqual(first);
});

test("only the flowchart and dagre are in the script", async () => {
  const script = await drawingScriptText();
  expect(script.length).toBeLessThan(1_000_000);
  expect(script).not.toContain("elkjs");
  expect(script).not.toContain("sequenceDiagram-v2 renderer");
});

test("no error is made while the script loads", async () => {
  const made: unknown[] = [];
  const WatchedError = new Proxy(Error, {
    construct: (target, given, as) => {
      made.push(given[0]);
      return Reflect.construct(target, given, as);
    },
  });
  new Function("port", "Error", `(${await drawingScriptText()})(port); new Error("watched");`)({}, WatchedError);
  // Where developer tools listen each takes the stack, for which the browser parses all of the script once more.
  expect(made).toEqual(["watched"]);
});
