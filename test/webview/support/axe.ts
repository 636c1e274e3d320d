import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Page } from "playwright-core";

const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface AxeResult {
  readonly violations: readonly {
    readonly id: string;
    readonly help: string;
    readonly nodes: readonly { readonly html: string; readonly failureSummary?: string }[];
  }[];
}

/** What axe-core finds on a page, one line per finding; every rule of WCAG A and AA and of good practice. */
export async function axeFindings(page: Page): Promise<string[]> {
  await page.evaluate(source);
  const result = await page.evaluate(
    () =>
      (window as unknown as { axe: { run(context: Document, options: object): Promise<AxeResult> } }).axe.run(
        document,
        { resultTypes: ["violations"] },
      ),
    undefined,
  );
  return result.violations.flatMap(({ id, help, nodes }) =>
    nodes.map(
      (node) =>
        `${id} (${help}): ${node.html.slice(0, 160)} ${node.failureSummary?.split("\n").slice(1, 2).join(" ") ?? ""}`,
    ),
  );
}
