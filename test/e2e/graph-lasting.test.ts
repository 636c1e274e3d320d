import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { type GraphPanel, openGraphPanel } from "./driver/graph-panel.ts";

// What the traffic graph lives through in a real VS Code: reviews, exports, broken charms, themes, hiding, reloads, hostile names.
describe.skipIf(SKIPPED.oldest !== undefined)("the traffic graph lasts", () => {
  let editor: Editor;
  let panel: GraphPanel;
  const charm = "coordinator/src/charm.py";
  const before = '"logging": "logging"';

  beforeAll(async () => {
    editor = await startedEditor({
      sample: "observability",
      prepare: (folder) => {
        const git = (...args: string[]) =>
          execFileSync("git", ["-c", "user.name=t", "-c", "user.email=t@t", ...args], { cwd: folder, stdio: "ignore" });
        git("init", "--initial-branch=main");
        git("add", "--all");
        git("commit", "--message=before");
        cpSync(folder, path.join(folder, "..", "before"), { recursive: true });
      },
    });
    await editor.openFile(charm);
    await editor.run("Charm Mesh: Show Traffic Graph");
    panel = await openGraphPanel(editor);
    await panel.tab("Details");
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await editor.picture(`failed-lasting-${task.name.slice(0, 40).replaceAll(" ", "-")}`);
  });
  afterAll(() => editor?.stop());

  test.each([
    ["a git ref", "main"],
    ["a folder", "../before"],
  ])("two states are compared, the other one being %s", async (_what, other) => {
    const { frame } = panel;
    const file = path.join(editor.folder, charm);
    const text = readFileSync(file, "utf8");
    // Grafana may then use every method on these paths: opened wider than before.
    writeFileSync(file, text.replace("methods=[Method.get],\n", "\n"));
    await frame.locator("button[title=Compare]").click();
    await frame.locator("input[name=compare]").fill(other);
    await frame.getByRole("button", { name: "Compare", exact: true }).last().click();
    await frame.locator(".notice", { hasText: `Compared with ${other}` }).waitFor();
    await frame.locator("svg .edge.change-widened[data-flows*=grafana]").waitFor({ state: "attached" });
    await frame.locator(".details h4", { hasText: "Widened (1)" }).waitFor();
    await editor.picture(`graph-compared-${other.replaceAll(/\W/g, "")}`);
    writeFileSync(file, text);
    await frame.locator(".notice", { hasText: "the same flows" }).waitFor();
    await frame.getByRole("button", { name: "Stop comparing" }).click();
    await frame.locator(".notice", { hasText: "Compared with" }).waitFor({ state: "detached" });
  });

  const EXPORTS = [
    ["svg", "svg", (bytes: Buffer) => /^(?:<\?xml [^>]*>\s*)?<svg [^>]*>.*quarry.*<\/svg>\s*$/s.test(bytes.toString())],
    ["png", "png", (bytes: Buffer) => bytes.subarray(1, 4).toString() === "PNG" && bytes.readUInt32BE(16) > 500],
    ["mermaid", "mmd", (bytes: Buffer) => bytes.toString().startsWith("flowchart LR\n")],
    [
      "markdown",
      "md",
      (bytes: Buffer) => /^```mermaid\n.*\n```\n\n\| Source|^```mermaid.*\| From/s.test(bytes.toString()),
    ],
    ["yaml", "yaml", (bytes: Buffer) => bytes.toString().startsWith("apiVersion: security.istio.io/v1\n")],
    ["json", "json", (bytes: Buffer) => JSON.parse(bytes.toString()).edges.length === 37],
  ] as const;
  test.each(EXPORTS)("%s is exported into a file", async (kind, ending, isRight) => {
    const { frame } = panel;
    await frame.locator("button[title=Export]").click();
    if (kind === "svg") await editor.picture("graph-export-menu");
    await frame.locator(`[name=export-${kind}]`).click();
    const input = editor.page.locator(".quick-input-widget:visible input[type='text']");
    await input.waitFor();
    await input.press("Enter");
    const file = path.join(editor.folder, `mesh-traffic.${ending}`);
    await expect.poll(() => existsSync(file)).toBe(true);
    await expect.poll(() => readFileSync(file).length).toBeGreaterThan(100);
    expect(isRight(readFileSync(file))).toBe(true);
    await editor.run("Notifications: Clear All Notifications");
  });

  test("a charm that breaks leaves its last good picture, marked, and heals", async () => {
    const { frame } = panel;
    const good = await panel.picture();
    // The panel was clicked last: a file would be opened in its place.
    await editor.run("View: Focus First Editor Group");
    await editor.placeCursorBehind(charm, before);
    await editor.page.keyboard.type(", (((");
    await frame.locator(".notice", { hasText: "last good picture" }).waitFor();
    expect(await panel.picture()).toEqual(good);
    await editor.picture("graph-stale");
    for (let count = 0; count < 5; count++) await editor.page.keyboard.press("Control+Z");
    await frame.locator(".notice", { hasText: "last good picture" }).waitFor({ state: "detached" });
    expect(await panel.picture()).toEqual(good);
  });

  test.each([
    ["Light High Contrast", "vscode-high-contrast-light"],
    ["Dark High Contrast", "vscode-high-contrast"],
    ["Dark Modern", "vscode-dark"],
    ["Light Modern", "vscode-light"],
  ])("the theme changes to %s while it is open", async (theme, kind) => {
    const look = () =>
      panel.frame.locator("body").evaluate((body) => ({
        kind: body.dataset["vscodeThemeKind"],
        ground: getComputedStyle(body).backgroundColor,
        ink: getComputedStyle(document.querySelector(".node text") as Element).fill,
      }));
    const before = await look();
    await editor.run("Preferences: Color Theme");
    await editor.page.locator(".quick-input-widget:visible input[type='text']").fill(theme);
    await editor.page.locator(".quick-input-list .monaco-list-row", { hasText: theme }).first().click();
    await expect.poll(async () => (await look()).kind).toBe(kind);
    await expect.poll(look).not.toEqual(before);
    const { ground, ink } = await look();
    expect(ground).not.toBe(ink);
    await editor.picture(`graph-theme-${kind}`);
  });

  test("while it is hidden the deployment changes, and when it comes back it shows that, as it was set", async () => {
    await panel.frame.locator("[name=find]").fill("telemetry");
    await editor.page.locator(".tab", { hasText: "Mesh Traffic Graph" }).click();
    await editor.openFile("coordinator/charmcraft.yaml");
    await editor.page.locator("iframe.webview").first().waitFor({ state: "hidden" });
    const bundle = path.join(editor.folder, "bundle.yaml");
    writeFileSync(bundle, readFileSync(bundle, "utf8").replace("scale: 3", "scale: 9"));
    await editor.page.locator(".tab", { hasText: "Mesh Traffic Graph" }).click();
    panel = await openGraphPanel(editor);
    await panel.frame.locator('[data-node="app:model/quarry-ingest"]', { hasText: "×9" }).waitFor();
    await panel.frame.locator("svg .edge.found").first().waitFor({ state: "attached" });
    await editor.picture("graph-hidden-and-back");
  });

  test("two panels stand beside each other, each with its own switches, and both follow the deployment", async () => {
    await panel.tab("Settings");
    await editor.run("Charm Mesh: Show Another Traffic Graph");
    const other = await openGraphPanel(editor, [panel]);
    await other.tab("Settings");
    const denied = (which: GraphPanel) => which.frame.locator("svg .edge.sign-denied").count();
    await other.pictureAfter(() => other.frame.locator("input[name=managed]").click());
    await expect.poll(() => denied(other)).toBeGreaterThan(0);
    expect(await denied(panel)).toBe(0);
    const bundle = path.join(editor.folder, "bundle.yaml");
    writeFileSync(bundle, readFileSync(bundle, "utf8").replace("scale: 9", "scale: 4"));
    for (const { frame } of [panel, other])
      await frame.locator('[data-node="app:model/quarry-ingest"]', { hasText: "×4" }).waitFor({ state: "attached" });
    expect(await denied(other)).toBeGreaterThan(0);
    await editor.picture("graph-two-panels");
    // This VS Code is served from one address, so that its webviews share a service worker: of two that start at once after a reload of
    // the window, one asks for its script past that worker, in the open network. As tabs of one group they start one after the other.
    await other.frame.locator("svg.picture").click({ position: { x: 5, y: 5 } });
    await editor.run("View: Move Editor into Previous Group");
    await expect.poll(() => editor.page.locator(".tab", { hasText: "Mesh Traffic Graph" }).count()).toBe(2);
    await editor.page.locator(".tab:not(.active)", { hasText: "Mesh Traffic Graph" }).click();
  });

  test("two panels survive a reload of the window, each with all that was set in it", async () => {
    panel = await openGraphPanel(editor);
    await panel.frame.locator("[name=hide]").fill("app = beacon");
    await panel.frame.locator('[data-node="app:model/beacon"]').waitFor({ state: "detached" });
    const changed = await panel.pictureAfter(() => panel.frame.locator("select[name=tls]").selectOption("on"));
    // VS Code in a browser writes down what panels keep every five seconds, and has no time for it when its page goes.
    await editor.page.waitForTimeout(8000);
    await editor.page.reload();
    await editor.page.locator(".statusbar-item", { hasText: "Mesh" }).waitFor({ timeout: 60_000 });
    panel = await openGraphPanel(editor);
    await expect.poll(() => panel.picture()).toEqual(changed);
    expect(await panel.frame.locator("[name=find]").inputValue()).toBe("telemetry");
    expect(await panel.frame.locator("select[name=tls]").inputValue()).toBe("on");
    expect(await panel.frame.locator("input[name=managed]").isChecked()).toBe(true);
    await editor.picture("graph-reloaded");
    await editor.page.locator(".tab:not(.active)", { hasText: "Mesh Traffic Graph" }).click();
    const other = await openGraphPanel(editor, [panel]);
    await expect.poll(() => other.frame.locator("svg .edge.sign-denied").count()).toBeGreaterThan(0);
    expect(await other.frame.locator("input[name=managed]").isChecked()).toBe(false);
    expect(await other.frame.locator("select[name=tls]").inputValue()).toBe("");
    expect(await other.frame.locator("[name=hide]").inputValue()).toBe("");
    await editor.picture("graph-reloaded-other");
    await editor.page.locator(".tab:not(.active)", { hasText: "Mesh Traffic Graph" }).click();
    panel = await openGraphPanel(editor, [other]);
  });

  test("hostile names are drawn letter by letter, and the page's policy is never tried", async () => {
    const refused: string[] = [];
    editor.page.on("console", (message) => {
      if (/Content Security Policy/.test(message.text())) refused.push(message.text());
    });
    const names = [
      `<script>window.broken = 1</script>`,
      '"]; click n0 call alert("x"); n9["',
      "`**bold**`",
      "x".repeat(10_000),
    ];
    const bundle = path.join(editor.folder, "bundle.yaml");
    const text = readFileSync(bundle, "utf8");
    const added = names.map((name) => `  ${JSON.stringify(name)}:\n    charm: grafana-k8s\n    scale: 1\n`).join("");
    writeFileSync(bundle, text.replace("applications:\n", `applications:\n${added}`));
    const drawn = panel.frame.locator("svg .node", { hasText: "<script>" });
    await drawn.waitFor();
    expect(await panel.frame.evaluate(() => "broken" in window)).toBe(false);
    const words = await panel.frame.locator("svg .node").allTextContents();
    for (const name of names) expect(words.some((word) => word.includes(name.slice(0, 6)))).toBe(true);
    await panel.frame.getByRole("button", { name: "Fit the whole picture" }).click();
    await editor.picture("graph-hostile");
    writeFileSync(bundle, text);
    await drawn.waitFor({ state: "detached" });
    expect(refused).toEqual([]);
  });
});
