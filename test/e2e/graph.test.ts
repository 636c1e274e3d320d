import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { type Editor, SKIPPED, startedEditor } from "./driver/editor.ts";
import { type GraphPanel, openGraphPanel } from "./driver/graph-panel.ts";

// Every interaction with the traffic graph, in a real VS Code. Each test leaves the panel as it found it.
describe.skipIf(SKIPPED.oldest !== undefined)("a reviewer works with the traffic graph", () => {
  let editor: Editor;
  let panel: GraphPanel;
  const charm = "coordinator/src/charm.py";
  const api = "service:app:model/storefront->app:model/quarry:";
  const logs = "telemetry:app:model/quarry-ingest->app:model/quarry:logs:";

  beforeAll(async () => {
    editor = await startedEditor({ sample: "observability" });
    await editor.openFile(charm);
    await editor.run("Charm Mesh: Show Traffic Graph");
    panel = await openGraphPanel(editor);
    await editor.run("View: Toggle Primary Side Bar Visibility");
  });
  afterEach(async ({ task }) => {
    if (task.result?.state === "fail")
      await editor.picture(`failed-graph-${task.name.slice(0, 40).replaceAll(" ", "-")}`);
  });
  afterAll(() => editor?.stop());

  test("parallel flows are one line; its details hold all of them, and it can be drawn flow by flow", async () => {
    const { frame } = panel;
    const lines = frame.locator("svg .edge[data-edge]");
    const before = await lines.count();
    expect((await panel.line(logs).getAttribute("data-flows"))?.split("\n")).toHaveLength(4);
    await panel.line(logs).dispatchEvent("click");
    await panel.line(logs).focus();
    await editor.page.keyboard.press("Space");
    await frame.locator(".details h3", { hasText: "Flows (4)" }).waitFor();
    await frame.locator(".flow-details summary", { hasText: "logs" }).click();
    await frame.locator(".flow-details[open] code", { hasText: "/proxy/loki/{unit}/push" }).first().waitFor();
    await editor.picture("graph-line");
    await frame.getByRole("button", { name: "Draw its flows one by one" }).click();
    await expect.poll(() => lines.count()).toBe(before + 3);
    await editor.picture("graph-line-opened");
    await panel.line(logs).focus();
    await editor.page.keyboard.press("o");
    await expect.poll(() => lines.count()).toBe(before);
    await editor.page.keyboard.press("Escape");
  });

  test("Can A reach B? is answered with its steps and the nearest policy", async () => {
    const { frame } = panel;
    await panel.tab("Can A reach B?");
    await frame.locator("select[name=to]").selectOption({ label: "quarry (model)" });
    await frame.getByLabel("Service, through the waypoint").check();
    const verdict = frame.locator(".reach-answer");
    const ask = async (from: string, port: string) => {
      await frame.locator("select[name=from]").selectOption({ label: `${from} (model)` });
      await frame.locator("form input[name=port]").fill(port);
      await frame.getByRole("button", { name: "Check" }).click();
    };
    await ask("storefront", "9195");
    await expect.poll(() => verdict.innerText()).toMatch(/Allowed/);
    await ask("grafana", "9195");
    await expect.poll(() => verdict.innerText()).toMatch(/Denied/);
    await expect.poll(() => verdict.innerText()).toMatch(/waypoint/);
    await editor.picture("graph-reach");
    await panel.tab("Details");
  });

  test("a click selects and opens no column; the element's menu lists who can reach it, and copies", async () => {
    const { frame } = panel;
    const columns = () => editor.page.locator(".editor-group-container").count();
    const before = await columns();
    const node = frame.locator('[data-node="app:model/loki"]');
    await node.click();
    await frame.locator(".details h2", { hasText: "loki" }).waitFor();
    expect(await columns()).toBe(before);
    await panel.chooseInMenu(node, "Who Can Reach It?");
    await frame.locator(".reach-list h2", { hasText: "Who can reach loki?" }).waitFor();
    await frame.locator(".reach-list summary", { hasText: "quarry" }).first().waitFor();
    await editor.picture("graph-who-can-reach");
    await panel.chooseInMenu(node, "Show Only Its Neighbours");
    await frame.locator("[data-notice=only]").waitFor();
    await frame.getByRole("button", { name: "Show everything" }).click();
    await frame.locator("[data-notice=only]").waitFor({ state: "detached" });
    await panel.chooseInMenu(node, "Open Source");
    await editor.page.locator(".tab.active", { hasText: "bundle.yaml" }).waitFor();
    expect(await columns()).toBe(before);
    await panel.tab("Details");
    await frame.locator("svg.picture").focus();
    await editor.page.keyboard.press("Escape");
  });

  test("the Mermaid view draws its text with mermaid", async () => {
    const { frame } = panel;
    await frame.locator("[name=mode-mermaid]").click();
    const image = frame.locator(".mermaid-picture img");
    await image.waitFor();
    await expect.poll(() => image.evaluate((one) => (one as HTMLImageElement).naturalWidth)).toBeGreaterThan(200);
    await editor.picture("graph-mermaid");
    await frame.locator("[name=mode-graph]").click();
  });

  test("every switch changes the picture, and back", async () => {
    const { frame } = panel;
    const untouched = await panel.picture();
    await panel.tab("Settings");
    const box = (name: string) => frame.locator(`.switches input[name=${name}]`);
    for (const [name, sign] of [
      ["managed", /verdict-denied/],
      ["autoAllowWaypoint", /verdict-denied/],
      ["modelOnMesh", /s3/],
    ] as const) {
      if (name === "autoAllowWaypoint") await box("hardened").check();
      const changed = await panel.pictureAfter(() => box(name).click());
      expect(changed.some((line) => sign.test(line) && !untouched.includes(line))).toBe(true);
      await editor.picture(`graph-switch-${name}`);
      expect(await panel.pictureAfter(() => frame.locator("[name=mesh-reset]").click())).toEqual(untouched);
    }
    const tls = frame.locator("select[name=tls]");
    const encrypted = await panel.pictureAfter(() => tls.selectOption("on"));
    expect(encrypted.some((line) => line.includes(logs) && line.includes("https"))).toBe(true);
    await editor.picture("graph-switch-tls");
    expect(await panel.pictureAfter(() => tls.selectOption(""))).toEqual(untouched);
    const deployment = frame.locator("select[name=topology]");
    const inferred = await panel.pictureAfter(() => deployment.selectOption("inferred"));
    expect(inferred.some((line) => line.includes("quarry-coordinator-k8s"))).toBe(true);
    await editor.picture("graph-switch-topology");
    expect(await panel.pictureAfter(() => deployment.selectOption("best"))).toEqual(untouched);
    const units = frame.locator("input[name=workerUnits]");
    const scaled = await panel.pictureAfter(async () => {
      await units.fill("7");
      await units.press("Tab");
    });
    expect(scaled.filter((line) => line.includes("×7"))).toHaveLength(2);
    await frame
      .getByText(/telemetry needs/i)
      .first()
      .waitFor();
    await editor.picture("graph-switch-units");
    await panel.pictureAfter(async () => {
      await units.fill("");
      await units.press("Tab");
    });
    expect(await panel.picture()).toEqual(untouched);
    await panel.tab("Details");
  });

  test("find marks and hide takes away, both with completion", async () => {
    const { frame } = panel;
    await frame.locator("[name=find]").pressSequentially("interface *= lok");
    const proposal = frame.locator(".suggestions:not(.hidden) [role=option]", { hasText: "loki_push_api" });
    await proposal.first().waitFor();
    await editor.picture("graph-find-completion");
    await editor.page.keyboard.press("ArrowDown");
    await editor.page.keyboard.press("Enter");
    await expect.poll(() => frame.locator("[name=find]").inputValue()).toMatch(/loki_push_api/);
    await frame.locator("svg .edge.found").first().waitFor({ state: "attached" });
    expect(await panel.line(logs).getAttribute("class")).toContain("found");
    await editor.picture("graph-find");
    await frame.locator("[name=find]").fill("");
    const before = await panel.picture();
    const hidden = await panel.pictureAfter(() => frame.locator("[name=hide]").fill("internal or app = beacon"));
    expect(hidden.some((line) => line.startsWith("internal:") || line.includes("beacon"))).toBe(false);
    await editor.picture("graph-hide");
    expect(await panel.pictureAfter(() => frame.locator("[name=hide]").fill(""))).toEqual(before);
  });

  test("the table says the same, sorts, and leads to the source line", async () => {
    const { frame } = panel;
    await frame.locator("[name=mode-table]").click();
    const rows = frame.locator(".table-pane tbody tr");
    const flows = (await frame.locator("[name=table-flows] .count").innerText()).trim();
    expect(await rows.count()).toBe(Number(flows));
    await frame.locator("[name=sort-target]").click();
    const targets = await rows.locator("td:nth-child(2)").allInnerTexts();
    expect(targets).toEqual([...targets].sort());
    const row = frame.locator(`tr[data-row^="${api}"]`);
    await row.locator(".row-button").click();
    await editor.page.keyboard.press("Enter");
    await expect.poll(() => row.getAttribute("class")).toContain("selected");
    const place = frame.locator(".details .place").first();
    const line = Number(/:(\d+)$/.exec((await place.getAttribute("title")) ?? "")?.[1]);
    await expect.poll(() => editor.cursorLine()).toBe(line);
    await editor.picture("graph-table");
    await frame.locator("[name=mode-graph]").click();
  });
});
