import { cpSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { startedEditor } from "./editor.ts";

/*
 * The pictures of the walkthrough, of the README and of the guides, taken from the real thing: npm run pictures.
 */

const SIZE = { width: 1000, height: 640 };
const WIDE = { width: 1720, height: 960 };
const charm = "coordinator/src/charm.py";

const editor = await startedEditor({
  sample: "observability",
  settings: { "workbench.sideBar.location": "left" },
  prepare: (folder) => cpSync(folder, path.join(folder, "..", "before"), { recursive: true }),
});
const { page } = editor;

/** Writes what is to be seen now, without the title bar. */
async function taken(file: string, { width, height } = SIZE): Promise<void> {
  mkdirSync(path.dirname(file), { recursive: true });
  // Disabled animations are at their end: nothing is half faded in.
  await page.screenshot({ path: file, animations: "disabled", clip: { x: 0, y: 35, width, height: height - 35 } });
}

/** The mouse away from whatever would show a tip, and one that is shown gone. */
async function quiet(): Promise<void> {
  await page.mouse.move(WIDE.width / 2, WIDE.height - 4);
  await page.locator(".monaco-hover:visible, .workbench-hover:visible").waitFor({ state: "hidden" });
}

try {
  await page.setViewportSize(SIZE);
  await editor.openFile(charm);
  await page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor({ timeout: 60_000 });
  await editor.placeCursorBehind(charm, '"logging": "logging');
  await page.keyboard.type("x");
  await page.locator(".squiggly-error").waitFor();
  await editor.run("Go to Next Problem (Error, Warning, Info)");
  await page.locator(".zone-widget .descriptioncontainer").waitFor();
  await taken("media/walkthrough/findings.png");
  await page.keyboard.press("Escape");
  await page.keyboard.press("Control+Z");
  await page.locator(".squiggly-error").waitFor({ state: "detached" });

  await editor.run("View: Toggle Primary Side Bar Visibility");
  await editor.run("Charm Mesh: Show Effective Policies");
  await page.locator(".view-line", { hasText: /^ORIGIN/ }).waitFor();
  await taken("media/walkthrough/policies.png");

  await editor.run("View: Close All Editors");
  await editor.run("Charm Mesh: Show Traffic Graph");
  const panel = await editor.webview();
  await panel.locator("svg [data-node]").first().waitFor();
  await panel.getByRole("button", { name: "Fit the whole picture" }).click();
  await taken("media/walkthrough/graph.png");

  await panel.getByRole("tab", { name: "Can A reach B?" }).click();
  await panel.locator("select[name=from]").selectOption({ label: "grafana (model)" });
  await panel.locator("select[name=to]").selectOption({ label: "quarry (model)" });
  await panel.getByLabel("Service, through the waypoint").check();
  await panel.locator("form input[name=port]").fill("9195");
  await panel.getByRole("button", { name: "Check" }).click();
  await panel
    .getByText(/^(Allowed|Denied)/)
    .first()
    .waitFor();
  await taken("media/walkthrough/reach.png");

  await editor.run("View: Close All Editors");
  await editor.run("Preferences: Color Theme");
  await page.locator(".quick-input-widget:visible input[type='text']").fill("Light Modern");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Light Modern" }).first().click();
  await editor.openFile(charm);
  await editor.placeCursorBehind(charm, '"grafana-source"');
  await editor.placeCursorBehind(charm, "AppPolicy(");
  await page.keyboard.press("ArrowLeft");
  await editor.run("Show or Focus Hover");
  // The manifest is set as code a moment after the hover is there.
  await page.locator(".monaco-hover:visible .monaco-tokenized-source", { hasText: "AuthorizationPolicy" }).waitFor();
  await taken("docs/pictures/hover.png");
  await page.keyboard.press("Escape");

  // The charm beside its graph, with room for both.
  await page.setViewportSize(WIDE);
  await editor.run("Charm Mesh: Show Traffic Graph");
  const beside = await editor.webview();
  await beside.locator("svg [data-node]").first().waitFor();
  const edge = await page.locator("iframe.webview").first().boundingBox();
  if (edge) {
    await page.mouse.move(edge.x, edge.y + 300);
    await page.mouse.down();
    await page.mouse.move(540, edge.y + 300, { steps: 10 });
    await page.mouse.up();
  }
  await editor.placeCursorBehind(charm, "AppPolicy(");
  await beside.locator("svg .edge.pointed").first().waitFor({ state: "attached" });
  await beside.getByRole("button", { name: "Fit the whole picture" }).click();
  await quiet();
  await taken("docs/pictures/graph.png", WIDE);

  // A change under review: Grafana may then do everything, not only read.
  const file = path.join(editor.folder, charm);
  writeFileSync(file, readFileSync(file, "utf8").replace(/ +methods=\[Method\.get\],\n/, ""));
  await beside.locator("button[title=Compare]").click();
  await beside.locator("input[name=compare]").fill("../before");
  await beside.getByRole("button", { name: "Compare", exact: true }).last().click();
  await beside.locator("svg .edge.change-widened[data-flows*=grafana]").waitFor({ state: "attached" });
  await beside.locator(".details h4", { hasText: "Widened (1)" }).waitFor();
  await editor.run("View: Focus First Editor Group");
  await editor.placeCursorBehind(charm, 'relation="grafana-source"');
  await beside.getByRole("button", { name: "Fit the whole picture" }).click();
  await quiet();
  await taken("docs/pictures/review.png", WIDE);
} catch (problem) {
  await editor.picture("failed-pictures");
  throw problem;
} finally {
  await editor.stop();
}
