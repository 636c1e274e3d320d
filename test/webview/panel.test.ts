import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { EDGE_STYLES } from "#picture";
import type { GraphView } from "#protocol";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { compared, everyKind, smallStack } from "./support/deployments.ts";
import { edge, graph, node } from "./support/graph-parts.ts";
import { type Harness, harness, type PanelPage } from "./support/harness.ts";

const TIMEOUT = 60_000;

describe.skipIf(!HAS_CHROMIUM)("the panel in Chromium", () => {
  let browser: Harness;
  let panel: PanelPage;
  beforeAll(async () => {
    browser = await harness();
  }, TIMEOUT);
  afterAll(() => browser?.close());

  const opened = async (...options: Parameters<Harness["open"]>) => {
    panel = await browser.open(...options);
    return panel;
  };
  const texts = (selector: string) => panel.page.locator(selector).allInnerTexts();
  const done = async () => {
    expect(await panel.violations(), "the page's policy was violated").toEqual([]);
    expect(await panel.sent("error"), "the panel reported an error").toEqual([]);
    await panel.close();
  };

  test("shows controls in names as escapes: no text or tooltip of the page holds one", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    const name = "evil\u202e\u0085\u001b]0;x\u0007\u2066";
    const shop = node(name, "application", { charmRoot: name });
    const db = node("db", "application");
    await panel.draw(graph({ nodes: [shop, db], edges: [edge("service", shop, db, `:80 ${name}`)] }));
    await panel.page.locator("svg.picture .node[role=button]").first().click();
    expect(await panel.page.locator(".details").first().innerText()).toContain(
      String.raw`evil\u202e\x85\x1b]0;x\x07\u2066`,
    );
    const unseen = await panel.page.evaluate(() => {
      const controls = /[\p{Cc}\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]/u;
      const found: string[] = [];
      for (const element of document.querySelectorAll("body, body *")) {
        const own = [...element.childNodes]
          .filter(({ nodeType }) => nodeType === 3)
          .map(({ nodeValue }) => nodeValue ?? "");
        const shown = ["title", "aria-label", "placeholder"].map((attribute) => element.getAttribute(attribute) ?? "");
        if (element.localName === "script" || element.localName === "style") continue;
        for (const text of [...own, ...shown])
          if (controls.test(text.replaceAll(/[\n\t]/g, "")))
            found.push(`${element.localName}.${element.getAttribute("class")}: ${JSON.stringify(text)}`);
      }
      return found;
    });
    expect(unseen).toEqual([]);
    await done();
  });

  test("draws every node and edge, names them, and lists in the legend exactly what is drawn", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    expect(await panel.sent("ready")).toHaveLength(1);
    const graph = everyKind();
    await panel.draw(graph);
    expect(await panel.page.locator("svg.picture .node[role=button]").count()).toBe(graph.nodes.length);
    // Flows of one look between the same two applications are one line; each flow is on exactly one.
    const flows = await panel.page
      .locator("svg.picture .edge[role=button]")
      .evaluateAll((all) => all.flatMap((one) => one.getAttribute("data-flows")?.split("\n") ?? []));
    // Lines to the mesh's beacon are drawn on demand only.
    const drawn = graph.edges.filter(({ source, target }) => ![source, target].includes("app:cos/beacon"));
    expect(drawn.length).toBe(graph.edges.length - 1);
    expect(flows.sort()).toEqual(drawn.map((edge) => edge.id).sort());
    const names = await panel.page
      .locator("svg.picture [role=button]")
      .evaluateAll((all) => all.map((one) => one.getAttribute("aria-label")));
    expect(names).toContain("tempo coordinator telemetry proxy :3300, model cos, 10 in, 3 out");
    expect(names).toContain("batch to tempo, suggested but denied, denied, tracing :4317");
    expect(names.every((name) => name !== null && name.length > 5)).toBe(true);
    const lines = await texts(".legend-line > span:first-of-type");
    // Relations that are no traffic come after the kinds of traffic.
    const titles = (view: GraphView) =>
      EDGE_STYLES.filter(({ kind }) => view.edges.some((edge) => edge.kind === kind))
        .sort((a, b) => Number(a.kind === "mesh") - Number(b.kind === "mesh"))
        .map(({ title }) => title);
    expect(lines).toEqual(titles(graph));
    expect(lines).toHaveLength(9);
    const counts = (await texts(".legend-line .count")).map(Number);
    expect(counts.reduce((sum, count) => sum + count, 0)).toBe(drawn.length);
    // The counts of the kinds of traffic add up to what the status line and the table count.
    const traffic = graph.edges.filter(({ kind }) => kind !== "mesh").length;
    const ofFlows = (await texts(".legend ul[aria-label=Flows] .count")).map(Number);
    expect(ofFlows.reduce((sum, count) => sum + count, 0)).toBe(traffic);
    expect(await panel.page.locator(".status-facts").innerText()).toContain(` ${traffic} flows `);
    await panel.draw(smallStack());
    expect(await texts(".legend-line > span:first-of-type")).toEqual(titles(smallStack()));
    await done();
  });

  test("a click on a flow shows all about it, a double click opens its line", { timeout: TIMEOUT }, async () => {
    await opened();
    const graph = everyKind();
    await panel.draw(graph);
    await panel.page.locator(".edge-label.edge-unit").click();
    expect(await panel.sent("reveal")).toEqual([]);
    await panel.page.locator(".edge-label.edge-unit").dblclick();
    expect(await panel.sent("reveal")).toContainEqual({
      type: "reveal",
      place: { path: "coordinator/src/charm.py", line: 41, character: 8 },
    });
    const details = await panel.page.locator(".details").innerText();
    for (const part of [
      "prometheus",
      "cluster.local/ns/cos/sa/prometheus",
      "9113",
      "metrics-endpoint",
      "prometheus_scrape",
      "L4, at ztunnel",
      "Allowed",
      "Coordinator default",
      "kind: AuthorizationPolicy",
    ])
      expect(details).toContain(part);
    expect(await panel.page.locator(".edge-unit.selected[aria-pressed=true]").count()).toBe(1);
    await panel.page.locator(".details .place").first().click();
    expect(await panel.sent("reveal")).toHaveLength(2);
    await done();
  });

  test("a double click on an application opens its line; a click beside everything clears the selection", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    await panel.draw(smallStack());
    await panel.page.locator('[data-node="app:cos/loki"]').click();
    expect(await panel.sent("reveal")).toEqual([]);
    await panel.page.locator('[data-node="app:cos/loki"]').dblclick();
    expect(await panel.sent("reveal")).toEqual([
      { type: "reveal", place: { path: "bundle.yaml", line: 3, character: 2 } },
    ]);
    expect(await panel.page.locator(".details h2").innerText()).toBe("loki");
    await panel.page.locator("svg.picture").click({ position: { x: 4, y: 4 } });
    expect(await panel.page.locator(".details h2").innerText()).toBe("Deployment");
    await done();
  });

  test("everything is reached with the keyboard", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    await panel.draw(everyKind());
    const focused = () =>
      page.evaluate(
        () => document.activeElement?.getAttribute("aria-label") ?? document.activeElement?.className ?? "",
      );
    await page.locator("svg.picture").focus();
    await page.keyboard.press("Home");
    const first = await focused();
    expect(first).toMatch(/^(prometheus|traefik|tempo|batch|shop)/);
    await page.keyboard.press("ArrowRight");
    expect(await focused()).not.toBe(first);
    await page.keyboard.press("]");
    expect(await focused()).toMatch(/ (to|and) /);
    const flow = await focused();
    await page.keyboard.press(">");
    expect(await focused()).toMatch(new RegExp(`^${/ (?:to|and) ([\w-]+)/.exec(flow)?.[1]} `));
    await page.keyboard.press("Enter");
    expect(await panel.sent("reveal")).toHaveLength(1);
    await page.keyboard.press("Escape");
    expect(await page.locator(".details h2").innerText()).toBe("Deployment");
    const before = await page.locator(".stage").getAttribute("transform");
    await page.keyboard.press("+");
    expect(await page.locator(".stage").getAttribute("transform")).not.toBe(before);
    await page.keyboard.press("0");
    // The picture is one stop of the Tab key; then come its zoom buttons.
    await page.keyboard.press("Tab");
    expect(await focused()).toBe("Zoom in");
    await page.keyboard.press("Shift+Tab");
    expect(await focused()).toMatch(/in, \d+ out$/);
    await done();
  });

  test("find marks, hide removes, both complete and say what is wrong", { timeout: TIMEOUT }, async () => {
    await opened();
    const { page } = panel;
    const graph = everyKind();
    await panel.draw(graph);
    await page.fill("[name=find]", "verdict = denied");
    await page.waitForSelector(".edge.found");
    expect(await page.locator(".edge.found").count()).toBe(2);
    expect(await page.locator(".find-note").first().innerText()).toBe("2 matches");
    await page.fill("[name=find]", "verdict = ");
    await page.waitForSelector("[name=find][aria-invalid=true]");
    await page.fill("[name=find]", "");
    await page.locator("[name=hide]").pressSequentially("kind = inter");
    await page.waitForSelector(".suggestions:not(.hidden) [role=option]");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.waitForFunction(() => document.querySelectorAll(".edge-internal").length === 0);
    const shown = await page
      .locator(".edge[role=button]")
      .evaluateAll((all) => all.flatMap((one) => one.getAttribute("data-flows")?.split("\n") ?? []));
    // Four internal flows are hidden, and the line to the beacon is drawn on demand only.
    expect(shown).toHaveLength(graph.edges.length - 5);
    expect(await page.inputValue("[name=hide]")).toBe("kind = internal ");
    await page.fill("[name=hide]", "units >= 0");
    await page.waitForSelector(".full-state >> text=Everything is hidden");
    await page.click("text=Show everything");
    await panel.drawn(graph.nodes.length);
    await done();
  });

  test("the table says everything that the picture says, and can be sorted and filtered", {
    timeout: TIMEOUT,
  }, async () => {
    await opened();
    const { page } = panel;
    const graph = compared();
    await panel.draw(graph);
    await page.click("[name=mode-table]");
    const rows = () =>
      page
        .locator(".table-scroll tbody tr")
        .evaluateAll((all) => all.map((row) => (row as HTMLElement).innerText.split("\t")));
    const all = await rows();
    // Relations of the mesh itself are no flows; the table of applications has them.
    const flows = graph.edges.filter(({ kind }) => kind !== "mesh");
    expect(all).toHaveLength(flows.length);
    for (const [at, edge] of flows.entries()) {
      const text = all[at]?.join(" | ") ?? "";
      const ends = [edge.source, edge.target].map((id) => graph.nodes.find((node) => node.id === id)?.label ?? "");
      for (const part of [
        ...ends,
        edge.label,
        edge.relation ?? "",
        edge.interface ?? "",
        ...(edge.ports ?? []).map(String),
        ...(edge.paths ?? []),
      ])
        expect(text).toContain(part);
      if (edge.change) expect(text.toLowerCase()).toContain(edge.change);
      expect(text.toLowerCase()).toContain(edge.verdict);
    }
    await page.click("[name=sort-ports]");
    expect(await page.locator("th[aria-sort=ascending]").innerText()).toBe("Ports");
    const column = (await page.locator(".table-scroll thead th").allInnerTexts()).indexOf("Ports");
    const ports = (await rows()).map((row) => Number(row[column])).filter((port) => !Number.isNaN(port) && port > 0);
    expect(ports).toEqual([...ports].sort((a, b) => a - b));
    await page.click("[name=sort-ports]");
    expect(await page.locator("th[aria-sort=descending]").innerText()).toBe("Ports");
    await page.fill("[name=find]", "widened");
    await page.waitForFunction(() => document.querySelectorAll(".table-scroll tbody tr").length === 1);
    await page.click(".table-scroll tbody .row-button");
    expect(await panel.sent("reveal")).toEqual([]);
    await page.keyboard.press("Enter");
    expect(await panel.sent("reveal")).toHaveLength(1);
    await page.fill("[name=find]", "");
    await page.waitForFunction(
      (count) => document.querySelectorAll(".table-scroll tbody tr").length === count,
      all.length,
    );
    await page.click("[name=table-applications]");
    expect(await rows()).toHaveLength(graph.nodes.length);
    const applications = (await rows()).map((row) => row.join(" | ")).join("\n");
    for (const { kind, label } of graph.edges) if (kind === "mesh") expect(applications).toContain(`(${label})`);
    await page.click("[name=table-policies]");
    expect(await rows()).toHaveLength(graph.policies.length);
    await done();
  });
});
