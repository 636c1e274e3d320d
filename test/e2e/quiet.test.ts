import { mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { serverProcesses } from "./driver/server-processes.ts";

const hidden = "charmcraft.yaml.hidden";

/** VS Code on a Python project with a bundle.yaml, whose only charm is not seen to be one. */
function startedWithoutCharm(): Promise<Editor> {
  return startedEditor({
    sample: "observability",
    prepare: (folder) => {
      renameSync(path.join(folder, "storefront", "charmcraft.yaml"), path.join(folder, "storefront", hidden));
      for (const other of ["coordinator", "ingest-worker", "query-worker"])
        rmSync(path.join(folder, other), { recursive: true });
      mkdirSync(path.join(folder, "node_modules", "some-charm"), { recursive: true });
      writeFileSync(path.join(folder, "node_modules", "some-charm", "package.json"), "{}");
    },
  });
}

function madeCharm({ folder }: Editor): void {
  renameSync(path.join(folder, "storefront", hidden), path.join(folder, "storefront", "charmcraft.yaml"));
}

// Most Python projects hold no charm: there, nothing of ours may run or be seen.
/** The extension's icon in the activity bar. */
function activityOf({ page }: Pick<Editor, "page">) {
  return page.locator('.activitybar .action-label[aria-label^="Charm Mesh"]');
}

describe.skipIf(SKIPPED.oldest !== undefined)("a project without a charm", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await startedWithoutCharm();
  });
  afterAll(() => editor?.stop());

  test("has no server, no line in the status bar and no view, while Python and YAML are edited", async () => {
    await editor.openFile("storefront/src/charm.py");
    await editor.page.keyboard.type("# ");
    await editor.openFile("bundle.yaml");
    await editor.page.waitForTimeout(3000);
    expect(serverProcesses(editor.folder)).toEqual([]);
    expect(await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).count()).toBe(0);
    expect(await activityOf(editor).count()).toBe(0);
    expect(await editor.page.locator(".codelens-decoration").count()).toBe(0);
  });

  test("explains what is missing when the user runs a command, and activates when a charm appears", async () => {
    await editor.run("Charm Mesh: Show Traffic Graph");
    const panel = await editor.webview();
    await panel.getByText(/charm/i).first().waitFor();
    await activityOf(editor).click();
    await editor.page.locator(".welcome-view-content", { hasText: "No charm was found" }).waitFor();
    await editor.picture("quiet");
    madeCharm(editor);
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    await panel.locator('svg [data-node*="storefront"]').first().waitFor();
    await editor.picture("awake");
  });
});

describe.skipIf(SKIPPED.oldest !== undefined)("a charm that is made in an open window", () => {
  let editor: Editor;
  beforeAll(async () => {
    editor = await startedWithoutCharm();
  });
  afterAll(() => editor?.stop());

  test("wakes everything up by itself, once a YAML file has been opened", async () => {
    await editor.openFile("bundle.yaml");
    await editor.page.waitForTimeout(3000);
    expect(serverProcesses(editor.folder)).toEqual([]);
    expect(await activityOf(editor).count()).toBe(0);
    madeCharm(editor);
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    await activityOf(editor).waitFor();
    expect(serverProcesses(editor.folder)).toHaveLength(1);
    await editor.openFile("storefront/src/charm.py");
    await editor.page.locator(".codelens-decoration").first().waitFor();
  });
});
