import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { steadyDirection } from "../../webview/src/panel/redraw.ts";
import { paneAspect } from "../../webview/src/picture/drawn-scene.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { deployment, hostile, smallStack } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage } from "./support/harness.ts";

const TIMEOUT = 60_000;

test("a pane's form goes in steps", () => {
  expect(paneAspect({ width: 700, height: 480 })).toBe(paneAspect({ width: 690, height: 490 }));
  expect(paneAspect({ width: 500, height: 1000 })).toBe(0.5);
  expect(paneAspect({ width: 0, height: 0 })).toBe(1);
});

test("a direction that was found stays while the graph is mostly the same and the pane has its form", () => {
  const graph = deployment(10);
  const nodes = new Set(graph.nodes.map(({ id }) => id));
  const found = { direction: "TB", aspect: 1, nodes } as const;
  const more = { ...graph, nodes: [...graph.nodes, ...smallStack().nodes.slice(0, 1)] };
  const auto = { direction: "auto", aspect: 1 } as const;
  expect(steadyDirection(more, auto, found)).toBe("TB");
  expect(steadyDirection(more, auto, null)).toBe("auto");
  expect(steadyDirection(more, { ...auto, aspect: 2 }, found)).toBe("auto");
  expect(steadyDirection(more, { ...auto, direction: "LR" }, found)).toBe("LR");
  expect(steadyDirection(smallStack(), auto, found)).toBe("auto");
  expect(steadyDirection({ ...graph, nodes: graph.nodes.slice(0, 2) }, auto, found)).toBe("auto");
});

describe.skipIf(!HAS_CHROMIUM)("the direction that a picture is drawn in", () => {
  let browser: Harness;
  let panel: PanelPage;
  beforeAll(async () => {
    browser = await harness();
    panel = await browser.open({ width: 520, height: 1000 });
  }, TIMEOUT);
  afterAll(() => browser?.close());

  const size = () =>
    panel.page.locator("svg.picture .scene").evaluate((scene) => {
      const { width, height } = (scene as SVGGElement).getBBox();
      return { width, height };
    });

  test("in a high pane is downwards for a long chain only", { timeout: TIMEOUT }, async () => {
    await panel.draw(hostile());
    const chain = await size();
    expect(chain.height).toBeGreaterThan(2 * chain.width);
    await panel.draw(smallStack());
    const stack = await size();
    expect(stack.width).toBeGreaterThan(stack.height);
    await panel.draw(deployment(30));
    const siblings = await size();
    expect(siblings.height).toBeGreaterThan(siblings.width);
  });
});
