import { createHash } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { parse } from "yaml";
import { dotText, filterCompletions, graphTable, manifestText, markdownText, standaloneHtml } from "#picture";
import { type GraphView, stateMessageSchema } from "#protocol";
import { graphRows } from "../../engine/picture/src/table/graph-rows.ts";
import { policySummary } from "../../engine/picture/src/view/policy-summary.ts";
import { policy } from "../support/policy-fixture.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

const EVIL = '"]; </script><!-- `|x| [a](b) \n\u202e\ud800 \\';

const view: GraphView = viewOf(
  [
    nodeView("tempo", { kind: "coordinator" }),
    nodeView("worker", { kind: "worker", units: 3, roles: ["all"] }),
    nodeView("loki", { kind: "backend", onMesh: false }),
  ],
  [
    edgeView("worker", "tempo", {
      kind: "telemetry",
      hop: "to-proxy",
      telemetry: "logs",
      ports: [3300],
      paths: ["/proxy/loki/{unit}/push"],
      label: "logs",
      policies: ["p"],
    }),
    edgeView("tempo", "loki", {
      kind: "denied",
      verdict: "denied",
      interface: "loki_push_api",
      layer: null,
      ports: [3100],
      change: "widened",
    }),
  ],
  { notes: ["A note."] },
);
const hostile: GraphView = viewOf(
  [nodeView(EVIL, { id: "x", label: EVIL })],
  [edgeView(EVIL, EVIL, { source: "x", target: "x", label: EVIL, relation: EVIL })],
  {
    boxes: [{ id: "model:cos", kind: "model", label: EVIL, parent: null }],
    notes: [EVIL],
  },
);

