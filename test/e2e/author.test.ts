import path from "node:path";
import type { Frame } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";

// A charm author's way through the product: the main job, in a real VS Code.
describe.skipIf(SKIPPED.oldest !== undefined)("an author opens a workspace with a coordinator and its workers", () => {
  let editor: Editor;
  let panel: Frame;
  const charm = "coordinator/src/charm.py";

  beforeAll(async () => {
    editor = await startedEditor({ sample: "observability" });
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail") await editor.picture(`failed-${task.name.slice(0, 40).replaceAll(" ", "-")}`);
  });
  afterAll(() => editor?.stop());

  test("the extension wakes up by itself and finds nothing wrong", async () => {
    await editor.openFile(charm);
    await editor.page.locator(".codelens-decoration", { hasText: "Show traffic graph" }).waitFor();
    expect(await editor.problems()).toEqual({ errors: 0, warnings: 0 });
  });

  test("a diagnostic appears after an edit, says what is wrong, and vanishes after its undo", async () => {
    await editor.placeCursorBehind(charm, '"logging": "logging');
    await editor.page.keyboard.type("x");
    await expect.poll(() => editor.problems()).toEqual({ errors: 1, warnings: 0 });
    await editor.page.locator(".squiggly-error").waitFor();
    await editor.run("Go to Next Problem (Error, Warning, Info)");
    const zone = editor.page.locator(".zone-widget .descriptioncontainer");
    await zone.getByText("loggingx", { exact: false }).first().waitFor();
    await zone.getByText("undeclared-endpoint").first().waitFor();
    await editor.picture("diagnostic");
    await editor.page.keyboard.press("Escape");
    await editor.page.keyboard.press("Control+Z");
    await expect.poll(() => editor.problems()).toEqual({ errors: 0, warnings: 0 });
    expect(await editor.page.locator(".squiggly-error").count()).toBe(0);
  });

  test("the graph shows the coordinator, its workers and a way through the telemetry proxy", async () => {
    await editor.run("Charm Mesh: Show Traffic Graph");
    panel = await editor.webview();
    const nodes = panel.locator("svg [data-node]");
    await nodes.first().waitFor();
    const names = await nodes.evaluateAll((all) => all.map((node) => node.getAttribute("data-node")));
    expect(names).toEqual(
      expect.arrayContaining([
        "app:model/quarry",
        "app:model/quarry-ingest",
        "app:model/quarry-query",
        "app:model/loki",
      ]),
    );
    const hops = await panel
      .locator("svg .edge-telemetry[data-flows]")
      .evaluateAll((all) => all.flatMap((edge) => edge.getAttribute("data-flows")?.split("\n") ?? []));
    expect(
      hops.some((hop) => hop.includes("app:model/quarry-ingest->app:model/quarry:logs:") && hop.endsWith("to-proxy")),
    ).toBe(true);
    expect(
      hops.some((hop) => hop.includes("app:model/quarry->app:model/loki:logs:") && hop.endsWith("from-proxy")),
    ).toBe(true);
    await editor.picture("graph");
  });

  test("a double click on an edge opens the line that it follows from", async () => {
    // The whole picture is too small for labels in a panel this narrow: a person zooms in first.
    let inSight = await edgesInSight(panel);
    for (let step = 0; inSight.length === 0 && step < 8; step++) {
      await panel.getByRole("button", { name: "Zoom in" }).click();
      inSight = await edgesInSight(panel);
    }
    const label = panel.locator(`svg .edge-label[data-edge="${inSight[0]}"]`);
    await label.click();
    await label.dblclick();
    const place = panel.locator(".details .place").first();
    const [, file = "", line = ""] = /([\w./-]+):(\d+)/.exec((await place.getAttribute("title")) ?? "") ?? [];
    expect(file).toMatch(/charm\.py$|charmcraft\.yaml$|bundle\.yaml$/);
    await expect.poll(() => editor.cursorLine()).toBe(Number(line));
    await editor.page.locator(".tab.active", { hasText: path.basename(file) }).waitFor();
    await editor.picture("edge-clicked");
  });

  test("the cursor on a policy's line lights its edge up", async () => {
    await editor.openFile(charm);
    await editor.placeCursorBehind(charm, "AppPolicy(");
    await panel
      .locator("svg .edge.pointed[data-edge^='service:app:model/storefront->app:model/quarry:']")
      .waitFor({ state: "attached" });
  });

  test("the picture follows an edit and its undo", async () => {
    const edge = panel.locator("svg .edge[data-edge^='service:app:model/storefront->app:model/quarry:']");
    await expect.poll(() => edge.getAttribute("class")).toContain("verdict-allowed");
    await editor.placeCursorBehind(charm, 'relation="quarry-api');
    await editor.page.keyboard.type("x");
    await edge.waitFor({ state: "detached" });
    await editor.page.keyboard.press("Control+Z");
    await edge.waitFor({ state: "attached" });
  });

  test("the effective policies open as a text of their own", async () => {
    await editor.run("Charm Mesh: Show Effective Policies");
    await editor.page.locator(".tab.active", { hasText: "Mesh Policies" }).waitFor();
    await editor.page
      .locator(".view-line", { hasText: /^ORIGIN/ })
      .first()
      .waitFor();
    await editor.picture("policies");
  });
});

/** The edges whose labels can be seen and clicked. */
function edgesInSight(panel: Frame): Promise<(string | null)[]> {
  return panel.locator("svg .edge-label[data-edge]").evaluateAll((labels) => {
    const isInSight = (label: Element): boolean => {
      const { x, y, width, height } = label.getBoundingClientRect();
      return document.elementFromPoint(x + width / 2, y + height / 2)?.closest("[data-edge]") === label;
    };
    return labels.filter(isInSight).map((label) => label.getAttribute("data-edge"));
  });
}
