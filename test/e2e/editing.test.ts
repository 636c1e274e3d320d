import { readFileSync } from "node:fs";
import path from "node:path";
import type { Locator } from "playwright-core";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { serverProcesses } from "./driver/server-processes.ts";

// What VS Code shows of the server's answers, on the oldest release that is supported and on the newest.
describe.each(["oldest", "newest"] as const)("editing in VS Code (%s release)", (release) => {
  describe.skipIf(SKIPPED[release] !== undefined)("with the extension", () => {
    let editor: Editor;
    const charm = "coordinator/src/charm.py";

    beforeAll(async () => {
      editor = await startedEditor({
        sample: "observability",
        release,
        settings: { "editor.inlayHints.enabled": "on" },
      });
      await editor.openFile(charm);
    });
    afterEach(async ({ task }) => {
      if (task.result?.state === "fail")
        await editor.picture(`failed-${release}-${task.name.slice(0, 30).replaceAll(" ", "-")}`);
    });
    afterAll(() => editor?.stop());

    test("a lens counts policies, a hint shows a port, the status bar shows the state", async () => {
      await editor.page.locator(".codelens-decoration", { hasText: "Show traffic graph" }).waitFor();
      await editor.placeCursorBehind(charm, "http_port=TELEMETRY_PROXY_PORT");
      await editor.page
        .locator(".view-line", { hasText: "TELEMETRY_PROXY_PORT" })
        .filter({ hasText: "3910" })
        .first()
        .waitFor();
      await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    });

    test("hover explains an endpoint key", async () => {
      await editor.placeCursorBehind(charm, '"service-mesh');
      await editor.run("Show or Focus Hover");
      const hover = editor.page.locator(".monaco-hover .hover-contents", { hasText: "The three mesh keys" });
      await hover.waitFor();
      await editor.picture(`hover-${release}`);
      await editor.page.keyboard.press("Escape");
    });

    test("completion proposes the relation that fits", async () => {
      await editor.placeCursorBehind(charm, '"logging": "logging');
      for (let count = 0; count < "logging".length; count++) await editor.page.keyboard.press("Backspace");
      await editor.page.keyboard.press("Control+Space");
      const proposal = editor.page.locator(".suggest-widget .monaco-list-row", { hasText: /^logging/ });
      await proposal.first().waitFor();
      await editor.picture(`completion-${release}`);
      await proposal.first().click();
      await expect.poll(() => editor.problems()).toEqual({ errors: 0, warnings: expect.any(Number) });
      await editor.page.locator(".view-line", { hasText: '"logging": "logging",' }).waitFor();
    });

    test("a quick fix mends what is broken", async () => {
      await editor.placeCursorBehind(charm, '"logging": "logging');
      await editor.page.keyboard.type("x");
      await expect.poll(async () => (await editor.problems()).errors).toBe(1);
      await editor.run("Quick Fix...");
      const fix = editor.page.locator(".action-widget .monaco-list-row", { hasText: "logging" });
      await fix.first().waitFor();
      await editor.picture(`quick-fix-${release}`);
      await editor.page.keyboard.press("Enter");
      await expect.poll(async () => (await editor.problems()).errors).toBe(0);
    });

    test("rename changes YAML, Python and the bundle together", async () => {
      const text = (name: string) => readFileSync(path.join(editor.folder, name), "utf8");
      await editor.run("File: Save All Files");
      // The cursor is placed by what the disk holds, which is nothing while a file is being saved.
      await expect.poll(() => text(charm)).toContain('"cluster": "quarry-cluster"');
      await editor.placeCursorBehind(charm, '"cluster": "quarry-clu');
      await editor.run("Rename Symbol");
      const box = editor.page.locator(".rename-box input");
      await box.waitFor();
      await box.fill("the-cluster");
      await editor.page.keyboard.press("Enter");
      await editor.run("File: Save All Files");
      await expect.poll(() => text("coordinator/charmcraft.yaml")).toContain("  the-cluster:\n");
      await expect.poll(() => text(charm)).toContain('"cluster": "the-cluster"');
      // The bundle beside the charms names the coordinator's endpoint too. The worker's endpoint of the same name stays.
      await expect.poll(() => text("bundle.yaml")).toContain("[quarry:the-cluster, quarry-ingest:quarry-cluster]");
      await expect.poll(async () => (await editor.problems()).errors).toBe(0);
    });

    test("the tree shows the charms and what opens them", async () => {
      await editor.page.locator('.activitybar .action-label[aria-label^="Charm Mesh"]').click();
      const tree = editor.page.locator(".part.sidebar .monaco-list-row");
      await tree.filter({ hasText: "quarry-coordinator-k8s" }).first().waitFor();
      await tree.filter({ hasText: "Inside the cluster" }).first().waitFor();
      await unfolded(tree.filter({ hasText: "From outside" }).first(), true);
      // The policy and not the charm storefront-k8s, which is below it and unfolded already.
      await unfolded(tree.filter({ hasText: /^storefront(?!-k8s)/ }).first(), true);
      const reason = tree.filter({ hasText: "AppPolicy in the charm" }).first();
      await reason.waitFor();
      await editor.picture(`tree-${release}`);
      await reason.click();
      await expect.poll(() => editor.cursorLine()).toBeGreaterThan(80);
      await editor.run("View: Show Explorer");
    });

    test("after a crash the server starts again, says so once, and goes on", async () => {
      const before = (await editor.problems()).errors;
      process.kill(await serverProcess(editor.folder), "SIGKILL");
      await editor.page.locator(".notification-list-item", { hasText: "was started again" }).waitFor();
      await editor.openFile(charm);
      await editor.placeCursorBehind(charm, '"metrics": "metrics-endpoint');
      await editor.page.keyboard.type("x");
      await expect.poll(async () => (await editor.problems()).errors).toBe(before + 1);
      await editor.page.keyboard.press("Control+Z");
      await expect.poll(async () => (await editor.problems()).errors).toBe(before);
      expect(await editor.page.locator(".notification-list-item", { hasText: "was started again" }).count()).toBe(1);
    });

    test("after the fourth crash the server stays stopped, with one message, until the user restarts it", async () => {
      for (let crashes = 1; crashes < 4; crashes++) {
        const running = await serverProcess(editor.folder);
        process.kill(running, "SIGKILL");
        await expect.poll(() => serverProcesses(editor.folder)).not.toContain(running);
      }
      const message = editor.page.locator(".notification-list-item", { hasText: "stays stopped" });
      await message.waitFor();
      await editor.picture(`stays-stopped-${release}`);
      expect(serverProcesses(editor.folder)).toEqual([]);
      await editor.page.locator(".statusbar-item[aria-label*='stopped']").waitFor();
      await message.getByRole("button", { name: "Start Again" }).click();
      await serverProcess(editor.folder);
      await editor.placeCursorBehind(charm, '"metrics": "metrics-endpoint');
      await editor.page.keyboard.type("x");
      await editor.page.locator(".squiggly-error").first().waitFor();
      await editor.page.keyboard.press("Control+Z");
      await editor.page.locator(".statusbar-item[aria-label*='stopped']").waitFor({ state: "detached" });
    });
  });
});

/** Opens or closes a row of a tree or a view's header; clicked again where the click fell on a row that was just moving. */
async function unfolded(row: Locator, isOpen: boolean): Promise<void> {
  await expect
    .poll(
      async () => {
        const state = await row.getAttribute("aria-expanded");
        if (state !== String(isOpen)) await row.click();
        return row.getAttribute("aria-expanded");
      },
      { interval: 1000, timeout: 20_000 },
    )
    .toBe(String(isOpen));
}

/** The one that runs, or will in a moment. */
async function serverProcess(folder: string): Promise<number> {
  await expect.poll(() => serverProcesses(folder)).toHaveLength(1);
  return serverProcesses(folder)[0] ?? Number.NaN;
}
