import { afterEach, describe, expect, test } from "vitest";
import {
  DEFAULT_GRAPH_OPTIONS,
  explainRequest,
  type GraphAnswer,
  type GraphOptions,
  graphRequest,
  type ReachAnswer,
  treeRequest,
} from "#protocol";
import { type LspClient, lspClient } from "../support/lsp-client.ts";
import { miniWorkspace } from "../support/mini-workspace.ts";

const BUNDLE = `
applications:
  mini: {charm: mini-coordinator-k8s, scale: 1, trust: true}
  workers: {charm: mini-worker-k8s, scale: 3, trust: true}
  beacon: {charm: istio-beacon-k8s, scale: 1, trust: true}
  loki: {charm: loki-k8s, scale: 2}
relations:
- [mini:mini-cluster, workers:mini-cluster]
- [mini:service-mesh, beacon:service-mesh]
- [mini:logging, loki:logging]
`;

let client: LspClient;
afterEach(() => client.dispose());

async function started(files: Record<string, string>): Promise<LspClient> {
  client = await lspClient({ files });
  return client;
}

async function graphOf(options: Partial<GraphOptions> = {}): Promise<GraphAnswer> {
  const answer = await client.connection.sendRequest(graphRequest.method, {
    options: { ...DEFAULT_GRAPH_OPTIONS, ...options },
  });
  return graphRequest.result.parse(answer);
}

describe("charmMesh/graph", () => {
  test("infers a deployment from the charms where no file describes one", async () => {
    await started(miniWorkspace());
    const { graph, empty, stale, choices } = await graphOf();
    expect([empty, stale]).toEqual([null, null]);
    expect(graph?.topology.source).toBe("inferred");
    expect(new Set(graph?.nodes.map(({ kind }) => kind))).toContain("worker");
    expect(choices.topologies).toEqual([]);
    expect(choices.layers.length).toBeGreaterThan(3);
  });

  test("takes the bundle at the root, unless a request names another topology", async () => {
    await started({ ...miniWorkspace(), "bundle.yaml": BUNDLE, "tests/other.bundle.yaml": BUNDLE });
    const applications = async (options: Partial<GraphOptions>) =>
      (await graphOf(options)).graph?.nodes.map(({ application }) => application);
    expect((await graphOf()).choices.topologies.map(({ path }) => path)).toEqual([
      "bundle.yaml",
      "tests/other.bundle.yaml",
    ]);
    expect((await graphOf()).graph?.topology).toMatchObject({ source: "bundle", path: "bundle.yaml" });
    expect(await applications({})).toContain("workers");
    expect(await applications({ inferred: true })).not.toContain("workers");
    expect((await graphOf({ topology: "tests/other.bundle.yaml" })).graph?.topology.path).toBe(
      "tests/other.bundle.yaml",
    );
  });

  test("follows the switches: mesh mode, layers, units", async () => {
    await started({ ...miniWorkspace(), "bundle.yaml": BUNDLE });
    const mesh = { hardened: true, managed: true, modelOnMesh: false, autoAllowWaypoint: true };
    expect((await graphOf({ mesh })).graph?.mesh).toEqual(mesh);
    const { choices, graph } = await graphOf();
    const internal = choices.layers.find(({ name }) => name.includes("internal"))?.name ?? "";
    expect(graph?.edges.some(({ kind }) => kind === "internal")).toBe(true);
    const hidden = await graphOf({ hiddenLayers: [internal] });
    expect(hidden.graph?.edges.some(({ kind }) => kind === "internal")).toBe(false);
    const more = (await graphOf({ workerUnits: 7 })).graph?.nodes.find(({ application }) => application === "workers");
    expect(more?.units).toBe(7);
  });

  test("says what to do in a workspace without a charm, and when a file can't be read in full", async () => {
    await started({ "README.md": "" });
    expect((await graphOf()).graph).toBeNull();
    expect((await graphOf()).empty).toMatch(/charmcraft\.yaml/);
    client.dispose();
    await started(miniWorkspace());
    await client.open("coordinator/charmcraft.yaml", "name: [mini\nrequires:\n");
    expect((await graphOf()).stale).toMatch(/^coordinator\/charmcraft\.yaml:\d+: /);
  });

  test("names files in paths that can be turned into URIs and back", async () => {
    await started(miniWorkspace());
    const place = (await graphOf()).graph?.edges
      .flatMap(({ because }) => because)
      .find((reason) => reason.place)?.place;
    const { uri } = await client.connection.sendRequest<{ uri: string }>("charmMesh/uri", { path: place?.path });
    expect(client.disk.has(uri)).toBe(true);
    expect(await client.connection.sendRequest("charmMesh/path", { uri })).toEqual({ path: place?.path });
  });

  test("refuses parameters that are none, and lives on", async () => {
    await started(miniWorkspace());
    await expect(client.connection.sendRequest(graphRequest.method, { options: { tls: 3 } })).rejects.toThrow(
      /options/,
    );
    expect((await graphOf()).graph).not.toBeNull();
  });
});

