import { describe, expect, test } from "vitest";
import { PlainElement } from "../../webview/src/drawing/dom/element.ts";
import { document } from "../../webview/src/drawing/dom/globals.ts";
import { pathBounds, unitedBounds } from "../../webview/src/drawing/dom/path-bounds.ts";
import { picturesOf, readableText } from "../../webview/src/drawing/dom/plain-picture.ts";
import { forEach } from "../../webview/src/drawing/own-for-each.ts";
import { keys } from "../../webview/src/drawing/own-keys.ts";
import { sortBy } from "../../webview/src/drawing/own-sort-by.ts";
import { values } from "../../webview/src/drawing/own-values.ts";

const made = (tag: string, attributes: Record<string, string | number> = {}, ...children: PlainElement[]) => {
  const element = new PlainElement(tag, document);
  for (const [name, value] of Object.entries(attributes)) element.setAttribute(name, value);
  element.append(...children);
  return element;
};

describe("the plain DOM of the drawing script", () => {
  const leaf = made("path", { class: "flowchart-link edge", "data-id": "e0" });
  const label = made("g", { class: "label" }, made("rect", { id: "first" }), made("text"));
  const root = made(
    "svg",
    { id: "picture" },
    made("g", { class: "root" }, made("g", { class: "edgePaths" }, leaf), label),
  );

  test.each([
    ["#picture", 0],
    [".root path", 1],
    ["g.root > g.label", 1],
    ["svg > path", 0],
    [".edgePaths > .edge.flowchart-link", 1],
    ['[data-id="e0"]', 1],
    ["[data-id]", 1],
    ["rect, text", 2],
    [":scope > g.root", 1],
    ["rect:first-child", 1],
    ["text:first-child", 0],
    ["path:hover", 0],
  ])("%s finds %i", (selector, count) => {
    expect(root.querySelectorAll(selector)).toHaveLength(count);
  });

  test("one that is looked for is the first in the document's order", () => {
    expect(root.querySelector("g")?.getAttribute("class")).toBe("root");
    expect(root.querySelector(".edgePaths > path, rect")).toBe(leaf);
    expect(root.querySelector("rect")?.id).toBe("first");
    expect(root.querySelector("circle")).toBeNull();
  });

  test("a picture is handed over with what the page takes of it", () => {
    const hostile = made("g", { class: "node", onclick: "x()", style: "fill: red", "data-points": "W10=" });
    hostile.append(
      made("script"),
      made("style"),
      made("a", { href: "https://x" }),
      made("path", { d: "M0,0", id: "p" }),
    );
    const ticket = made("div", {}, made("svg", { viewBox: "0 0 1 1", xmlns: "x" }, made("defs"), hostile)).innerHTML;
    expect(picturesOf(ticket)).toEqual([
      {
        tag: "svg",
        attributes: { viewBox: "0 0 1 1" },
        text: "",
        children: [
          {
            tag: "g",
            attributes: { class: "node" },
            text: "",
            children: [{ tag: "path", attributes: { d: "M0,0", id: "p" }, text: "", children: [] }],
          },
        ],
      },
    ]);
  });

  test("what stands for lodash: items in turn until one says false, names and values of plain objects, nothing of nothing, an order by numbers", () => {
    const seen: unknown[] = [];
    const note = (value: unknown, key: unknown) => {
      seen.push([key, value]);
      return value !== "stop";
    };
    expect(forEach(["a", "stop", "b"], note)).toEqual(["a", "stop", "b"]);
    forEach({ x: 1, y: "stop", z: 2 }, note);
    forEach(null, note);
    expect(seen).toEqual([
      [0, "a"],
      [1, "stop"],
      ["x", 1],
      ["y", "stop"],
    ]);
    expect([keys({ a: 1, b: 2 }), keys(["x"]), keys(null), keys(undefined)]).toEqual([["a", "b"], ["0"], [], []]);
    expect([values({ a: 1, b: 2 }), values(["x"]), values(null)]).toEqual([[1, 2], ["x"], []]);
    const items = [
      { name: "a", at: 2 },
      { name: "b", at: 1 },
      { name: "c", at: 2 },
      { name: "d", at: 10 },
    ];
    expect(sortBy(items, "at").map(({ name }) => name)).toEqual(["b", "a", "c", "d"]);
    expect(sortBy(items, ({ at }) => -at).map(({ name }) => name)).toEqual(["d", "a", "c", "b"]);
    expect(sortBy([10, 9, -1])).toEqual([-1, 9, 10]);
    expect(items.map(({ name }) => name)).toEqual(["a", "b", "c", "d"]);
  });

  test("elements move, are copied and removed as in a page", () => {
    const list = made("g", {}, made("rect", { id: "a" }), made("rect", { id: "b" }));
    const [a, b] = list.children as [PlainElement, PlainElement];
    list.insertBefore(b, a);
    expect(list.children.map(({ id }) => id)).toEqual(["b", "a"]);
    expect(b.nextSibling).toBe(a);
    const copy = list.cloneNode(true);
    a.remove();
    expect(list.children).toHaveLength(1);
    expect(copy.children).toHaveLength(2);
    expect(a.parentNode).toBeNull();
    list.textContent = "gone";
    expect(list.children).toEqual([]);
    expect(list.textContent).toBe("gone");
    a.classList.add("x", "y");
    a.classList.remove("x");
    expect(a.getAttribute("class")).toBe("y");
  });

  test("extents: shapes, moved groups, texts, and what has none", () => {
    const group = made(
      "g",
      {},
      made("rect", { x: 10, y: 5, width: 100, height: 20 }),
      made("circle", { cx: 0, cy: 0, r: 4 }),
    );
    expect(group.getBBox()).toEqual({ x: -4, y: -4, width: 114, height: 29 });
    const moved = made("g", { transform: "translate(100, 50)" }, group.cloneNode(true));
    expect(made("g", {}, moved).getBBox()).toMatchObject({ x: 96, y: 46 });
    expect(moved.getBBox()).toMatchObject({ x: -4, y: -4 });
    expect(made("polygon", { points: "0,0 10,5 20,-5" }).getBBox()).toEqual({ x: 0, y: -5, width: 20, height: 10 });
    expect(made("g", {}, made("defs", {}, made("rect", { width: 9, height: 9 }))).getBBox()).toMatchObject({
      width: 0,
    });
    const text = made("text");
    text.textContent = "wide";
    const wider = made("text");
    wider.textContent = "wide and wider";
    expect(wider.getComputedTextLength()).toBeGreaterThan(text.getComputedTextLength());
    expect(text.getBBox().height).toBeGreaterThan(10);
  });

  test("paths: lines, curves, arcs, relative steps", () => {
    expect(pathBounds("M0,0 L10,20 H-5 V7")).toEqual({ x: -5, y: 0, width: 15, height: 20 });
    expect(pathBounds("m10 10 l5 5 h10 v-30")).toEqual({ x: 10, y: -15, width: 15, height: 30 });
    expect(pathBounds("M0,0 C0,10 20,10 20,0")).toMatchObject({ width: 20, height: 10 });
    // A cylinder: its bulges reach above and below its corners.
    const cylinder = pathBounds("M0,8 a50,8 0,0,0 100,0 a50,8 0,0,0 -100,0 l0,40 a50,8 0,0,0 100,0 l0,-40");
    expect(cylinder).toEqual({ x: 0, y: 0, width: 100, height: 56 });
    expect(pathBounds("")).toMatchObject({ width: 0, height: 0 });
    expect(unitedBounds([])).toMatchObject({ width: 0, height: 0 });
  });

  test.each([
    ["ﬂ°°45¶ß", "-"],
    ["a ﬂ°quot¶ßbﬂ°quot¶ß", 'a "b"'],
    ["&#35;lt;", "#lt;"],
    ["&lt; &unheard; &#0; &#x3c;", "< &unheard; &#0; &#x3c;"],
    ["&#9999999999;", "&#9999999999;"],
    ["plain & simple", "plain & simple"],
  ])("%j reads %j", (written, read) => {
    expect(readableText(written)).toBe(read);
  });

  test("a finished picture is handed over by a ticket, once", () => {
    const container = made("div", {}, made("svg", { id: "picture" }, made("g")));
    const ticket = container.innerHTML;
    expect(picturesOf(ticket)).toEqual([
      {
        tag: "svg",
        attributes: { id: "picture" },
        text: "",
        children: [{ tag: "g", attributes: {}, text: "", children: [] }],
      },
    ]);
    expect(picturesOf("picture 0")).toEqual([]);
  });
});
