import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { StateMessage } from "#protocol";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { everyKind } from "./support/deployments.ts";
import { type Harness, harness, type OpenOptions, stateMessage } from "./support/harness.ts";

const TIMEOUT = 60_000;

/** A host that has its answer to `ready` at hand. */
const answering = (state: StateMessage) => `
  window.answer = ({ type }) => { if (type === "ready") window.postMessage(${JSON.stringify(state)}, "*"); };`;

/** Keeps what drawing workers are asked for; `taken`: whether it reaches them. */
const counting = (taken: string) => `
  window.orders = [];
  const post = Worker.prototype.postMessage;
  Worker.prototype.postMessage = function (order) {
    window.orders.push(order.text);
    if (${taken}) return post.call(this, order);
  };`;

describe.skipIf(!HAS_CHROMIUM)("the first picture, in Chromium", () => {
  let browser: Harness;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  const opened = async (options: OpenOptions) => (await browser.open(options)).page;
  const orders = (page: Page) => page.evaluate(() => (window as unknown as { orders: string[] }).orders);

  test("a graph that is there at once is ordered once, and shown with all that stands beside it", {
    timeout: TIMEOUT,
  }, async () => {
    const page = await opened({ before: answering(stateMessage(everyKind())) + counting("true") });
    await page.waitForSelector("svg.picture .node");
    expect(await page.locator("svg.picture .node").count()).toBe(10);
    expect(await page.locator("[role=tab]").count()).toBe(3);
    await page.waitForTimeout(500);
    // A picture much wider than its pane is tried the other way as well. What is ordered next is never the same again.
    const texts = await orders(page);
    expect(texts[0]).toMatch(/^flowchart LR/);
    expect(texts.filter((text, at) => text === texts[at - 1])).toEqual([]);
    await page.context().close();
  });

  test("it is drawn as the window left it before it was loaded anew", { timeout: TIMEOUT }, async () => {
    const kept = { version: 1, options: stateMessage(everyKind()).options, view: { direction: "TB", hide: "backend" } };
    const keep = `sessionStorage.setItem("state", ${JSON.stringify(JSON.stringify(kept))});`;
    const page = await opened({ before: keep + answering(stateMessage(everyKind())) + counting("true") });
    await page.waitForSelector("svg.picture .node");
    expect(await page.inputValue("[name=hide]")).toBe("backend");
    const [text, ...others] = await orders(page);
    expect(text).toContain("flowchart TB");
    expect(others).toEqual([]);
    await page.context().close();
  });

  test("a picture that takes its time keeps nothing else waiting", { timeout: TIMEOUT }, async () => {
    const page = await opened({ before: answering(stateMessage(everyKind())) + counting("false") });
    await page.waitForSelector("[role=tab]");
    await page.waitForSelector("text=Drawing…");
    expect(await page.locator("svg.picture .node").count()).toBe(0);
    await page.context().close();
  });

  test("nothing to draw is told at once", { timeout: TIMEOUT }, async () => {
    const state = { ...stateMessage(null), empty: "Nothing here." };
    const page = await opened({ before: answering(state) + counting("true") });
    await page.waitForSelector("text=Nothing here.");
    expect(await orders(page)).toEqual([]);
    await page.context().close();
  });
});