describe("charmMesh/policies", () => {
  test("are manifests with the reasons they rest on, and follow unsaved edits", async () => {
    await started(miniWorkspace());
    const text = async (format = "yaml") =>
      (
        await client.connection.sendRequest<{ text: string }>("charmMesh/policies", {
          options: DEFAULT_GRAPH_OPTIONS,
          format,
        })
      ).text;
    expect(await text("table")).toMatch(/^ORIGIN +FROM +TO +WHAT +BECAUSE$/m);
    expect(await text()).toMatch(/kind: AuthorizationPolicy/);
    expect(await text()).toMatch(/# .*\(coordinator\/src\/charm\.py:\d+:\d+\)/);
    expect(await text()).toContain("3200");
    await client.open("coordinator/src/mini.py", "class Mini:\n    http_port = 3201\n");
    expect(await text()).toContain("3201");
    expect(await text()).not.toContain("3200");
  });
});

describe("charmMesh/tree", () => {
  test("groups the policies that open each charm, with their reasons", async () => {
    await started({ ...miniWorkspace(), "bundle.yaml": BUNDLE });
    const { charms } = treeRequest.result.parse(
      await client.connection.sendRequest(treeRequest.method, { options: DEFAULT_GRAPH_OPTIONS }),
    );
    expect(charms.map(({ path, kind }) => [path, kind])).toEqual([
      ["coordinator", "coordinator"],
      ["worker", "worker"],
    ]);
    const kinds = charms[0]?.groups.map(({ kind }) => kind);
    expect(kinds).toContain("internal");
    const policies = charms.flatMap(({ groups }) => groups.flatMap((group) => group.policies));
    for (const policy of policies) expect(policy.because.length).toBeGreaterThan(0);
    // All stand in one model, which then goes without saying.
    expect(policies.filter(({ label }) => !/^[a-z][\w-]*$/.test(label))).toEqual([]);
  });

  test("shows controls in the names of charms as escapes", async () => {
    const hostile =
      'name: "evil\\u202e\\e]0;owned\\a\\u2028\\x85"\ntype: charm\nrequires:\n  logging:\n    interface: loki_push_api\n';
    await started({ "charm/charmcraft.yaml": hostile, "charm/src/charm.py": "" });
    const shown = "evil\\u202e\\x1b]0;owned\\x07\\u2028\\x85";
    for (const method of [treeRequest.method, "charmMesh/charms"]) {
      const { charms } = await client.connection.sendRequest<{ charms: { name: string; path: string }[] }>(method, {
        options: DEFAULT_GRAPH_OPTIONS,
      });
      expect(charms.map(({ name, path }) => [path, name])).toEqual([["charm", shown]]);
    }
  });
});

describe("charmMesh/canReach", () => {
  const ask = (from: string, to: string, port: number): Promise<ReachAnswer> =>
    client.connection.sendRequest("charmMesh/canReach", {
      options: {
        ...DEFAULT_GRAPH_OPTIONS,
        mesh: { hardened: true, managed: true, modelOnMesh: false, autoAllowWaypoint: true },
      },
      query: {
        from: { application: from, model: null },
        to: { application: to, model: null },
        via: "unit",
        port,
        method: null,
        path: null,
      },
    });

  test("gives a verdict with its steps; who is unknown is said so", async () => {
    await started({ ...miniWorkspace(), "bundle.yaml": BUNDLE });
    const inside = await ask("mini", "mini", 9999);
    expect(inside.allowed).toBe(true);
    expect(inside.steps.length).toBeGreaterThan(0);
    const outside = await ask("loki", "mini", 9999);
    expect(outside.allowed).toBe(false);
    await expect(ask("nobody", "mini", 1)).rejects.toThrow(/no application nobody/);
  });
});

describe("charmMesh/explain", () => {
  test("explains a log in Markdown, with links that the client can open, and counts what it can't read", async () => {
    await started({ ...miniWorkspace(), "bundle.yaml": BUNDLE });
    const line = [
      "2026-11-30T10:00:00.000001Z\terror\taccess\tconnection complete\t",
      'src.addr=10.1.0.9:51234 src.workload="loki-0" src.namespace="cos" ',
      'src.identity="spiffe://cluster.local/ns/cos/sa/loki" dst.addr=10.1.0.12:15008 dst.hbone_addr=10.1.0.12:9999 ',
      'dst.workload="mini-0" dst.namespace="cos" direction="inbound" ',
      'error="connection closed due to policy rejection: allow policies exist, but none allowed"',
    ].join("");
    const answer = explainRequest.result.parse(
      await client.connection.sendRequest(explainRequest.method, {
        options: DEFAULT_GRAPH_OPTIONS,
        log: `${line}\n${line}\nsomething else\n`,
      }),
    );
    expect(answer.denials).toBe(1);
    expect(answer.text).toContain("model/loki can't reach model/mini on port 9999");
    expect(answer.text).toContain("2×, at the ztunnel");
    expect(answer.text).toContain("1 line could not be read");
    expect(answer.text).toMatch(/\(<file:\/\/\/\S+\/coordinator\/src\/charm\.py#L\d+>\)/);
  });
});
