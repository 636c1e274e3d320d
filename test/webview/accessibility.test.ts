import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { GraphView, HostMessage } from "#protocol";
import { axeFindings } from "./support/axe.ts";
import { HAS_CHROMIUM } from "./support/chromium.ts";
import { compared, deployment, everyKind, hostile, loneCharm, smallStack, tangle } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage, type PolicyName, stateMessage } from "./support/harness.ts";
import type { ThemeName } from "./support/themes.ts";

/** One state of the panel: a graph, and what is done to it. */
interface State {
  readonly name: string;
  readonly graph?: GraphView;
  readonly messages?: readonly HostMessage[];
  readonly policy?: PolicyName;
  readonly act?: (panel: PanelPage) => Promise<void>;
}

const click = (selector: string) => async (panel: PanelPage) => {
  await panel.page.click(selector);
};

const STATES: readonly State[] = [
  { name: "loading" },
  { name: "busy", graph: smallStack(), messages: [{ type: "busy", text: "Reading 40 charms…" }] },
  { name: "empty", messages: [stateMessage(null, { empty: "This workspace has no charm." })] },
  { name: "one charm", graph: loneCharm() },
  { name: "every kind", graph: everyKind() },
  { name: "hostile names", graph: hostile() },
  { name: "compared", graph: compared() },
  { name: "40 applications", graph: deployment(40) },
  { name: "500 applications", graph: deployment(500) },
  {
    name: "a picture that can't be drawn",
    messages: [stateMessage(tangle())],
    act: async (panel) => {
      await panel.page.locator(".notice-text", { hasText: "too large to draw" }).waitFor();
    },
  },
  { name: "stale", messages: [stateMessage(smallStack(), { stale: "coordinator/src/charm.py can't be read." })] },
  {
    name: "a notice",
    graph: smallStack(),
    messages: [{ type: "notice", severity: "error", text: "The server is gone." }],
  },
  { name: "everything hidden", graph: smallStack(), act: (panel) => panel.page.fill("[name=hide]", "units >= 0") },
  {
    name: "a flow chosen",
    graph: everyKind(),
    act: (panel) => panel.post({ type: "select", nodes: [], edges: [everyKind().edges[0]?.id ?? ""] }),
  },
  {
    name: "a line of several flows chosen, one of them opened",
    graph: everyKind(),
    act: async (panel) => {
      await panel.page.locator(".edge-label", { hasText: "×2" }).first().click();
      await panel.page.locator(".flow-details summary").first().click();
    },
  },
  {
    name: "flows refused and flows not known",
    graph: {
      ...everyKind(),
      edges: everyKind().edges.map((edge) =>
        edge.kind === "service"
          ? { ...edge, verdict: "denied" as const }
          : edge.kind === "unit"
            ? { ...edge, verdict: "unknown" as const }
            : edge,
      ),
    },
  },
  {
    name: "an application chosen",
    graph: everyKind(),
    act: (panel) => panel.post({ type: "select", nodes: ["app:cos/tempo"], edges: [] }),
  },
  { name: "found", graph: everyKind(), act: (panel) => panel.page.fill("[name=find]", "verdict = denied") },
  { name: "a wrong expression", graph: everyKind(), act: (panel) => panel.page.fill("[name=find]", "verdict = ") },
  {
    name: "an expression that is being completed",
    graph: everyKind(),
    act: (panel) => panel.page.locator("[name=find]").pressSequentially("ver"),
  },
  { name: "table of flows", graph: everyKind(), act: click("[name=mode-table]") },
  {
    name: "table of policies",
    graph: everyKind(),
    act: async (panel) => {
      await panel.page.click("[name=mode-table]");
      await panel.page.click("[name=table-policies]");
    },
  },
  { name: "question", graph: everyKind(), act: click("[role=tab] >> text=Can A reach B?") },
  {
    name: "answer",
    graph: everyKind(),
    act: async (panel) => {
      await panel.page.click("[role=tab] >> text=Can A reach B?");
      await panel.page.click(".reach-form [type=submit]");
      await panel.post({
        type: "reach",
        id: 1,
        error: null,
        answer: {
          allowed: false,
          certain: false,
          steps: [{ at: "waypoint", verdict: "deny", policy: null, text: "No policy of the Service matches." }],
          nearest: { policy: "tempo-api", field: "ports", text: "3200 is not 3100" },
        },
      });
      await panel.page.waitForSelector(".reach-answer");
    },
  },
  { name: "switches", graph: everyKind(), act: click("[role=tab] >> text=Settings") },
  { name: "view menu", graph: everyKind(), act: click("button[title=View]") },
  { name: "compare menu", graph: everyKind(), act: click("button[title=Compare]") },
  { name: "denied request", graph: everyKind(), act: click("button[title='Explain a Denied Request']") },
  { name: "export menu", graph: everyKind(), act: click("button[title=Export]") },
];

const THEMES: readonly ThemeName[] = ["light", "dark", "hc-dark", "hc-light"];

describe.skipIf(!HAS_CHROMIUM)("axe-core finds nothing", () => {
  let browser: Harness;
  beforeAll(async () => {
    browser = await harness();
  }, 60_000);
  afterAll(() => browser?.close());

  test.each(STATES)(
    "in the state: $name",
    { timeout: 60_000 },
    async ({ graph, messages = [], policy = "strict", act }) => {
      const panel = await browser.open({ theme: "dark", policy });
      if (graph) await panel.draw(graph);
      for (const message of messages) await panel.post(message);
      await act?.(panel);
      await panel.page.waitForTimeout(250);
      const findings: string[] = [];
      for (const theme of THEMES) {
        await panel.theme(theme);
        findings.push(...(await axeFindings(panel.page)).map((finding) => `${theme}: ${finding}`));
      }
      await panel.close();
      expect(findings).toEqual([]);
    },
  );
});
