import { afterEach, describe, expect, test } from "vitest";
import type { CodeLens, Hover, MarkupContent } from "vscode-languageserver";
import { DEFAULT_GRAPH_OPTIONS, type GraphOptions, graphRequest, policiesRequest, treeRequest } from "#protocol";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const PYTHON = "coordinator/src/charm.py";
const files = miniWorkspace();

const BUNDLE = `
applications:
  mini: {charm: mini-coordinator-k8s, scale: 1, trust: true}
  workers: {charm: mini-worker-k8s, scale: 3, trust: true}
  beacon: {charm: istio-beacon-k8s, scale: 1, trust: true}
  shop: {charm: shop-k8s, scale: 1}
relations:
- [mini:mini-cluster, workers:mini-cluster]
- [mini:service-mesh, beacon:service-mesh]
- [mini:mini-api, shop:mini-api]
`;

let client: LspClient;
afterEach(() => client.dispose());

async function started(more: Record<string, string>, folders?: readonly string[]): Promise<void> {
  client = await lspClient({ files: { ...files, ...more }, ...(folders ? { folders } : {}) });
}

/** The position of a text in the coordinator's Python. */
function at(text: string): { line: number; character: number } {
  const before = (files[PYTHON] ?? "").split(text)[0]?.split("\n") ?? [];
  return { line: before.length - 1, character: before.at(-1)?.length ?? 0 };
}

async function said(text: string): Promise<string> {
  const { line, character } = at(text);
  const found = await client.connection.sendRequest<Hover>("textDocument/hover", {
    textDocument: { uri: client.uri(PYTHON) },
    position: { line, character: character + 1 },
  });
  return (found.contents as MarkupContent).value;
}

async function lenses(): Promise<(string | undefined)[]> {
  const textDocument = { uri: client.uri(PYTHON) };
  const found = await client.connection.sendRequest<CodeLens[]>("textDocument/codeLens", { textDocument });
  const shown = found.map((lens) => client.connection.sendRequest<CodeLens>("codeLens/resolve", lens));
  return (await Promise.all(shown)).map(({ command }) => command?.title);
}

async function graphOf(options: Partial<GraphOptions> = {}) {
  const asked = { options: { ...DEFAULT_GRAPH_OPTIONS, ...options } };
  const { graph } = graphRequest.result.parse(await client.connection.sendRequest(graphRequest.method, asked));
  if (!graph) throw new Error("no graph");
  return graph;
}

const ask = <R>(method: string): Promise<R> =>
  client.connection.sendRequest(method, { options: DEFAULT_GRAPH_OPTIONS });

describe("one deployment for everything in the editor", () => {
  test("hover, lens, tree, policies and graph take the same file", async () => {
    await started({ "bundle.yaml": BUNDLE });
    expect((await graphOf()).topology.path).toBe("bundle.yaml");
    expect(await said("AppPolicy(")).toContain("Becomes, in `bundle.yaml`:");
    expect(await said("AppPolicy(")).toContain("cluster.local/ns/model/sa/shop");
    const { charms } = treeRequest.result.parse(await ask(treeRequest.method));
    const external = charms[0]?.groups.find(({ kind }) => kind === "external")?.policies ?? [];
    expect(external.map(({ label }) => label)).toEqual(["shop"]);
    const internal = charms[0]?.groups.find(({ kind }) => kind === "internal")?.policies.length;
    expect(await said("Coordinator(")).toContain(
      `${internal} cluster-internal and ${external.length} external policies in \`bundle.yaml\`.`,
    );
    expect(await lenses()).toEqual([
      `${internal} internal · ${external.length} external policies`,
      "Show traffic graph",
      "1 authorization policy",
    ]);
    const origins = (await graphOf()).policies
      .map(({ origin }) => origin)
      .filter((origin) => origin !== "beacon" && origin !== "istio");
    expect(origins.filter((origin) => origin === "cluster-internal")).toHaveLength(internal ?? -1);
    expect(origins).toHaveLength((internal ?? -1) + external.length);
    const table = policiesRequest.result.parse(
      await client.connection.sendRequest(policiesRequest.method, { options: DEFAULT_GRAPH_OPTIONS, format: "table" }),
    );
    expect(table.text).toContain("Topology: bundle.yaml.");
  });

  test("what one panel is switched to stays its own affair", async () => {
    await started({ "bundle.yaml": BUNDLE, "tests/other.bundle.yaml": BUNDLE.replaceAll("shop", "store") });
    const before = [await said("AppPolicy("), await said("Coordinator("), ...(await lenses())];
    expect((await graphOf({ topology: "tests/other.bundle.yaml" })).topology.path).toBe("tests/other.bundle.yaml");
    expect((await graphOf({ inferred: true })).topology.source).toBe("inferred");
    expect([await said("AppPolicy("), await said("Coordinator("), ...(await lenses())]).toEqual(before);
    expect(before[0]).toContain("sa/shop");
  });

  test("follows unsaved edits of the deployment's file, and its coming and going", async () => {
    await started({});
    expect(await said("AppPolicy(")).toContain("in the deployment that the charms suggest");
    await client.write("bundle.yaml", BUNDLE);
    expect(await said("AppPolicy(")).toContain("sa/shop");
    await client.open("bundle.yaml", BUNDLE.replaceAll("shop", "market"));
    expect(await said("AppPolicy(")).toContain("sa/market");
    await client.close("bundle.yaml");
    await client.write("bundle.yaml", null);
    expect(await said("AppPolicy(")).toContain("in the deployment that the charms suggest");
    expect((await graphOf()).topology.source).toBe("inferred");
  });

  test("the root of each of several folders counts, and the file is named with its folder", async () => {
    await started({ "deploy/bundle.yaml": BUNDLE }, ["file:///workspace/coordinator", "file:///workspace/deploy"]);
    expect((await graphOf()).topology.path).toBe("deploy/bundle.yaml");
    expect(await said("AppPolicy(")).toContain("Becomes, in `deploy/bundle.yaml`:");
  });

  test("a bundle of other charms is the graph's, and the charm's own hover names its deployment", async () => {
    await started({ "bundle.yaml": BUNDLE.replace("mini-coordinator-k8s", "other-k8s") });
    expect((await graphOf()).topology.path).toBe("bundle.yaml");
    expect(await said("AppPolicy(")).toContain("Becomes, in the deployment that the charms suggest:");
  });
});
