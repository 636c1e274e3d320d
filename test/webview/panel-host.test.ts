import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { DEFAULT_GRAPH_OPTIONS } from "#protocol";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { compared, deployment, everyKind, loneCharm, smallStack } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage, stateMessage } from "./support/harness.ts";

const TIMEOUT = 60_000;

describe.skipIf(!HAS_CHROMIUM)("the panel and its host, in Chromium", () => {
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
  const texts = (selector: string) => panel.page.locator(selector).allInnerTexts();
  const done = async () => {
    expect(await panel.violations(), "the page's policy was violated").toEqual([]);
    expect(await panel.sent("error"), "the panel reported an error").toEqual([]);
    await panel.close();
  };

  test("switches ask the host for another graph", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    const graph = smallStack();
    await panel.draw(graph, {
      choices: {
        topologies: [{ path: "prod.status.json", source: "status", label: "prod.status.json" }],
        layers: [{ name: "telemetry", label: "Telemetry" }],
        canCompare: true,
      },
    });
    await page.click("[role=tab] >> text=Settings");
    await page.uncheck("[name=hardened]");
    await page.selectOption("[name=tls]", "on");
    await page.selectOption("[name=topology]", "file:prod.status.json");
    await page.fill("[name=workerUnits]", "7");
    await page.keyboard.press("Tab");
    const last = (await panel.sent("options")).at(-1)?.options;
    expect(last).toEqual({
      ...DEFAULT_GRAPH_OPTIONS,
      mesh: { hardened: false, managed: true, modelOnMesh: false, autoAllowWaypoint: true },
      tls: true,
      topology: "prod.status.json",
      workerUnits: 7,
      hiddenLayers: [],
    });
    await done();
  });

  test("a question is put, answered, and its steps are shown", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(everyKind());
    await panel.post({ type: "askReach" });
    await page.waitForSelector(".reach-form:visible");
    await page.selectOption("[name=from]", "app:cos/grafana");
    await page.selectOption("[name=to]", "app:cos/tempo");
    await page.check("[name=via][value=service]");
    await page.fill("[name=port]", "99999");
    await page.click(".reach-form [type=submit]");
    expect(await page.locator(".reach .field-error").innerText()).toMatch(/65535/);
    expect(await page.evaluate(() => document.activeElement?.getAttribute("name"))).toBe("port");
    await page.fill("[name=port]", "3200");
    await page.selectOption("[name=method]", "GET");
    await page.fill("[name=path]", "/api/x");
    await page.click(".reach-form [type=submit]");
    const [question] = await panel.sent("canReach");
    expect(question?.query).toEqual({
      from: { application: "grafana", model: "cos" },
      to: { application: "tempo", model: "cos" },
      via: "service",
      port: 3200,
      method: "GET",
      path: "/api/x",
    });
    const answer = {
      allowed: true,
      certain: true,
      nearest: null,
      steps: [
        { at: "waypoint", verdict: "allow", policy: "tempo-api", text: "tempo-api allows it." },
        { at: "ztunnel", verdict: "allow", policy: null, text: "It passed the waypoint." },
      ],
    };
    // An answer without a request changes nothing.
    await panel.post({ type: "reach", id: 77, answer, error: null });
    await panel.post({ type: "reach", id: question?.id, answer, error: null });
    await page.waitForSelector(".reach-answer");
    expect(await page.locator(".reach-answer").innerText()).toMatch(
      /Allowed[\s\S]*Waypoint allows[\s\S]*tempo-api[\s\S]*ztunnel allows/,
    );
    await page.click(".reach-form [type=submit]");
    const second = (await panel.sent("canReach")).at(-1);
    await panel.post({ type: "reach", id: second?.id, answer: null, error: "tempo is not there" });
    await page.waitForSelector(".reach-result >> text=tempo is not there");
    await done();
  });

  test("groups say that they are groups, open and close", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    const graph = deployment(80);
    await panel.draw(graph);
    const closed = await page.locator("svg.picture .node").count();
    expect(closed).toBeLessThanOrEqual(60);
    expect(await page.locator("[data-notice=groups]").innerText()).toMatch(/80 shown as \d+/);
    const group = page.locator(".node-group").first();
    expect(await group.getAttribute("aria-expanded")).toBe("false");
    await group.focus();
    await page.keyboard.press("Enter");
    await page.waitForFunction((count) => document.querySelectorAll("svg.picture .node").length > count, closed);
    await page.click("text=Close all groups");
    await panel.drawn(closed);
    await done();
  });

  test("two states compared: words, a summary, widened first, and an end to it", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(compared(), { options: { ...DEFAULT_GRAPH_OPTIONS, compare: "main" } });
    expect(await panel.page.locator("[data-notice=compare]").innerText()).toMatch(
      /Compared with main: 1 opened, 1 widened, 1 closed, 1 narrowed/,
    );
    expect(await texts(".details h4")).toEqual(["Opened (1)", "Widened (1)", "Closed (1)", "Narrowed (1)"]);
    expect(await panel.page.locator(".edge-label.change-widened").textContent()).toMatch(/^\s*WIDENED\b/);
    await panel.page.click("text=Stop comparing");
    expect((await panel.sent("options")).at(-1)?.options.compare).toBeNull();
    await panel.page.click("button[title=Compare]");
    await panel.page.fill("[name=compare]", "HEAD~1");
    await panel.page.keyboard.press("Enter");
    expect((await panel.sent("options")).at(-1)?.options.compare).toBe("HEAD~1");
    await done();
  });

  test("a denied request: pasted lines go to the host, by pointer and by keyboard", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(compared());
    const { page } = panel;
    const field = page.getByRole("textbox", { name: "Lines of an access log" });
    const explain = page.locator("button[name=explain]");
    await page.click("button[title='Explain a Denied Request']");
    await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "log");
    expect(await explain.isDisabled()).toBe(true);
    await field.fill("first line\nsecond line");
    await explain.click();
    expect(await field.count()).toBe(0);

    await page.keyboard.press("Enter");
    // The field takes the focus once it is drawn.
    await page.waitForFunction(() => document.activeElement?.getAttribute("name") === "log");
    await page.keyboard.type("one");
    await page.keyboard.press("Enter");
    await page.keyboard.type("two");
    await page.keyboard.press("Control+Enter");
    await page.keyboard.press("Enter");
    await page.click("button[name=choose-log]");
    expect(await panel.sent("explain")).toEqual([
      { type: "explain", log: "first line\nsecond line" },
      { type: "explain", log: "one\ntwo" },
      { type: "explain", log: null },
    ]);
    await done();
  });

  test("a host that can't explain a log is not asked to", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(compared(), {
      abilities: { reveal: true, options: true, reach: true, explain: false, save: true },
    });
    expect(await panel.page.locator("button[title='Explain a Denied Request']").count()).toBe(0);
    await done();
  });

  test("one charm without mesh: says so, and offers to add it", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.draw(loneCharm());
    await panel.page.click("text=Add service mesh support…");
    expect(await panel.sent("command")).toEqual([{ type: "command", command: "charmMesh.addMeshSupport" }]);
    await done();
  });

  test("an empty workspace says what to do next", { timeout: TIMEOUT }, async () => {
    await opened();
    await panel.post(stateMessage(null, { empty: "No charm was found in this folder." }));
    await panel.page.waitForSelector("text=No charm was found in this folder.");
    await panel.page.click("text=Restart the language server");
    expect(await panel.sent("command")).toEqual([{ type: "command", command: "charmMesh.restartServer" }]);
    await done();
  });
});
