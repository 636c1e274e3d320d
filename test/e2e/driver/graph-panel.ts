import type { Frame, Locator, Page } from "playwright-core";
import type { WorkbenchPage } from "./workbench-page.ts";

/** The traffic graph's panel in a workbench, as a person meets it. */
export interface GraphPanel {
  readonly frame: Frame;
  /** The line that a flow is part of; `flow` is the beginning of the flow's id, or all of it. */
  readonly line: (flow: string) => Locator;
  /** What the picture says: each flow with how its line looks and is labelled, and each application with its look. */
  readonly picture: () => Promise<readonly string[]>;
  /** Waits until the picture says something else than before, and gives it. */
  readonly pictureAfter: (act: () => Promise<unknown>) => Promise<readonly string[]>;
  readonly tab: (name: "Details" | "Can A reach B?" | "Settings") => Promise<void>;
  /** Opens the context menu of an element of the picture and chooses an entry. */
  readonly chooseInMenu: (element: Locator, entry: string) => Promise<void>;
}

/** The panel that is open in a workbench, once it has drawn something; `beside` those that are known already. */
export async function openGraphPanel(
  workbench: Pick<WorkbenchPage, "webview" | "page">,
  beside: readonly GraphPanel[] = [],
): Promise<GraphPanel> {
  const known = beside.map((panel) => panel.frame);
  return panelIn(workbench, known.length === 0 ? await workbench.webview() : await frameBeside(workbench, known));
}

async function panelIn(workbench: Pick<WorkbenchPage, "page">, frame: Frame): Promise<GraphPanel> {
  await frame.locator("svg [data-node]").first().waitFor();
  const picture = () =>
    frame.locator("svg.picture").evaluate((svg) => {
      const nodes = [...svg.querySelectorAll(".node")].map(
        (node) => `${node.getAttribute("class")?.replace(/ (selected|found|aside|pointed)/g, "")} ${node.textContent}`,
      );
      const labels = new Map(
        [...svg.querySelectorAll(".edge-label")].map((label) => [label.getAttribute("data-edge"), label.textContent]),
      );
      const lines = [...svg.querySelectorAll(".edge[data-edge]")].map(
        (line) =>
          `${line.getAttribute("data-flows")} ${/verdict-\w+/.exec(line.getAttribute("class") ?? "")?.[0]} ${labels.get(line.getAttribute("data-edge")) ?? ""} ${/change-\w+/.exec(line.getAttribute("class") ?? "")?.[0] ?? ""}`,
      );
      return [...nodes, ...lines].sort();
    });
  return {
    frame,
    line: (flow) => frame.locator(`svg .edge[data-flows*="${flow}"]`).first(),
    picture,
    pictureAfter: async (act) => {
      const before = JSON.stringify(await picture());
      await act();
      for (const until = Date.now() + 20_000; Date.now() < until; await workbench.page.waitForTimeout(100)) {
        const now = await picture();
        if (JSON.stringify(now) !== before) return now;
      }
      throw new Error("the picture is still the same");
    },
    tab: async (name) => {
      // In a narrow panel the sidebar is closed until it is wanted.
      const button = frame.locator("[name=sidebar]");
      if ((await button.getAttribute("aria-pressed")) !== "true") await button.click();
      await frame.getByRole("tab", { name }).click();
    },
    chooseInMenu: (element, entry) => chosenInMenu(workbench.page, element, entry),
  };
}

/**
 * VS Code ignores the mouse for 100 ms after it drew a menu, so that the click that opens the menu chooses nothing
 * (`runOnceToEnableMouseUp` in vs/base/browser/ui/menu/menu.ts). An entry is therefore clicked until the menu is gone.
 */
async function chosenInMenu(page: Page, element: Locator, entry: string): Promise<void> {
  await element.click({ button: "right" });
  const label = page.locator(".monaco-menu .action-label", { hasText: entry }).first();
  await label.waitFor();
  for (const until = Date.now() + 20_000; Date.now() < until; await page.waitForTimeout(150)) {
    await label.click({ timeout: 500 }).catch(() => undefined);
    if (!(await label.isVisible())) return;
  }
  throw new Error(`the menu with “${entry}” does not close`);
}

/** A webview's inner frame other than those of the panels that are known. */
async function frameBeside({ page }: Pick<WorkbenchPage, "page">, known: readonly Frame[]): Promise<Frame> {
  for (const until = Date.now() + 30_000; Date.now() < until; await page.waitForTimeout(100))
    for (const frame of page.frames())
      if (isInnerFrame(frame) && !known.includes(frame) && (await frame.locator("svg.picture").count()) > 0)
        return frame;
  throw new Error("there is no other panel");
}

function isInnerFrame(frame: Frame): boolean {
  return frame.name() === "pending-frame" || /fake\.html/.test(frame.url());
}
