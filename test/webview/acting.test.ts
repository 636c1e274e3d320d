import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { standaloneHtml } from "#picture";
import { axeFindings } from "./support/axe.ts";
import { builtPanel } from "./support/built-panel.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { everyKind, hostile, smallStack } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage } from "./support/harness.ts";

const TIMEOUT = 60_000;

describe.skipIf(!HAS_CHROMIUM)("what a person does with the panel, in Chromium", () => {
  let browser: Harness;
  let panel: PanelPage;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  const opened = async (...options: Parameters<Harness["open"]>) => {
    panel = await browser.open(...options);
    return panel;
  };
  const done = async () => {
    expect(await panel.violations(), "the page's policy was violated").toEqual([]);
    expect(await panel.sent("error"), "the panel reported an error").toEqual([]);
    await panel.close();
  };

  test("the host's context menu: its context, and each of its entries", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    const graph = smallStack();
    await panel.draw(graph);
    const context = (selector: string) =>
      page
        .locator(selector)
        .first()
        .evaluate((one) => JSON.parse((one as SVGElement).dataset["vscodeContext"] ?? ""));
    expect(await context('[data-node="app:cos/loki"]')).toEqual({
      webviewSection: "node",
      elementKind: "node",
      elementId: "app:cos/loki",
    });
    expect(await context(".edge-label")).toMatchObject({ webviewSection: "edge", elementKind: "edge" });
    expect(await context("svg.picture")).toEqual({ preventDefaultContextMenuItems: true });
    // VS Code shows the menu: the panel shows none of its own.
    await page.locator('[data-node="app:cos/loki"]').click({ button: "right" });
    expect(await page.locator("[role=menu]").count()).toBe(0);

    const chosen = (action: string) => panel.post({ type: "menu", action, kind: "node", id: "app:cos/loki" });
    await chosen("source");
    await expect.poll(() => panel.sent("reveal")).toHaveLength(1);
    await chosen("copyIdentity");
    await chosen("copyFind");
    await expect
      .poll(async () => (await panel.sent("copy")).map(({ text }) => text))
      .toEqual(["cluster.local/ns/cos/sa/loki", "app = loki"]);
    await chosen("neighbours");
    await page.waitForSelector("[data-notice=only] >> text=Only loki and its neighbours");
    const near = graph.edges.filter(({ source, target }) => [source, target].includes("app:cos/loki"));
    const flows = () =>
      page
        .locator(".edge[role=button]")
        .evaluateAll((all) => all.flatMap((one) => one.getAttribute("data-flows")?.split("\n") ?? []).length);
    await expect.poll(flows).toBe(near.length);
    await page.click("text=Show everything");
    await panel.drawn(graph.nodes.length);
    await chosen("hide");
    await panel.drawn(graph.nodes.length - 1);
    expect(await page.inputValue("[name=hide]")).toBe("app = loki");
    await done();
  });

  test("what can it reach, and who can reach it: all of them with verdicts, lit in the picture", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    const { page } = panel;
    const graph = everyKind();
    await panel.draw(graph);
    await page.locator('[data-node="app:cos/tempo"]').click();
    await page.click("text=Who can reach it?");
    const callers = new Set(
      graph.edges
        .filter(({ kind, target, source }) => kind !== "mesh" && target === "app:cos/tempo" && source !== target)
        .map(({ source }) => source),
    );
    expect(await page.locator(".reach-list > details").count()).toBe(callers.size);
    expect(await page.locator(".reach-list h2").innerText()).toContain("Who can reach tempo?");
    expect(await page.locator(".reach-list summary .chip").count()).toBe(callers.size);
    const lit = await page
      .locator(".node:not(.aside)")
      .evaluateAll((all) => all.map((one) => one.getAttribute("data-node")));
    expect(new Set(lit)).toEqual(new Set([...callers, "app:cos/tempo"]));
    expect(await axeFindings(page)).toEqual([]);
    await page.click("[aria-label='Close the list']");
    expect(await page.locator(".reach-list").count()).toBe(0);
    await done();
  });

  test("a telemetry hop lights and lists its whole path", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(smallStack());
    const worker = smallStack().nodes.find(({ kind }) => kind === "worker");
    await page.locator(`[data-node="${worker?.id}"]`).click();
    const steps = await page.locator(".path-steps").first().locator("li").allInnerTexts();
    expect(steps.join("\n")).toMatch(/→ tempo/);
    expect(steps.join("\n")).toContain(":3300 · /proxy/loki/{unit}/push · http");
    expect(steps.join("\n")).toContain("tempo → loki");
    expect(steps.join("\n")).toContain(":3100 · /loki/api/v1/push");
    for (const step of steps) expect(step).toMatch(/Allowed|Denied|Unknown/);
    expect(await page.locator('[data-node="app:cos/loki"].lit').count()).toBe(1);
    await done();
  });

  test("the cursor moves the details, a click takes them back", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(everyKind());
    const heading = () => page.locator(".details h2").innerText();
    await panel.post({ type: "highlight", nodes: ["app:cos/loki"], edges: [] });
    await expect.poll(heading).toBe("loki");
    const edge = everyKind().edges.find(({ kind }) => kind === "service");
    await panel.post({ type: "highlight", nodes: [], edges: [edge?.id ?? ""] });
    await expect.poll(heading).toMatch(/\n/);
    await page.locator('[data-node="app:cos/tempo"]').click();
    expect(await heading()).toBe("tempo");
    await panel.post({ type: "highlight", nodes: [], edges: [] });
    expect(await heading()).toBe("tempo");
    await done();
  });

  test("the Mermaid view: the text with Copy, and its picture by mermaid, loaded only then", {
    // mermaid is bundled first, and draws each text twice.
    timeout: 3 * TIMEOUT,
  }, async () => {
    await opened();
    const { page } = panel;
    const loaded: string[] = [];
    page.on("request", (request) => loaded.push(new URL(request.url()).pathname));
    for (const graph of [everyKind(), hostile()]) {
      await panel.draw(graph);
      if (graph.nodes.length === everyKind().nodes.length) expect(loaded).not.toContain("/mermaid-view.js");
      await page.click("[name=mode-mermaid]");
      expect(await page.locator(".mermaid-pane pre").innerText()).toMatch(/^flowchart LR/);
      const image = page.locator(".mermaid-picture img");
      await image.waitFor({ timeout: 30_000 });
      await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(200);
      const address = decodeURIComponent((await image.getAttribute("src")) ?? "");
      const names = everyKind().nodes.map(({ label }) => label);
      if (graph.nodes.length === names.length && graph.nodes[0]?.label === names[0])
        for (const name of names) expect(address).toContain(name);
      expect(await axeFindings(page)).toEqual([]);
      await page.click("[aria-label='Copy the Mermaid text']");
      await page.click("[name=mode-graph]");
    }
    expect(loaded.filter((path) => path === "/mermaid-view.js")).toHaveLength(1);
    expect((await panel.sent("copy"))[0]?.text).toMatch(/^flowchart LR/);
    expect(await page.evaluate(() => (window as unknown as { broken?: boolean }).broken)).toBeUndefined();
    // The page's policy refuses mermaid's inline styles, which the picture gets by another way; nothing else is refused.
    expect((await panel.violations()).filter((one) => !one.startsWith("style-src"))).toEqual([]);
    await panel.close();
  });

  test.each(["dark", "light", "hc-dark", "hc-light"] as const)(
    "what fades stays readable (%s)",
    { timeout: TIMEOUT },
    async (theme) => {
      await opened({ theme });
      const { page } = panel;
      await panel.draw(everyKind());
      await page.locator('[data-node="app:cos/loki"]').click();
      const contrasts = await page.locator(".node.aside text").evaluateAll((texts) => {
        const channels = (colour: string) => (colour.match(/[\d.]+/g) ?? []).slice(0, 3).map(Number);
        const light = (colour: string) => {
          const scaled = colour.startsWith("color(")
            ? channels(colour.replace("srgb", ""))
            : channels(colour).map((one) => one / 255);
          const [r = 0, g = 0, b = 0] = scaled.map((one) =>
            one <= 0.03928 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4,
          );
          return 0.2126 * r + 0.7152 * g + 0.0722 * b;
        };
        return texts.map((text) => {
          let opacity = 1;
          for (let at: Element | null = text; at; at = at.parentElement)
            opacity *= Number(getComputedStyle(at).opacity);
          const [ink, ground] = [
            light(getComputedStyle(text.querySelector("tspan") ?? text).fill),
            light(getComputedStyle(document.body).backgroundColor),
          ];
          return { opacity, contrast: (Math.max(ink, ground) + 0.05) / (Math.min(ink, ground) + 0.05) };
        });
      });
      expect(contrasts.length).toBeGreaterThan(3);
      for (const { opacity, contrast } of contrasts) {
        expect(opacity).toBe(1);
        expect(contrast).toBeGreaterThanOrEqual(4.5);
      }
      await done();
    },
  );

  test("the wheel pans, and with Ctrl it zooms about the pointer", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(everyKind());
    const node = page.locator('[data-node="app:cos/loki"]');
    const middle = async () => {
      const box = await node.boundingBox();
      return {
        x: (box?.x ?? 0) + (box?.width ?? 0) / 2,
        y: (box?.y ?? 0) + (box?.height ?? 0) / 2,
        width: box?.width ?? 0,
      };
    };
    const before = await middle();
    await page.mouse.move(before.x, before.y);
    await page.keyboard.down("Control");
    await page.mouse.wheel(0, -200);
    await page.keyboard.up("Control");
    await expect.poll(async () => (await middle()).width).toBeGreaterThan(before.width * 1.1);
    const zoomed = await middle();
    expect(Math.abs(zoomed.x - before.x)).toBeLessThan(3);
    expect(Math.abs(zoomed.y - before.y)).toBeLessThan(3);
    await page.mouse.wheel(30, 0);
    await expect.poll(async () => Math.round(zoomed.x - (await middle()).x)).toBe(30);
    await done();
  });

  test("a page by itself has the same menu, by pointer and by keyboard", { timeout: TIMEOUT }, async () => {
    const parts = await builtPanel();
    browser.serve("/menu.html", standaloneHtml({ ...parts, view: smallStack(), title: "stack" }));
    const { page, drawn, close } = await browser.open({ path: "/menu.html", colorScheme: "light" });
    await drawn(5);
    // A page has no language server that could read a log.
    expect(await page.locator("button[title='Explain a Denied Request']").count()).toBe(0);
    const entries = page.locator("[role=menu] [role=menuitem]");
    await page.locator('[data-node="app:cos/loki"]').click({ button: "right" });
    expect(await entries.allInnerTexts()).toEqual([
      "What Can It Reach?",
      "Who Can Reach It?",
      "Show Only Its Neighbours",
      "Hide",
      "Copy Identity",
      "Copy Find Expression",
    ]);
    expect(await axeFindings(page)).toEqual([]);
    await page.keyboard.press("Escape");
    expect(await entries.count()).toBe(0);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("data-node"))).toBe("app:cos/loki");
    await page.locator('[data-node="app:cos/loki"]').click({ button: "right" });
    for (let presses = 0; presses < 3; presses++) await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await drawn(4);
    expect(await page.inputValue("[name=hide]")).toBe("app = loki");
    await close();
  });
});
