import type { Frame, Locator } from "playwright-core";
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
  readonly tab: (name: "Details" | "May A reach B?" | "Switches") => Promise<void>;
}

/** The panel that is open in a workbench, once it has drawn something. */
export async function openGraphPanel(workbench: Pick<WorkbenchPage, "webview" | "page">): Promise<GraphPanel> {
  const frame = await workbench.webview();
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
    tab: async (name) => frame.getByRole("tab", { name }).click(),
  };
}
