import { mkdirSync } from "node:fs";
import path from "node:path";
import { compared, deployment, everyKind, hostile, loneCharm, smallStack, tangle } from "./support/deployments.ts";
import { type Harness, harness, type PanelPage, stateMessage } from "./support/harness.ts";
import type { ThemeName } from "./support/themes.ts";

/*
 * Pictures of the panel in its states, for people to look at: node scripts/run.mjs test/webview/gallery.ts [FOLDER] [NAME…]
 * They are written to artifacts/webview, or to FOLDER; with names, only those whose name contains one of them.
 */

interface Sight {
  readonly name: string;
  readonly theme: ThemeName;
  readonly width: number;
  readonly act: (panel: PanelPage) => Promise<unknown>;
}

const WIDE = 1400;
const NARROW = 700;

const SIGHTS: readonly Sight[] = [
  { name: "loading", theme: "dark", width: WIDE, act: async () => {} },
  { name: "loading", theme: "light", width: NARROW, act: async () => {} },
  {
    name: "empty",
    theme: "light",
    width: WIDE,
    act: (panel) => panel.post(stateMessage(null, { empty: "No charm was found in this folder." })),
  },
  {
    name: "empty",
    theme: "hc-dark",
    width: NARROW,
    act: (panel) => panel.post(stateMessage(null, { empty: "No charm was found in this folder." })),
  },
  {
    name: "error",
    theme: "dark",
    width: WIDE,
    act: (panel) => panel.post(stateMessage(tangle())),
  },
  {
    name: "error",
    theme: "light",
    width: NARROW,
    act: (panel) => panel.post(stateMessage(tangle())),
  },
  { name: "one", theme: "light", width: NARROW, act: (panel) => panel.draw(loneCharm()) },
  { name: "one", theme: "hc-dark", width: WIDE, act: (panel) => panel.draw(loneCharm()) },
  { name: "five", theme: "dark", width: WIDE, act: (panel) => panel.draw(smallStack()) },
  { name: "five", theme: "hc-light", width: NARROW, act: (panel) => panel.draw(smallStack()) },
  { name: "kinds", theme: "light", width: WIDE, act: (panel) => panel.draw(everyKind()) },
  { name: "kinds", theme: "hc-light", width: WIDE, act: (panel) => panel.draw(everyKind()) },
  { name: "kinds", theme: "dark", width: NARROW, act: (panel) => panel.draw(everyKind()) },
  { name: "forty", theme: "dark", width: WIDE, act: (panel) => panel.draw(deployment(40)) },
  { name: "forty", theme: "light", width: NARROW, act: (panel) => panel.draw(deployment(40)) },
  { name: "forty", theme: "hc-light", width: WIDE, act: (panel) => panel.draw(deployment(40)) },
  { name: "eighty", theme: "light", width: WIDE, act: (panel) => panel.draw(deployment(80)) },
  { name: "500", theme: "dark", width: NARROW, act: (panel) => panel.draw(deployment(500)) },
  { name: "hostile", theme: "light", width: NARROW, act: (panel) => panel.draw(hostile()) },
  {
    name: "stale",
    theme: "dark",
    width: WIDE,
    act: async (panel) => {
      await panel.draw(smallStack());
      await panel.post(stateMessage(null, { stale: "coordinator/src/charm.py, line 12: this bracket is not closed." }));
    },
  },
  { name: "compared", theme: "dark", width: WIDE, act: (panel) => panel.draw(compared()) },
  { name: "compared", theme: "hc-dark", width: WIDE, act: (panel) => panel.draw(compared()) },
  {
    name: "flow",
    theme: "dark",
    width: WIDE,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.page.locator(".edge-label.edge-service").click();
    },
  },
  {
    name: "flow",
    theme: "light",
    width: NARROW,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.post({
        type: "select",
        nodes: [],
        edges: [everyKind().edges.find((edge) => edge.kind === "service")?.id ?? ""],
      });
    },
  },
  {
    name: "find",
    theme: "light",
    width: WIDE,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.page.locator("[name=find]").pressSequentially("layer = l7 and ver");
    },
  },
  {
    name: "find-wrong",
    theme: "dark",
    width: NARROW,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.page.locator("[name=find]").pressSequentially("layer = l7 and (nonsense ");
    },
  },
  {
    name: "table",
    theme: "dark",
    width: NARROW,
    act: (panel) => panel.draw(compared()).then(() => panel.page.click("[name=mode-table]")),
  },
  {
    name: "answer",
    theme: "light",
    width: WIDE,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.page.click("[role=tab] >> text=Can A reach B?");
      await panel.page.click(".reach-form [type=submit]");
      await panel.post({
        type: "reach",
        id: 1,
        error: null,
        answer: {
          allowed: false,
          certain: false,
          steps: [
            {
              at: "ztunnel",
              verdict: "skip",
              policy: null,
              text: "The source is on the mesh; the address is a Service.",
            },
            {
              at: "waypoint",
              verdict: "deny",
              policy: null,
              text: "Hardened: no policy of the Service tempo matches.",
            },
          ],
          nearest: { policy: "tempo-api", field: "ports", text: "port 3100 is not among 3200" },
        },
      });
    },
  },
  {
    name: "switches",
    theme: "light",
    width: WIDE,
    act: (panel) => panel.draw(everyKind()).then(() => panel.page.click("[role=tab] >> text=Settings")),
  },
  {
    name: "view-menu",
    theme: "dark",
    width: WIDE,
    act: (panel) => panel.draw(everyKind()).then(() => panel.page.click("button[title=View]")),
  },
  {
    name: "compare-menu",
    theme: "light",
    width: NARROW,
    act: (panel) => panel.draw(everyKind()).then(() => panel.page.click("button[title=Compare]")),
  },
  {
    name: "denied-request",
    theme: "dark",
    width: NARROW,
    act: (panel) => panel.draw(everyKind()).then(() => panel.page.click("button[title='Explain a Denied Request']")),
  },
  {
    name: "export-menu",
    theme: "hc-dark",
    width: WIDE,
    act: (panel) => panel.draw(everyKind()).then(() => panel.page.click("button[title=Export]")),
  },
  {
    name: "hover",
    theme: "dark",
    width: WIDE,
    act: async (panel) => {
      await panel.draw(everyKind());
      await panel.page.locator(".edge-label.edge-unit").hover();
      await panel.page.waitForTimeout(600);
    },
  },
];

async function pictured(browser: Harness, folder: string, sight: Sight): Promise<void> {
  const { name, theme, width, act } = sight;
  const panel = await browser.open({ theme, width, height: 900 });
  await act(panel);
  await panel.page.waitForTimeout(500);
  await panel.page.screenshot({ path: path.join(folder, `${name}-${theme}-${width}.png`) });
  await panel.close();
}

const [folder = "artifacts/webview", ...names] = process.argv.slice(2);
mkdirSync(folder, { recursive: true });
const browser = await harness();
try {
  for (const sight of SIGHTS)
    if (names.length === 0 || names.some((name) => sight.name.includes(name))) await pictured(browser, folder, sight);
} finally {
  await browser.close();
}
