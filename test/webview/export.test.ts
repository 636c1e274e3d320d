import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standaloneHtml } from "#picture";
import { axeFindings } from "./support/axe.ts";
import { builtPanel } from "./support/built-panel.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { everyKind, hostile } from "./support/deployments.ts";
import { type Harness, harness } from "./support/harness.ts";

const TIMEOUT = 60_000;

describe.skipIf(!HAS_CHROMIUM)("exports and the page by itself, in Chromium", () => {
  let browser: Harness;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  test("each kind of export gives its file's content", { timeout: TIMEOUT }, async () => {
    const panel = await browser.open();
    const { page } = panel;
    const graph = everyKind();
    await panel.draw(graph);
    await panel.post({ type: "select", nodes: ["app:cos/tempo"], edges: [] });
    for (const kind of ["svg", "png", "mermaid", "markdown", "yaml", "json"]) {
      await page.click("button[title=Export]");
      await page.click(`[name=export-${kind}]`);
    }
    await page.waitForFunction(
      () =>
        (window as unknown as { sent: { type: string }[] }).sent.filter((one) => one.type === "export").length === 6,
    );
    const files = new Map((await panel.sent("export")).map(({ kind, content }) => [kind, content]));
    const svg = files.get("svg") ?? "";
    // Before the test itself parses the file in the page, whose policy forbids the file's style element there.
    expect(await panel.violations()).toEqual([]);
    const parsed = await page.evaluate((text) => {
      const file = new DOMParser().parseFromString(text, "image/svg+xml");
      const faded = [...file.querySelectorAll("[opacity]")].length;
      return {
        error: file.querySelector("parsererror")?.textContent ?? null,
        texts: [...file.querySelectorAll("text")].map((one) => one.textContent),
        faded,
        title: file.querySelector("title")?.textContent,
      };
    }, svg);
    expect(parsed.error).toBeNull();
    expect(parsed.faded).toBe(0);
    expect(parsed.title).toMatch(/^Traffic graph: 10 applications/);
    for (const node of graph.nodes) expect(parsed.texts.some((text) => text?.startsWith(node.label))).toBe(true);
    expect(svg).not.toMatch(/var\(|color-mix|context-stroke|url\(/);
    const png = Buffer.from(files.get("png") ?? "", "base64");
    expect(png.subarray(1, 4).toString()).toBe("PNG");
    expect(png.readUInt32BE(16)).toBeGreaterThan(1000);
    expect(files.get("mermaid")).toMatch(/^flowchart LR\n/);
    expect(files.get("markdown")).toMatch(/^```mermaid\n[\s\S]*```\n\n\| From \|/);
    expect(files.get("yaml")?.match(/^kind: AuthorizationPolicy$/gm)).toHaveLength(graph.policies.length);
    expect(JSON.parse(files.get("json") ?? "")).toEqual(graph);
    // The selection that the file left out is still there.
    expect(await page.locator(".node.selected").count()).toBe(1);
    await panel.close();
  });

  test("the page by itself draws, follows the reader's colours, and saves by download", {
    timeout: TIMEOUT,
  }, async () => {
    const parts = await builtPanel();
    const view = hostile();
    browser.serve(
      "/alone.html",
      standaloneHtml({ ...parts, view, title: `Mesh </title><script>window.broken = true</script>` }),
    );
    browser.serve("/stack.html", standaloneHtml({ ...parts, view: everyKind(), title: "everything" }));
    const first = await browser.open({ path: "/alone.html", colorScheme: "light" });
    await first.drawn(view.nodes.length);
    expect(await first.page.evaluate(() => (window as unknown as { broken?: boolean }).broken)).toBeUndefined();
    await first.close();

    const panel = await browser.open({ path: "/stack.html", colorScheme: "light" });
    const { page } = panel;
    await panel.drawn(10);
    const ground = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    expect(await ground()).toBe("rgb(255, 255, 255)");
    expect(await axeFindings(page)).toEqual([]);
    await page.emulateMedia({ colorScheme: "dark" });
    await page.waitForFunction(() => getComputedStyle(document.body).backgroundColor === "rgb(31, 31, 31)");
    expect(await axeFindings(page)).toEqual([]);
    await page.locator('[data-node="app:cos/tempo"]').click();
    expect(await page.locator(".details .place").first().innerText()).toBe("bundle.yaml:4");
    expect(await page.locator(".details button.place").count()).toBe(0);
    await page.click("[role=tab] >> text=Can A reach B?");
    await page.click(".reach-form [type=submit]");
    expect(await page.locator(".reach-result pre").innerText()).toMatch(/^charm-mesh can --from \S+@cos --to /);
    await page.click("[role=tab] >> text=Settings");
    expect(await page.locator("[name=hardened]").isDisabled()).toBe(true);
    await page.click("button[title=Export]");
    const [download] = await Promise.all([page.waitForEvent("download"), page.click("[name=export-json]")]);
    expect(download.suggestedFilename()).toBe("mesh-traffic.json");
    expect(JSON.parse(readFileSync(await download.path(), "utf8"))).toEqual(everyKind());
    await panel.close();
  });
});
