import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { installedCodeServer } from "../../scripts/start/code-server-install.mts";
import { zipFiles } from "../support/zip-files.ts";
import { type BrowserOnly, servedBrowserOnly, textsBelow } from "./driver/browser-only.ts";
import { SKIPPED } from "./driver/editor.ts";
import { openedWorkbench, type WorkbenchPage } from "./driver/workbench-page.ts";

const FOLDER = "samples/observability";
const PACKED = "extension/";

// The same package in a VS Code that has nothing but a browser: the extension runs in the worker host, its server in a worker of that.
describe.each(["oldest", "newest"] as const)("in a browser alone (%s release)", (release) => {
  describe.skipIf(SKIPPED[release] !== undefined)("with the extension", () => {
    let host: BrowserOnly;
    let workbench: WorkbenchPage;
    const charm = "coordinator/src/charm.py";

    beforeAll(async () => {
      const { server } = await installedCodeServer(release, () => undefined);
      const packed = [...zipFiles("dist/charm-mesh.vsix")].filter(([name]) => name.startsWith(PACKED));
      host = await servedBrowserOnly({
        code: path.dirname(path.dirname(server)),
        extension: new Map(packed.map(([name, bytes]) => [name.slice(PACKED.length), bytes])),
        name: "observability",
        files: textsBelow(FOLDER),
        settings: { "workbench.startupEditor": "none", "workbench.tips.enabled": false, "files.autoSave": "off" },
      });
      workbench = await openedWorkbench(host.address, FOLDER);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === "fail")
        await workbench.picture(`failed-web-${release}-${task.name.slice(0, 30).replaceAll(" ", "-")}`);
    });
    afterAll(async () => {
      await workbench?.close();
      await host?.stop();
    });

    test("the extension finds the charms and runs its server from the browser's bundles, not Node's", async () => {
      await workbench.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor({ timeout: 60_000 });
      expect(await workbench.problems()).toEqual({ errors: 0, warnings: 0 });
      expect(host.asked).toContain("/extension/dist/client-browser.js");
      expect(host.asked).toContain("/extension/dist/server-browser.js");
      expect(host.asked.filter((name) => name.startsWith("/extension/dist/") && name.includes("node"))).toEqual([]);
    });

    test("a diagnostic appears after an edit and vanishes after its undo", async () => {
      await workbench.placeCursorBehind(charm, '"logging": "logging');
      await workbench.page.keyboard.type("x");
      await expect.poll(() => workbench.problems()).toEqual({ errors: 1, warnings: 0 });
      await workbench.page.locator(".squiggly-error").waitFor();
      await workbench.page.keyboard.press("Control+Z");
      await expect.poll(() => workbench.problems()).toEqual({ errors: 0, warnings: 0 });
    });

    test("hover explains an endpoint key", async () => {
      await workbench.placeCursorBehind(charm, '"service-mesh');
      await workbench.run("Show or Focus Hover");
      await workbench.page.locator(".monaco-hover .hover-contents", { hasText: "The three mesh keys" }).waitFor();
      await workbench.picture(`web-hover-${release}`);
      await workbench.page.keyboard.press("Escape");
    });

    test("the graph is drawn, and follows an edit of an unsaved file", async () => {
      await workbench.run("Charm Mesh: Show Traffic Graph");
      const panel = await workbench.webview();
      await panel.locator('svg [data-node="app:model/quarry"]').waitFor();
      const edge = panel.locator("svg .edge[data-edge^='service:app:model/storefront->app:model/quarry:']");
      await edge.waitFor({ state: "attached" });
      await workbench.picture(`web-graph-${release}`);
      await workbench.placeCursorBehind(charm, 'relation="quarry-api');
      await workbench.page.keyboard.type("x");
      await edge.waitFor({ state: "detached" });
      await workbench.page.keyboard.press("Control+Z");
      await edge.waitFor({ state: "attached" });
    });

    test("the effective policies open as a text of their own", async () => {
      await workbench.run("Charm Mesh: Show Effective Policies");
      await workbench.page
        .locator(".view-line", { hasText: /^ORIGIN/ })
        .first()
        .waitFor();
    });
  });
});