describe("DOT", () => {
  it("draws boxes, shapes and line styles", () => {
    expect(dotText(view)).toBe(`digraph traffic {
  rankdir=LR;
  node [fontname="sans-serif"];
  edge [fontname="sans-serif"];
  subgraph cluster_0 {
    label="model cos";
    n0 [label="tempo\\ncoordinator", shape=hexagon];
    n1 [label="worker\\nworker · ×3 · all", shape=box3d];
    n2 [label="loki\\ntelemetry backend\\nnot on the mesh", shape=cylinder];
  }
  n1 -> n0 [label="logs", style=dashed, arrowhead=normal, penwidth=2];
  n0 -> n2 [label="WIDENED", style=dashed, arrowhead=tee, penwidth=2];
}
`);
  });

  it("lets nothing out of its quotation marks", () => {
    const bare = dotText(hostile).replace(/"(?:[^"\\\n]|\\.)*"/g, "_");
    expect(bare).not.toMatch(/["<`]|script/);
    expect(bare.split("\n")).toHaveLength(11);
  });
});

describe("the table twin", () => {
  it("says in words what the picture says", () => {
    expect(graphRows(view)[0]).toEqual({
      id: "telemetry:app:cos/worker->app:cos/tempo:",
      source: "worker",
      target: "tempo",
      kind: "Telemetry: logs, to the proxy",
      verdict: "allowed",
      layer: "waypoint",
      relation: "",
      interface: "",
      ports: "3300",
      methods: "all",
      paths: "/proxy/loki/{unit}/push",
      policies: "1",
      change: "",
    });
  });

  it("is Markdown in which nothing is markup", () => {
    const table = graphTable(hostile);
    expect(table.split("\n")[0]).toBe("| From | To | Traffic | Verdict | Enforced at | Relation |");
    expect(table).not.toMatch(/<|`|\[a\]|\u202e/);
    for (const row of table.split("\n").filter((line) => line.startsWith("|")))
      expect(row.match(/\|/g)).toHaveLength(7);
    expect(graphTable(viewOf([], []))).toBe("No traffic is known.\n");
  });

  it.each([
    ["tempo_api", "tempo_api"],
    ["_x_ *y*", "&#95;x&#95; &#42;y&#42;"],
    ["/proxy/loki/{unit}/push :3300", "/proxy/loki/{unit}/push :3300"],
    ["http://x.org www.x.org", "http&#58;//x.org www&#46;x.org"],
    [":smile: @you #12", "&#58;smile: &#64;you &#35;12"],
    ["- item", "&#45; item"],
    ["1. item", "1&#46; item"],
    ["<b>&amp;", "&lt;b&gt;&amp;amp;"],
  ])("writes %s as %s", (text, cell) => {
    expect(markdownText(text)).toBe(cell);
  });

  it("names the model where there are several", () => {
    const two = viewOf([nodeView("a"), nodeView("b", { model: "apps" })], [edgeView("a", "b")]);
    expect(graphRows(two).map((row) => [row.source, row.target])).toEqual([["a (cos)", "b (apps)"]]);
  });

  it("says methods and paths by port where they differ", () => {
    const nodes = [nodeView("a"), nodeView("b")];
    const granting = (grants: NonNullable<GraphView["edges"][number]["grants"]>) =>
      graphRows(viewOf(nodes, [edgeView("a", "b", { policies: ["p"], ports: [80, 81], grants })]))[0];
    const everything = { ports: [81], methods: null, paths: null };
    expect(granting([{ ports: [80], methods: ["GET"], paths: ["/x", "/y"] }, everything])).toMatchObject({
      methods: "GET on 80; all on 81",
      paths: "/x, /y on 80; all on 81",
    });
    expect(granting([{ ports: null, methods: ["GET"], paths: null }, everything])).toMatchObject({
      methods: "GET on all ports; all on 81",
      paths: "all",
    });
  });
});

describe("manifests", () => {
  const resource =
    policy({
      from: "shop",
      to: "tempo",
      endpoints: [{ ports: [80], methods: ["GET"], paths: ["/a b", "*", "yes", "{*}/x"] }],
    }).resource ?? {};

  it("are YAML that says the same", () => {
    expect(parse(manifestText(resource))).toEqual(resource);
    expect(manifestText({ a: [], b: {}, c: [[1], {}], d: "1", e: "0x1", f: "a: b", g: null, h: true })).toBe(
      'a: []\nb: {}\nc:\n- [1]\n- {}\nd: "1"\ne: "0x1"\nf: "a: b"\ng: null\nh: true\n',
    );
  });

  it("quote what a reader of YAML 1.1 takes for a number or a boolean", () => {
    expect(manifestText({ a: "e0", b: "on", c: "No", d: "12e3", e: "edge" })).toBe(
      'a: "e0"\nb: "on"\nc: "No"\nd: "12e3"\ne: edge\n',
    );
  });

  it("survive any text, in readers of both YAML versions", () => {
    fc.assert(
      fc.property(
        fc.dictionary(fc.string(), fc.oneof(fc.string({ unit: "binary" }), fc.array(fc.string()))),
        (given) => {
          const plain = JSON.parse(JSON.stringify(given));
          for (const version of ["1.1", "1.2"] as const)
            expect(parse(manifestText(plain), { version, uniqueKeys: false }) ?? {}).toEqual(plain);
        },
      ),
    );
  });
});

describe("a policy in a sentence", () => {
  it.each([
    [
      { from: "shop", to: "tempo", endpoints: [{ ports: [80, 443], methods: ["GET" as const], paths: ["/x"] }] },
      "shop may reach GET /x on ports 80, 443 of tempo's Service",
    ],
    [
      { from: "o/shop", to: "tempo", via: "unit" as const, endpoints: [{ ports: [1] }] },
      "shop (model o) may reach port 1 of tempo's pods",
    ],
    [{ from: "*", to: "tempo" }, "every application of m may reach every port of tempo's Service"],
    [{ from: "a", to: "b", via: "unit" as const, labels: { k: "v" } }, "a may reach every port of all pods with k=v"],
    [{ from: "a", to: "b", service: "svc" }, "a may reach every port of svc's Service"],
  ])("%#", (given, sentence) => {
    expect(policySummary(policy(given))).toBe(sentence);
  });
});

describe("completion of the find language", () => {
  const offered = (text: string): readonly string[] =>
    filterCompletions(text, text.length, view).map((one) => one.text);
  const applied = (text: string): readonly string[] =>
    filterCompletions(text, text.length, view).map((one) => text.slice(0, one.start) + one.text + text.slice(one.end));

  it("offers names and flags at the start and behind connectives", () => {
    expect(offered("")).toEqual(expect.arrayContaining(["verdict", "interface", "proxied", "not"]));
    expect(offered("proxied and ")).toEqual(offered(""));
    expect(offered("verd")).toEqual(["verdict"]);
    expect(applied("not verd")).toEqual(["not verdict"]);
  });

  it("offers operators that fit, then values that occur", () => {
    expect(offered("port ")).toEqual(["=", "!=", ">", ">=", "<", "<="]);
    expect(offered("interface ")).toContain("*=");
    expect(offered("verdict = ")).toEqual(["allowed", "denied", "unknown"]);
    expect(offered("port = ")).toEqual(["3300", "3100"]);
    expect(applied("app = lo")).toEqual(["app = loki"]);
    expect(offered("path = ")).toEqual(["/proxy/loki/{unit}/push"]);
    expect(offered("verdict = denied ")).toEqual(["and", "or"]);
    expect(offered("proxied ")).toEqual(["and", "or"]);
  });

  it("never throws, and replaces only what stands before the cursor", () => {
    fc.assert(
      fc.property(fc.string(), fc.nat(30), (text, at) => {
        const offset = Math.min(at, text.length);
        for (const one of filterCompletions(text, offset, view)) {
          expect(one.end).toBe(offset);
          expect(one.start).toBeLessThanOrEqual(offset);
        }
      }),
    );
  });
});

describe("a page by itself", () => {
  it("holds the panel's one message, and nothing in it can become markup or script", () => {
    const sha256 = (text: string) => createHash("sha256").update(text).digest("base64");
    const html = standaloneHtml({
      sha256,
      script: 'const x = "</script><!--";',
      style: "a{}</style>",
      view: hostile,
      title: EVIL,
    });
    const embedded = /<script type="application\/json" id="charm-mesh-state">(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    expect(stateMessageSchema.parse(JSON.parse(embedded)).graph).toEqual(hostile);
    expect(html.match(/<\/?script/g)).toHaveLength(4);
    expect(html.match(/<\/style/g)).toHaveLength(1);
    // The policy allows exactly the script and the style that the page holds, by their hashes.
    const policy = /Content-Security-Policy" content="([^"]*)"/.exec(html)?.[1] ?? "";
    const script = /<script>(.*?)<\/script>/s.exec(html)?.[1] ?? "";
    const style = /<style>(.*?)<\/style>/s.exec(html)?.[1] ?? "";
    expect(policy).toContain("default-src 'none';");
    expect(policy).toContain(`script-src 'sha256-${sha256(script)}';`);
    expect(policy).toContain(`style-src 'sha256-${sha256(style)}';`);
    expect(policy).not.toMatch(/nonce|unsafe/);
    expect(html).not.toMatch(/https?:/);
  });
});
