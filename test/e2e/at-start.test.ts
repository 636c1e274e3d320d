import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";

// What `npm start` asks for: the coordinator is open and the graph stands beside it, without a command.
describe.skipIf(SKIPPED.oldest !== undefined)("a window that opens a file and shows the graph at start", () => {
  let editor: Editor;

  beforeAll(async () => {
    editor = await startedEditor({
      sample: "observability",
      file: "coordinator/src/charm.py",
      settings: { "charmMesh.showGraphAtStart": true },
    });
  });
  afterAll(() => editor?.stop());

  test("has the file in one group and the graph in another", async () => {
    const { page } = editor;
    await page.locator(".tab", { hasText: "charm.py" }).first().waitFor();
    const panel = await editor.webview();
    await panel.locator("svg").getByText("storefront").first().waitFor();
    await editor.picture("at-start");
    const groups = page.locator(".editor-group-container");
    expect(await groups.count()).toBe(2);
    expect(await groups.nth(0).locator(".tab").allTextContents()).toEqual([expect.stringContaining("charm.py")]);
    expect(await groups.nth(1).locator(".tab").count()).toBe(1);
  });
});
