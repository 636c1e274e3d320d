import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { mermaidText } from "#picture";
import { mermaidLabel } from "../../engine/picture/src/mermaid/label.ts";
import { mermaidPicture } from "../../engine/picture/src/mermaid/mermaid-text.ts";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

const HOSTILE = [
  'say "hi"',
  "`rm -rf`",
  "a[b](c){d}<e>",
  "<script>alert(1)</script>",
  "end",
  "click n0 href javascript:alert(1)",
  '"]; click n0 call alert() //',
  "%%{init: {'securityLevel':'loose'}}%%",
  "line\nbreak\r\nflowchart TB",
  "subgraph x",
  "#quot;",
  "&lt;b&gt;",
  "a|b",
  "\u202eevil\u200b",
  "日本語 ünïcode 👻",
  "\ud800",
  "1. list",
  "- list",
  "x".repeat(10_000),
];

describe("Mermaid text", () => {
  it("distinguishes kinds of edges by line, width and dashes", () => {
    const text = mermaidText(
      viewOf(
        [nodeView("tempo", { kind: "coordinator" }), nodeView("worker", { kind: "worker", units: 3, roles: ["all"] })],
        [
          edgeView("tempo", "worker", { kind: "internal", label: "cluster" }),
          edgeView("worker", "tempo", { kind: "telemetry", label: "logs :3300" }),
          edgeView("gone", "tempo"),
        ],
      ),
    );
    expect(text).toBe(
      `flowchart LR
  subgraph b0["model cos"]
    direction LR
    n0{{"tempo<br/>coordinator"}}
    n1[["worker<br/>worker · ×3 · all"]]
  end
  n0 e0@-->|"cluster"| n1
  n1 e1@-.->|"logs :3300"| n0
  linkStyle 0 stroke-width:1px
  linkStyle 1 stroke-width:2px,stroke-dasharray:6 4
  class n0 node-coordinator
  class n1 node-worker
`,
    );
  });

  it("leaves styles and classes to who shows the picture", () => {
    const view = viewOf([nodeView("a"), nodeView("b")], [edgeView("a", "b")]);
    const kept = mermaidText(view)
      .split("\n")
      .filter((line) => !/^ +(linkStyle|class) /.test(line));
    expect(kept.length).toBeLessThan(mermaidText(view).split("\n").length);
    expect(mermaidText(view, { styles: false })).toBe(kept.join("\n"));
  });

  it("names what its ids stand for", () => {
    const picture = mermaidPicture(viewOf([nodeView("a"), nodeView("b")], [edgeView("a", "b")]));
    expect([...picture.nodes]).toEqual([
      ["n0", "app:cos/a"],
      ["n1", "app:cos/b"],
    ]);
    expect([...picture.edges]).toEqual([["e0", "service:app:cos/a->app:cos/b:"]]);
    expect([...picture.boxes]).toEqual([["b0", "model:cos"]]);
  });

  it.each(HOSTILE.map((name, index) => [index, name] as const))("keeps hostile name %i inside its label", (_, name) => {
    const view = viewOf([nodeView("x", { label: name, application: name })], [edgeView("x", "x", { label: name })], {
      boxes: [{ id: "model:cos", kind: "model", label: name, parent: null }],
    });
    // With every label blanked, a hostile text must be the same as a harmless one: nothing got out of the quotation marks.
    const bare = (text: string): string => text.replace(/"[^"\n]*"/g, '""');
    const harmless = viewOf([nodeView("x", { label: "x", application: "x" })], [edgeView("x", "x", { label: "x" })]);
    expect(bare(mermaidText(view))).toBe(bare(mermaidText(harmless)));
    expect(mermaidText(view).length).toBeLessThan(3_000);
  });

  it("writes labels of letters, digits, blanks and entities only, whatever comes in", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), fc.integer({ min: 1, max: 80 }), (text, limit) => {
        expect(mermaidLabel(text, limit)).toMatch(/^(#\d+;|[\p{L}\p{N}\p{M} ,\ufffd/.:=·×…-])*$/u);
      }),
    );
  });

  it.each([
    ["tempo-worker", "tempo-worker"],
    ["/proxy/loki/{unit}/push :3300", "#47;proxy/loki/#123;unit#125;/push :3300"],
    ["- item", "#45; item"],
    ["1. item", "1#46; item"],
    ["v1.2", "v1.2"],
    ["http://x", "http#58;//x"],
    ["www.x.org", "www#46;x.org"],
    ["a_b*c", "a#95;b#42;c"],
  ])("writes %s as %s", (text, label) => {
    expect(mermaidLabel(text, 48)).toBe(label);
  });

  it("survives boxes that contain each other", () => {
    const boxes = [
      { id: "a", kind: "model" as const, label: "a", parent: "b" },
      { id: "b", kind: "cluster" as const, label: "b", parent: "a" },
      { id: "c", kind: "model" as const, label: "c", parent: "c" },
    ];
    const text = mermaidText(viewOf([nodeView("x", { box: "a" }), nodeView("y", { box: "c" })], [], { boxes }));
    expect(text).toContain('"x');
    expect(text).toContain('"y');
  });
});
