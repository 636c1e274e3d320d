import { expect, test } from "vitest";
import type { EdgeView, GraphView, NodeView, PolicyView } from "#protocol";
import { panelHtml } from "../../client/src/panel/html.ts";
import { underCursor } from "../../client/src/panel/under-cursor.ts";

test("the panel's page runs one script, by its nonce, and loads nothing from elsewhere", () => {
  const page = panelHtml({
    script: 'https://host/dist/webview.js?"x"',
    mermaid: "https://host/dist/mermaid.js",
    style: "https://host/dist/webview.css",
    source: "https://host",
    nonce: "n0nce",
    language: "en",
    title: "A & B",
    loading: "Loading <…>",
  });
  const policy = /Content-Security-Policy" content="([^"]*)"/.exec(page)?.[1]?.replaceAll("&#39;", "'") ?? "";
  expect(policy).toContain("default-src 'none'");
  expect(policy).toMatch(/script-src 'nonce-n0nce'(?:;|$)/);
  expect(policy).not.toMatch(/unsafe-eval|unsafe-inline|connect-src/);
  expect(page).toContain('<link rel="stylesheet" href="https://host/dist/webview.css">');
  expect(page.match(/<script/g)).toHaveLength(1);
  expect(page).toContain('src="https://host/dist/webview.js?&#34;x&#34;"');
  expect(page).toContain("<title>A &#38; B</title>");
  // Until the script runs a person sees that it is on its way.
  expect(page).toContain('<p class="loading" role="status">Loading &#60;…&#62;</p>');
  expect(page).toContain('data-mermaid="https://host/dist/mermaid.js"');
});

test("under the cursor are nodes, edges, and the edges of policies that stand on its line", () => {
  const because = (line: number) => [{ text: "", place: { path: "src/charm.py", line, character: 4 }, citation: null }];
  const graph = {
    nodes: [{ id: "n1", because: because(3) } as unknown as NodeView, { id: "n2", because: [] } as unknown as NodeView],
    edges: [
      { id: "e1", because: because(3), policies: [] } as unknown as EdgeView,
      { id: "e2", because: [], policies: ["p1"] } as unknown as EdgeView,
      { id: "e3", because: because(4), policies: ["p2"] } as unknown as EdgeView,
    ],
    policies: [
      { id: "p1", because: because(3) } as unknown as PolicyView,
      { id: "p2", because: because(9) } as unknown as PolicyView,
    ],
  } as unknown as GraphView;
  expect(underCursor(graph, "src/charm.py", 3)).toEqual({ nodes: ["n1"], edges: ["e1", "e2"] });
  expect(underCursor(graph, "src/other.py", 3)).toEqual({ nodes: [], edges: [] });
});
