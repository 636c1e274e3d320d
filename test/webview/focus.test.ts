import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { everyKind } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage } from "./support/harness.ts";

const TIMEOUT = 60_000;

/** What has the focus, in words, and whether that can be seen: by a frame, a shadow, or the light along a line. */
function focused(panel: PanelPage): Promise<{ readonly what: string; readonly isSeen: boolean }> {
  return panel.page.evaluate(() => {
    const element = document.activeElement as Element;
    const framed = (one: Element): boolean => {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(one);
      const hasOutline = outlineStyle !== "none" && outlineWidth !== "0px" && outlineColor !== "rgba(0, 0, 0, 0)";
      return hasOutline || boxShadow !== "none";
    };
    const halo = element.matches(".edge") ? element.querySelector(".halo") : null;
    const box = element.closest(".find-box");
    const name = element.getAttribute("aria-label") ?? element.getAttribute("name") ?? element.textContent ?? "";
    return {
      what: `${element.tagName.toLowerCase()} ${name.trim().slice(0, 40)}`,
      isSeen:
        framed(element) || (box !== null && framed(box)) || (halo !== null && getComputedStyle(halo).stroke !== "none"),
    };
  });
}

describe.skipIf(!HAS_CHROMIUM)("who works with the keyboard sees where they are", () => {
  let browser: Harness;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  test.each(["dark", "hc-light"] as const)(
    "at every stop of the Tab key, on every node and line (%s)",
    { timeout: TIMEOUT },
    async (theme) => {
      const panel = await browser.open({ theme });
      await panel.draw(everyKind());
      const stops = new Map<string, boolean>();
      for (let presses = 0; presses < 60; presses++) {
        await panel.page.keyboard.press("Tab");
        const { what, isSeen } = await focused(panel);
        if (what.startsWith("body") || stops.has(what)) continue;
        stops.set(what, isSeen);
      }
      expect(stops.size).toBeGreaterThan(12);
      await panel.page.locator("svg.picture").focus();
      for (const item of await panel.page.locator("svg.picture :is([data-node], .edge)").all()) {
        await panel.page.keyboard.press("ArrowRight");
        await item.focus();
        const { what, isSeen } = await focused(panel);
        stops.set(what, isSeen);
      }
      expect([...stops].filter(([, isSeen]) => !isSeen).map(([what]) => what)).toEqual([]);
      await panel.close();
    },
  );
});
