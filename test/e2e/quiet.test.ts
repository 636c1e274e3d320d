import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { serverProcesses } from "./driver/server-processes.ts";

// Most Python projects hold no charm: there, nothing of ours may run or be seen.
describe.skipIf(SKIPPED.oldest !== undefined)("a project without a charm", () => {
  let editor: Editor;
  const hidden = "charmcraft.yaml.hidden";

  beforeAll(async () => {
    editor = await startedEditor({
      sample: "observability",
      prepare: (folder) => {
        renameSync(path.join(folder, "storefront", "charmcraft.yaml"), path.join(folder, "storefront", hidden));
        for (const other of ["coordinator", "ingest-worker", "query-worker"])
          rmSync(path.join(folder, other), { recursive: true });
        mkdirSync(path.join(folder, "node_modules", "some-charm"), { recursive: true });
        writeFileSync(path.join(folder, "node_modules", "some-charm", "package.json"), "{}");
      },
    });
  });
  afterAll(() => editor?.stop());

  test("has no server, no line in the status bar and no view, while Python and YAML are edited", async () => {
    await editor.openFile("storefront/src/charm.py");
    await editor.page.keyboard.type("# ");
    await editor.openFile("bundle.yaml");
    await editor.page.waitForTimeout(3000);
    expect(serverProcesses(editor.folder)).toEqual([]);
    expect(await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).count()).toBe(0);
    expect(await editor.page.locator(".pane-header", { hasText: "Charm Mesh" }).count()).toBe(0);
    expect(await editor.page.locator(".codelens-decoration").count()).toBe(0);
  });

  test("is told what is missing when somebody asks all the same, and wakes up when a charm appears", async () => {
    await editor.run("Charm Mesh: Show Traffic Graph");
    const panel = await editor.webview();
    await panel.getByText(/charm/i).first().waitFor();
    await editor.page.locator(".pane-header", { hasText: "Charm Mesh" }).click();
    await editor.page.locator(".welcome-view-content", { hasText: "No charm was found" }).waitFor();
    await editor.picture("quiet");
    renameSync(
      path.join(editor.folder, "storefront", hidden),
      path.join(editor.folder, "storefront", "charmcraft.yaml"),
    );
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    await panel.locator('svg [data-node*="storefront"]').first().waitFor();
    await editor.picture("awake");
  });
});
