// The pictures of the README and the guides, taken from the real thing: npm run pictures. Needs Chromium and a built extension.

import { mkdirSync } from "node:fs";
import path from "node:path";
import { pathToFileURL } from "node:url";
import { build } from "esbuild";
import { root } from "./bundles.mjs";

const outfile = path.join(root, "out", "e2e", "driver", "pictures-driver.mjs");
await build({
  absWorkingDir: root,
  entryPoints: ["test/e2e/driver/editor.ts"],
  outfile,
  bundle: true,
  platform: "node",
  format: "esm",
  packages: "external",
  external: ["../../../scripts/*"],
  logLevel: "warning",
});
const { startedEditor } = await import(pathToFileURL(outfile).href);
const folder = path.join(root, "docs", "pictures");
mkdirSync(folder, { recursive: true });

const shot = (editor, name) => editor.page.screenshot({ path: path.join(folder, `${name}.png`) });

const editor = await startedEditor({
  sample: "observability",
  settings: { "workbench.colorTheme": "Default Light Modern" },
});
try {
  await editor.page.setViewportSize({ width: 1800, height: 950 });
  await editor.openFile("coordinator/src/charm.py");
  await editor.page.locator(".codelens-decoration", { hasText: "show graph" }).waitFor();
  await editor.placeCursorBehind("AppPolicy(");
  await editor.run("Charm Mesh: Show Traffic Graph");
  const panel = await editor.webview();
  await panel.locator("svg [data-node]").first().waitFor();
  await editor.page.keyboard.press("Control+B");
  await editor.page.mouse.move(880, 20);
  await editor.page.waitForTimeout(3000);
  await shot(editor, "graph");
} finally {
  await editor.stop();
}
console.log(`written to ${path.relative(process.cwd(), folder)}`);
