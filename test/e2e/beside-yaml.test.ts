import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { createVSIX } from "@vscode/vsce";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";

const YAML = "coordinator/charmcraft.yaml";

// Red Hat's YAML extension can't be had without a network; a stand-in by its name says of the same line what it would say.
describe.skipIf(SKIPPED.oldest !== undefined)("beside Red Hat's YAML extension", () => {
  let editor: Editor;
  const folder = mkdtempSync(path.join(tmpdir(), "charm-mesh-yaml-"));

  beforeAll(async () => {
    const packagePath = path.join(folder, "yaml.vsix");
    const cwd = path.resolve("test/e2e/driver/yaml-stand-in");
    await createVSIX({ cwd, packagePath, allowMissingRepository: true, skipLicense: true });
    editor = await startedEditor({ sample: "observability", beside: [packagePath] });
  });
  afterAll(async () => {
    await editor?.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test("a broken line is reported once while it is open, and by Charm Mesh if no other extension does", async () => {
    await editor.placeCursorBehind(YAML, "requires:");
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor();
    await editor.page.keyboard.type(" [[");
    // Our own count goes on telling that the charm is broken.
    await editor.page.locator(".statusbar-item[aria-label*='1 errors']", { hasText: "Mesh" }).waitFor();
    await expect.poll(() => editor.problems()).toEqual({ errors: 1, warnings: 0 });
    await editor.picture("beside-yaml");
    await editor.run("File: Revert File");
    await expect.poll(() => editor.problems()).toEqual({ errors: 0, warnings: 0 });
    // Only Charm Mesh checks a file that is not open.
    await editor.run("View: Close All Editors");
    const file = path.join(editor.folder, YAML);
    const text = readFileSync(file, "utf8");
    writeFileSync(file, text.replace("requires:", "requires: [["));
    await expect.poll(() => editor.problems()).toEqual({ errors: 1, warnings: 0 });
    await editor.openFile(YAML);
    await editor.page.locator(".squiggly-error").first().waitFor();
    await expect.poll(() => editor.problems()).toEqual({ errors: 1, warnings: 0 });
    writeFileSync(file, text);
    await expect.poll(() => editor.problems()).toEqual({ errors: 0, warnings: 0 });
  });
});
