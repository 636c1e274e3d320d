import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { HostMessage } from "#protocol";
import { axeFindings } from "./support/axe.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { deployment, everyKind, hostile, smallStack, tangle } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage, stateMessage } from "./support/harness.ts";

const TIMEOUT = 60_000;

describe.skipIf(!HAS_CHROMIUM)("what the panel survives, in Chromium", () => {
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
  const nodes = () => panel.page.locator("svg.picture .node").count();

  test("messages in any order and of any kind", { timeout: TIMEOUT }, async () => {
    await opened();
    const graph = smallStack();
    const early: unknown[] = [
      { type: "highlight", nodes: ["app:cos/tempo"], edges: [] },
      { type: "select", nodes: ["app:cos/tempo"], edges: [] },
      { type: "exportRequest", kind: "svg" },
      { type: "askReach" },
      { type: "reach", id: 3, answer: null, error: "nobody asked" },
      { type: "busy", text: "…" },
      { type: "notice", severity: "warning", text: "careful" },
      { type: "select", nodes: ["app:cos/gone"], edges: ["no:such->edge"] },
    ] satisfies HostMessage[];
    for (const message of early) await panel.post(message);
    for (const junk of [
      null,
      7,
      "text",
      [],
      {},
      { type: "unheard-of" },
      { type: "state" },
      { type: "state", graph: { version: 2 } },
    ])
      await panel.post(junk);
    await panel.draw(graph);
    expect(await nodes()).toBe(graph.nodes.length);
    expect((await panel.sent("error")).length).toBe(8);
    await panel.post({ type: "select", nodes: ["app:cos/tempo"], edges: [] });
    await panel.page.waitForSelector(".node.selected[data-node='app:cos/tempo']");
    expect(await panel.page.locator(".node.pointed").count()).toBe(1);
    await panel.post({ type: "highlight", nodes: [], edges: [] });
    await panel.page.waitForFunction(() => document.querySelectorAll(".node.pointed").length === 0);
    await panel.close();
  });

  test("a charm that breaks while it is edited: the last good picture stays, marked, with the reason", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    await panel.draw(smallStack());
    await panel.post(stateMessage(null, { stale: "coordinator/src/charm.py:12 can't be read." }));
    await panel.page.waitForSelector("[data-notice=stale] >> text=charm.py:12");
    expect(await nodes()).toBe(5);
    await panel.draw(everyKind());
    expect(await panel.page.locator("[data-notice=stale]").count()).toBe(0);
    expect(await nodes()).toBe(10);
    await panel.close();
  });

  test("charms that appear and vanish", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(smallStack());
    await panel.post(stateMessage(null, { empty: "The last charm is gone." }));
    await panel.page.waitForSelector("text=The last charm is gone.");
    expect(await nodes()).toBe(0);
    await panel.draw(smallStack());
    expect(await nodes()).toBe(5);
    expect(await panel.page.locator(".full-state:visible").count()).toBe(0);
    await panel.close();
  });

  test("fifty states at once: only wanted pictures are shown, and the last one stays", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    await panel.draw(smallStack());
    const before = Number(await panel.page.locator("svg.picture").getAttribute("data-drawings"));
    const states = Array.from({ length: 50 }, (_, at) => stateMessage(at === 49 ? everyKind() : deployment(20 + at)));
    await panel.page.evaluate((all) => {
      for (const state of all) window.postMessage(state, "*");
    }, states);
    await panel.drawn(everyKind().nodes.length);
    await panel.page.waitForTimeout(400);
    expect(await nodes()).toBe(everyKind().nodes.length);
    const drawings = Number(await panel.page.locator("svg.picture").getAttribute("data-drawings")) - before;
    expect(drawings).toBeLessThan(10);
    await panel.close();
  });

  test("a reload of the window: view, expressions and selection come back", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(everyKind());
    await page.fill("[name=find]", "layer = l7");
    await page.fill("[name=hide]", "internal");
    await panel.post({ type: "select", nodes: ["app:cos/grafana"], edges: [] });
    await page.click("[role=tab] >> text=Settings");
    await page.waitForTimeout(600);
    await panel.reload();
    expect(await panel.sent("ready")).toHaveLength(1);
    await panel.draw(everyKind());
    expect(await page.inputValue("[name=find]")).toBe("layer = l7");
    expect(await page.inputValue("[name=hide]")).toBe("internal");
    expect(await page.locator("[role=tab][aria-selected=true]").innerText()).toBe("Settings");
    expect(await page.locator(".node.selected").getAttribute("data-node")).toBe("app:cos/grafana");
    expect(await page.locator(".edge-internal").count()).toBe(0);
    // State of another version, or of another program, does no harm.
    await page.evaluate(() =>
      sessionStorage.setItem("state", JSON.stringify({ version: 1, view: { mode: "hologram", find: 7 } })),
    );
    await panel.reload();
    await panel.draw(smallStack());
    expect(await nodes()).toBe(5);
    await panel.close();
  });

  test("what was just typed or set is kept when the page is left at once", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(everyKind());
    await panel.page.fill("[name=find]", "layer = l7");
    const kept = await panel.page.evaluate(() => {
      (document.activeElement as HTMLElement).blur();
      window.dispatchEvent(new Event("blur"));
      return JSON.parse(sessionStorage.getItem("state") ?? "null")?.view.find;
    });
    expect(kept).toBe("layer = l7");
    await panel.close();
  });

  test("a page without workers draws all the same", { timeout: TIMEOUT }, async () => {
    await opened({ policy: "no-workers" });
    await panel.draw(everyKind());
    expect(await nodes()).toBe(10);
    await panel.draw(smallStack());
    expect(await nodes()).toBe(5);
    await panel.close();
  });

  test("a graph that the layout refuses: the reason, and the table in its place", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(smallStack());
    const graph = tangle();
    await panel.post(stateMessage(graph));
    await page.waitForSelector("[data-notice=drawing] >> text=too large to draw");
    expect(await axeFindings(page)).toEqual([]);
    expect(await page.locator(".table-scroll tbody tr").count()).toBeGreaterThan(0);
    expect(await nodes()).toBe(0);
    await panel.draw(smallStack());
    expect(await nodes()).toBe(5);
    await panel.close();
  });

  test("hostile names run nothing, load nothing and break nothing", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    const requests: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    await panel.draw(hostile());
    for (const at of [0, 1, 2, 5, 9]) {
      await page.evaluate(
        (index) => (document.querySelectorAll("svg.picture .edge")[index] as SVGElement | undefined)?.focus(),
        at,
      );
      await page.keyboard.press("Enter");
    }
    await page.click("[name=mode-table]");
    await page.click("[name=table-applications]");
    await page.click("[role=tab] >> text=Can A reach B?");
    expect(await page.evaluate(() => (window as unknown as { broken?: boolean }).broken)).toBeUndefined();
    expect(await page.locator(".charm-mesh script, .charm-mesh img, .charm-mesh iframe, .charm-mesh a").count()).toBe(
      0,
    );
    expect(requests.filter((url) => !url.startsWith("blob:"))).toEqual([]);
    expect(await panel.violations()).toEqual([]);
    await panel.close();
  });

  test("a theme that changes while the panel is open", { timeout: TIMEOUT }, async () => {
    await opened({ theme: "dark" });
    await panel.draw(smallStack());
    const stroke = () =>
      panel.page.locator(".edge-denied[data-edge] .line").evaluate((line) => getComputedStyle(line).stroke);
    const dark = await stroke();
    await panel.theme("light");
    expect(await stroke()).not.toBe(dark);
    expect(await nodes()).toBe(5);
    await panel.close();
  });

  test("reduced motion: nothing moves by itself", { timeout: TIMEOUT }, async () => {
    await opened({ reducedMotion: true });
    await panel.post({ type: "busy", text: "Reading…" });
    const moving = await panel.page.evaluate(() => document.getAnimations().length);
    expect(moving).toBe(0);
    await panel.close();
  });

  test("changes are said to screen readers", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(smallStack());
    await panel.page.waitForFunction(() =>
      document.querySelector("[aria-live=polite]")?.textContent?.startsWith("Picture drawn: 5 applications"),
    );
    await panel.page.locator('[data-node="app:cos/loki"]').click();
    await panel.page.waitForFunction(() =>
      document.querySelector("[aria-live=polite]")?.textContent?.startsWith("loki, telemetry backend"),
    );
    await panel.close();
  });

  test("the sidebar's size is changed with the keyboard, and the panel fits a narrow column", {
    timeout: TIMEOUT,
  }, async () => {
    await opened({ width: 1400 });
    const { page } = panel;
    await panel.draw(smallStack());
    const width = () => page.locator(".sidebar").evaluate((sidebar) => sidebar.clientWidth);
    const before = await width();
    await page.locator("[role=separator]").focus();
    await page.keyboard.press("ArrowLeft");
    expect(await width()).toBeGreaterThan(before);
    await page.setViewportSize({ width: 500, height: 800 });
    await page.waitForSelector(".panel.narrow");
    // In a narrow column the picture has all the room until the sidebar is wanted.
    expect(await page.locator(".sidebar").count()).toBe(0);
    await page.locator('[data-node="app:cos/loki"]').click();
    await page.waitForSelector(".details h2");
    expect(await page.locator("[role=separator]").getAttribute("aria-orientation")).toBe("horizontal");
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);
    await panel.close();
  });
});
