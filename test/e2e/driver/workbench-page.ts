import { mkdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { chromiumPath } from "../../../scripts/start/chromium.mts";

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** What a person does in VS Code, and what they see. */
export interface WorkbenchPage {
  readonly page: Page;
  readonly run: (command: string) => Promise<void>;
  readonly openFile: (name: string) => Promise<void>;
  /** Opens a file with the cursor behind the first text like this, as the file is on disk. */
  readonly placeCursorBehind: (name: string, text: string) => Promise<void>;
  /** What the status bar counts. */
  readonly problems: () => Promise<{ readonly errors: number; readonly warnings: number }>;
  /** The line that the status bar names, from 1. */
  readonly cursorLine: () => Promise<number>;
  readonly webview: () => Promise<Frame>;
  /** Keeps a picture under artifacts/e2e. */
  readonly picture: (name: string) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Opens a workbench in a browser of its own and waits until its explorer stands. `folder` holds the files as they are on disk. */
export async function openedWorkbench(address: string, folder: string): Promise<WorkbenchPage> {
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("no Chromium: set CHARM_MESH_CHROMIUM");
  const browser: Browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(address);
  await page.locator(".monaco-workbench .explorer-folders-view .monaco-list-row").first().waitFor({ timeout: 60_000 });

  const palette = async (key: string, text: string): Promise<void> => {
    // Out of a webview, whose keys the browser might take for itself.
    const beside = page.locator(".part.sidebar .title-label");
    if (await beside.isVisible()) await beside.click();
    await page.keyboard.press(key);
    const input = page.locator(".quick-input-widget:visible input[type='text']");
    await input.waitFor();
    await input.fill(text);
  };
  const open = async (name: string, place: string): Promise<void> => {
    await palette("Control+P", `${name}${place}`);
    const [above, file] = [path.dirname(name), path.basename(name)];
    const row = page.locator(".quick-input-list .monaco-list-row", { hasText: file }).filter({ hasText: above });
    await row.first().click();
    await page.locator(".tab.active", { hasText: file }).waitFor();
  };
  return {
    page,
    run: async (command) => {
      await palette("F1", `>${command}`);
      await page.locator(".quick-input-list .monaco-list-row", { hasText: command }).first().click();
    },
    openFile: (name) => open(name, ""),
    placeCursorBehind: (name, text) => {
      const whole = readFileSync(path.join(folder, name), "utf8");
      const at = whole.indexOf(text);
      if (at < 0) throw new Error(`${name} does not hold ${text}`);
      const lines = whole.slice(0, at + text.length).split("\n");
      return open(name, `:${lines.length}:${(lines.at(-1) ?? "").length + 1}`);
    },
    problems: async () => {
      const text = await page.locator("#status\\.problems").textContent();
      const [errors = -1, warnings = -1] = (text?.match(/\d+/g) ?? []).map(Number);
      return { errors, warnings };
    },
    cursorLine: async () =>
      Number(/Ln (\d+)/.exec((await page.locator("#status\\.editor\\.selection").textContent()) ?? "")?.[1]),
    webview: async () => {
      await page.locator("iframe.webview").first().waitFor({ state: "attached" });
      for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(100)) {
        const inner = page.frames().find((frame) => frame.name() === "pending-frame" || /fake\.html/.test(frame.url()));
        if (inner && (await inner.locator("body").count()) > 0) return inner;
      }
      throw new Error("the webview's inner frame did not appear");
    },
    picture: async (name) => {
      const pictures = path.resolve("artifacts", "e2e");
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    },
    close: () => browser.close(),
  };
}
