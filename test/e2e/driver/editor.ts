import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Browser, chromium, type Frame, type Page } from "playwright-core";
import { chromiumPath } from "../../../scripts/start/chromium.mjs";
import { installedCodeServer, type Release } from "../../../scripts/start/code-server-install.mjs";
import { startedWorkbench } from "../../../scripts/start/workbench.mjs";

/** Why end-to-end tests in a release can't run here (scripts/test.mjs says); undefined where they can. */
export const SKIPPED: Readonly<Record<Release, string | undefined>> = {
  oldest: process.env["CHARM_MESH_SKIPPED_OLDEST"],
  newest: process.env["CHARM_MESH_SKIPPED_NEWEST"],
};

const CHROMIUM_FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** A real VS Code in a real browser, on a copy of a workspace. */
export interface Editor {
  readonly page: Page;
  /** The copy's folder. */
  readonly folder: string;
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
  readonly stop: () => Promise<void>;
}

export interface EditorOptions {
  readonly sample: string;
  readonly release?: Release;
  readonly settings?: Readonly<Record<string, unknown>>;
}

/** Tests and tools run in the repository. */
const root = path.resolve(".");

/** Starts VS Code with the packed extension on a copy of a sample workspace and waits until its workbench stands. */
export async function startedEditor({ sample, release = "oldest", settings = {} }: EditorOptions): Promise<Editor> {
  const home = mkdtempSync(path.join(tmpdir(), "charm-mesh-e2e-"));
  const folder = path.join(home, sample);
  cpSync(path.join(root, "samples", sample), folder, { recursive: true });
  const workbench = await startedWorkbench({
    codeServer: await installedCodeServer(release, () => undefined),
    extensions: [path.join(root, "dist", "charm-mesh.vsix")],
    folder,
    home,
    settings: {
      "workbench.startupEditor": "none",
      "security.workspace.trust.enabled": false,
      "workbench.tips.enabled": false,
      "chat.commandCenter.enabled": false,
      "editor.minimap.enabled": false,
      "files.autoSave": "off",
      ...settings,
    },
  });
  const executablePath = chromiumPath();
  if (!executablePath) throw new Error("no Chromium: set CHARM_MESH_CHROMIUM");
  const browser: Browser = await chromium.launch({ executablePath, args: CHROMIUM_FLAGS });
  const page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
  await page.goto(workbench.address);
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
    folder,
    run: async (command) => {
      await palette("F1", `>${command}`);
      await page.locator(".quick-input-list .monaco-list-row", { hasText: command }).first().click();
    },
    openFile: (name) => open(name, ""),
    placeCursorBehind: (name, text) => {
      const before = (readFileSync(path.join(folder, name), "utf8").split(text, 2)[0] ?? "") + text;
      const lines = before.split("\n");
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
      await page.locator("iframe.webview").waitFor({ state: "attached" });
      for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(100)) {
        const inner = page.frames().find((frame) => frame.name() === "pending-frame" || /fake\.html/.test(frame.url()));
        if (inner && (await inner.locator("body").count()) > 0) return inner;
      }
      throw new Error("the webview's inner frame did not appear");
    },
    picture: async (name) => {
      const pictures = path.join(root, "artifacts", "e2e");
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: path.join(pictures, `${name}.png`) });
    },
    stop: async () => {
      await browser.close();
      await workbench.stop();
      rmSync(home, { recursive: true, force: true });
    },
  };
}
