import { readFileSync } from "node:fs";
import { type Browser, chromium, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { mermaidText } from "#picture";
import type { GraphView } from "#protocol";
import { REAL_SHAPES } from "../picture/support/real-shapes.ts";
import { sampleViews } from "../picture/support/sample-views.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";
import { CHROMIUM, CHROMIUM_ARGUMENTS, HAS_CHROMIUM } from "./support/chromium.ts";
import { deployment, everyKind, smallStack } from "./support/deployments.ts";

/** Names that mean something in Mermaid's grammar, in HTML or in Markdown. */
const HOSTILE = [
  'say "hi"',
  "`code` **bold** _it_",
  "a[b](c){d}<e>",
  "<script>alert(1)</script><img src=x onerror=alert(1)>",
  "end",
  '"]; click n0 call alert() //',
  "%%{init: {'securityLevel':'loose'}}%%",
  "line\nbreak\r\nflowchart TB",
  "#quot; &lt;b&gt;",
  "1. list",
  "- list",
  "$$x^2$$",
  "@{ shape: cyl }",
  "\u202eevil\u200b 日本語 👻 \ud800",
];

function hostile(name: string): GraphView {
  const nodes = [nodeView("x", { label: name, application: name, roles: [name] }), nodeView("y", { label: name })];
  return viewOf(nodes, [edgeView("x", "y", { label: name }), edgeView("y", "x", { label: name, kind: "denied" })], {
    boxes: [{ id: "model:cos", kind: "model", label: name, parent: null }],
  });
}

describe.skipIf(!HAS_CHROMIUM)("mermaid as it is published", async () => {
  const samples = [...(await sampleViews("samples/observability")), ...(await sampleViews("samples/faulty"))];
  const graphs: readonly (readonly [string, GraphView])[] = [
    ...samples.map(({ name, view }) => [name, view] as const),
    ...REAL_SHAPES,
    ["a small stack", smallStack()],
    ["every kind", everyKind()],
    ["40 applications", deployment(40)],
    ["no application", viewOf([], [])],
    ...HOSTILE.map((name) => [`the hostile name ${JSON.stringify(name)}`, hostile(name)] as const),
  ];
  let browser: Browser;
  let page: Page;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: CHROMIUM, args: CHROMIUM_ARGUMENTS });
    page = await browser.newPage();
    await page.setContent("<!DOCTYPE html><html lang=en><title>mermaid</title><body></body></html>");
    await page.addScriptTag({ content: readFileSync("node_modules/mermaid/dist/mermaid.min.js", "utf8") });
    // GitHub's own settings beyond the defaults are not published; `strict` is mermaid's default.
    await page.evaluate(`mermaid.initialize({ startOnLoad: false, securityLevel: "strict" })`);
  }, 60_000);
  afterAll(() => browser?.close());

  test.each(graphs)("draws every application and line of %s", { timeout: 60_000 }, async (_, view) => {
    const text = mermaidText(view, { edgeIds: false });
    const drawn = await page.evaluate(async (source) => {
      // biome-ignore lint/suspicious/noExplicitAny: the script that was added above defines it
      const { svg } = await (globalThis as any).mermaid.render(`m${performance.now().toFixed(0)}`, source);
      const holder = document.createElement("div");
      holder.innerHTML = svg;
      document.body.append(holder);
      const counts = {
        nodes: holder.querySelectorAll("g.node").length,
        lines: holder.querySelectorAll("path.flowchart-link").length,
        scripts: holder.querySelectorAll("script, img, a[href]").length,
      };
      holder.remove();
      return counts;
    }, text);
    const written = (pattern: RegExp) => text.match(pattern)?.length ?? 0;
    expect(drawn).toEqual({
      nodes: written(/^ *n\d+[[({>]/gm),
      lines: written(/^ *n\d+ \S*(?:-|=|~|\.)/gm),
      scripts: 0,
    });
    expect(drawn.nodes).toBe(view.nodes.length);
  });
});
