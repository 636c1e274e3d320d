import { expect, test } from "vitest";
import { documentLinks, documentSymbols, inlayHints, lensAt, lensPlaces, workspaceSymbols } from "#ide";
import { MINI_CONSUMER, MINI_COORDINATOR } from "../support/minicharms.ts";
import { analysed, placed } from "./scene.ts";

test("the outline of both files", async () => {
  const analysis = await analysed(MINI_COORDINATOR);
  expect(documentSymbols(analysis, "charmcraft.yaml").map((each) => `${each.name}: ${each.detail}`)).toContain(
    "mini-api: provides mini_api",
  );
  const python = documentSymbols(analysis, "src/charm.py");
  expect(python.map((each) => each.name)).toEqual(["Coordinator", "AppPolicy mini-api"]);
  expect(python[0]?.children.map((each) => `${each.name}: ${each.detail}`)).toContain("cluster: mini-cluster");
  for (const symbol of python) {
    expect(symbol.whole.span.start).toBeLessThanOrEqual(symbol.selection.span.start);
    expect(symbol.whole.span.end).toBeGreaterThanOrEqual(symbol.selection.span.end);
  }
});

test("symbols by letters, over all charms", async () => {
  const analysis = await analysed(MINI_COORDINATOR);
  const found = workspaceSymbols(analysis, "mapi").map((each) => `${each.name} in ${each.container}`);
  expect(found).toEqual(["mini-api in mini-coordinator-k8s", "AppPolicy mini-api in mini-coordinator-k8s"]);
});

test("lenses on the call, the policies and the mesh relation", async () => {
  const analysis = await analysed(MINI_COORDINATOR);
  const shown = ["charmcraft.yaml", "src/charm.py"].flatMap((path) =>
    lensPlaces(analysis, path).map(
      ({ location, action }) =>
        `${placed(location)}: ${lensAt(analysis, path, location.span.start, action)?.title} (${action})`,
    ),
  );
  expect(shown).toHaveLength(5);
  const counts = String.raw`\d+ internal · \d+ external policies \(show-policies\)$`;
  expect(shown[0]).toMatch(new RegExp(String.raw`^charmcraft.yaml:\d+ service-mesh: ${counts}`));
  expect(shown[1]).toMatch(/^charmcraft.yaml:\d+ service-mesh: Show traffic graph \(show-graph\)$/);
  expect(shown[2]).toMatch(new RegExp(String.raw`^src/charm.py:\d+ Coordinator: ${counts}`));
  expect(shown[3]).toMatch(/^src\/charm.py:\d+ Coordinator: Show traffic graph \(show-graph\)$/);
  expect(shown[4]).toMatch(/^src\/charm.py:\d+ AppPolicy: 1 authorization policy \(show-policies\)$/);
});

test("no lens on a charm that has nothing to do with the mesh", async () => {
  const analysis = await analysed(
    "//- charmcraft.yaml\nname: plain\nprovides:\n  web:\n    interface: http\n//- src/charm.py\nimport ops\n",
  );
  expect(lensPlaces(analysis, "charmcraft.yaml")).toEqual([]);
});

test("hints behind port expressions, none behind plain numbers", async () => {
  const analysis = await analysed(MINI_COORDINATOR);
  const file = [...(analysis.charms[0]?.charm.files.values() ?? [])].find((each) => each.path === "src/charm.py");
  const whole = { start: 0, end: file?.text.length ?? 0 };
  const hints = inlayHints(analysis, "src/charm.py", whole);
  expect(hints.map((hint) => `${file?.text.slice(hint.offset - 10, hint.offset)} ${labelOf(hint)}`)).toEqual([
    "PROXY_PORT 3300",
    "PROXY_PORT 3300",
    "http_port] 3200",
  ]);
  expect(hints[2]?.tooltip).toContain("src/mini.py:2");
  expect(inlayHints(analysis, "src/charm.py", { start: 0, end: 10 })).toEqual([]);
  const plain = await analysed(MINI_COORDINATOR.replace("ports=[Mini.http_port]", "ports=[3200]"));
  expect(inlayHints(plain, "src/charm.py", whole).map(labelOf)).not.toContain("3200");
});

test("interfaces and libraries lead to their pages", async () => {
  const analysis = await analysed(MINI_CONSUMER);
  const urls = documentLinks(analysis, "charmcraft.yaml").map((link) => link.url);
  expect(urls).toContain("https://charmhub.io/integrations/prometheus_scrape");
  // What only this charm speaks has no page.
  const own = await analysed(
    "//- charmcraft.yaml\nname: x\npeers:\n  a:\n    interface: tracing\nrequires:\n  b:\n    interface: of_our_own\n//- src/charm.py\n",
  );
  expect(documentLinks(own, "charmcraft.yaml")).toEqual([]);
});

function labelOf({ parts }: ReturnType<typeof inlayHints>[number]): string {
  return parts.map(({ text }) => text).join("");
}
