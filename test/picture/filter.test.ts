import fc from "fast-check";
import { describe, expect, it, vi } from "vitest";
import { foundIn, parseFilter, viewWithout } from "#picture";
import type { GraphView } from "#protocol";
import { edgeView, nodeView, viewOf } from "../support/view-fixture.ts";

// Properties take long on a machine that has much else to do.
vi.setConfig({ testTimeout: 30_000 });

const view: GraphView = viewOf(
  [
    nodeView("tempo", { kind: "coordinator", units: 1 }),
    nodeView("worker", { kind: "worker", units: 3, roles: ["all"] }),
    nodeView("loki", { kind: "backend", onMesh: false }),
    nodeView("shop", { kind: "client" }),
    nodeView("idle"),
  ],
  [
    edgeView("shop", "tempo", { relation: "tracing", interface: "tracing", ports: [4317, 4318], label: "tracing" }),
    edgeView("worker", "tempo", {
      kind: "telemetry",
      telemetry: "logs",
      hop: "to-proxy",
      paths: ["/proxy/loki/{unit}/push"],
      ports: [3300],
      interface: "loki_push_api",
    }),
    edgeView("tempo", "loki", {
      kind: "denied",
      verdict: "denied",
      interface: "loki_push_api",
      layer: null,
      ports: [3100],
    }),
    edgeView("tempo", "worker", { kind: "internal", layer: "l4", policies: ["p1"] }),
  ],
  {
    policies: [
      {
        id: "p1",
        origin: "cluster-internal",
        kind: "unit",
        source: "tempo",
        target: "worker",
        summary: "",
        manifest: null,
        because: [],
      },
    ],
  },
);

function found(text: string): string[] {
  const parsed = parseFilter(text);
  if (!parsed.ok) throw new Error(`${parsed.error.message} at ${parsed.error.start}`);
  const { nodes, edges } = foundIn(view, parsed.filter);
  const label = (id: string): string => id.replaceAll("app:cos/", "").replace(/:[^:]*$/, "");
  return [...[...nodes].map((id) => id.replace("app:cos/", "")), ...[...edges].map(label)].sort();
}

function errorOf(text: string): string {
  const parsed = parseFilter(text);
  if (parsed.ok) return "read";
  return `${parsed.error.start}-${parsed.error.end} ${parsed.error.message}`;
}

describe("find and hide expressions", () => {
  it.each([
    ["", []],
    ["verdict = denied", ["denied:tempo->loki"]],
    ["verdict=denied", ["denied:tempo->loki"]],
    ["verdict != denied", ["internal:tempo->worker", "service:shop->tempo", "telemetry:worker->tempo"]],
    ["interface *= loki", ["denied:tempo->loki", "telemetry:worker->tempo"]],
    ["interface contains LOKI and proxied", ["telemetry:worker->tempo"]],
    ["interface !contains loki", ["internal:tempo->worker", "service:shop->tempo"]],
    ["interface not contains loki", ["internal:tempo->worker", "service:shop->tempo"]],
    ["layer = l7", ["service:shop->tempo", "telemetry:worker->tempo"]],
    ["proxied", ["telemetry:worker->tempo"]],
    ["is proxied", ["telemetry:worker->tempo"]],
    ["internal", ["internal:tempo->worker"]],
    ["external", ["service:shop->tempo"]],
    ["path ^= /proxy", ["telemetry:worker->tempo"]],
    ["path $= push", ["telemetry:worker->tempo"]],
    ["path = '/proxy/loki/{unit}/push'", ["telemetry:worker->tempo"]],
    ["app = loki", ["loki"]],
    ["app ^= lo", ["loki"]],
    ["kind = worker", ["worker"]],
    ["kind = telemetry", ["telemetry:worker->tempo"]],
    ["units > 1", ["worker"]],
    ["units >= 1 and not onmesh", ["loki"]],
    ["idle", ["idle"]],
    ["rank >= 4", ["tempo"]],
    ["role = all", ["worker"]],
    ["policy = unit", ["internal:tempo->worker"]],
    ["origin = cluster-internal", ["internal:tempo->worker"]],
    ["unrestricted", ["internal:tempo->worker"]],
    ["telemetry", ["telemetry:worker->tempo"]],
    ["has telemetry", ["telemetry:worker->tempo"]],
    ["source = shop or target = loki", ["denied:tempo->loki", "service:shop->tempo"]],
  ])("%s", (text, expected) => {
    expect(found(text)).toEqual(expected);
  });

  it("counts a single port as allowed where every port is", () => {
    expect(found("port = 3100")).toEqual(["denied:tempo->loki", "internal:tempo->worker"]);
    expect(found("port > 4317")).toEqual(["service:shop->tempo"]);
    expect(found("method = GET")).toHaveLength(4);
  });

  it("binds not tighter than and, and tighter than or; brackets change that", () => {
    expect(found("internal or proxied and denied")).toEqual(["internal:tempo->worker"]);
    expect(found("(internal or proxied) and denied")).toEqual([]);
    expect(found("not internal and not proxied")).toEqual(["denied:tempo->loki", "service:shop->tempo"]);
    expect(found("not (internal or proxied)")).toEqual(found("not internal and not proxied"));
    expect(found("!internal && !proxied")).toEqual(found("not internal and not proxied"));
    expect(found("not not internal")).toEqual(found("internal"));
  });

  it("asks what is said of nodes of an edge's ends, once something is said of edges", () => {
    expect(found("app = loki and denied")).toEqual(["denied:tempo->loki"]);
    expect(found("denied and not onmesh")).toEqual(["denied:tempo->loki"]);
    expect(found("app = shop or denied")).toEqual(["denied:tempo->loki", "shop"]);
  });

  it("searches names with a word that is no keyword, and with a text in quotation marks", () => {
    expect(found("lok")).toEqual(found("app *= lok"));
    expect(found("lok")).toContain("loki");
    expect(found("LOKI")).toEqual(found("loki"));
    expect(found("'loki'")).toEqual(found("loki"));
    expect(found("loki or tempo")).toEqual(found("app *= loki or app *= tempo"));
    expect(found("not loki")).toEqual(found("not app *= loki"));
    expect(found("loki and denied")).toEqual(found("app *= loki and denied"));
    expect(found("nobody-is-called-so")).toEqual([]);
    // A keyword keeps its meaning, and quotation marks take it away.
    expect(found("denied")).toEqual(["denied:tempo->loki"]);
    expect(found('"denied"')).toEqual([]);
  });

  it("does not match every node by denying something of edges", () => {
    expect(found("not verdict = denied")).toEqual(found("verdict != denied"));
  });

  it.each([
    ["verdict =", "9-9 Expected a value behind “=”."],
    ["(internal", "0-1 This bracket is not closed."],
    ["internal)", "8-9 This bracket closes nothing."],
    ["internal denied", "9-15 Expected “and” or “or” before “denied”."],
    ["internal and", "12-12 Something is missing at the end."],
    ["and internal", "0-3 Expected a name instead of “and”."],
    ["port = many", "7-11 Expected a number."],
    ["port > ", "7-7 Expected a value behind “>”."],
    ["verdict > 3", "10-11 “>” compares numbers, and this is none."],
    ["app = 'lo", "6-9 This quotation mark is not closed."],
    ["colour = red", "0-6 Unknown keyword “colour”."],
    ["'loki", "0-5 This quotation mark is not closed."],
    ["units", "0-5 Expected a comparison behind “units”."],
  ])("says what is wrong with %s, and where", (text, message) => {
    expect(errorOf(text)).toBe(message);
  });

  it("refuses bottomless nesting in words", () => {
    expect(errorOf("(".repeat(100_000))).toBe("100-101 Nested too deeply.");
    expect(errorOf("not ".repeat(100_000))).toContain("Nested too deeply.");
  });

  it("never throws, and places every error inside the text", () => {
    const piece = fc.constantFrom(
      "verdict",
      "=",
      "*=",
      "!",
      "(",
      ")",
      "and",
      "or",
      "not",
      "'",
      '"',
      "port",
      "3100",
      " ",
      "is",
      "<",
      "👻",
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: "binary" }),
          fc.array(piece).map((parts) => parts.join(" ")),
        ),
        (text) => {
          const parsed = parseFilter(text);
          if (!parsed.ok) {
            expect(parsed.error.start).toBeGreaterThanOrEqual(0);
            expect(parsed.error.end).toBeGreaterThanOrEqual(parsed.error.start);
            expect(parsed.error.end).toBeLessThanOrEqual(text.length);
          } else foundIn(view, parsed.filter);
        },
      ),
    );
  });

  it("obeys De Morgan for edges", () => {
    const term = fc.constantFrom("internal", "proxied", "denied", "interface *= loki", "port = 3300", "layer = l7");
    fc.assert(
      fc.property(term, term, (a, b) => {
        expect(found(`not (${a} and ${b})`)).toEqual(found(`not ${a} or not ${b}`));
        expect(found(`not (${a} or ${b})`)).toEqual(found(`not ${a} and not ${b}`));
      }),
    );
  });
});

describe("hiding", () => {
  const hidden = (text: string): GraphView => {
    const parsed = parseFilter(text);
    if (!parsed.ok) throw new Error(parsed.error.message);
    return viewWithout(view, parsed.filter);
  };

  it("takes the edges of a hidden node, and the nodes that lose their last edge, but not those that never had one", () => {
    const rest = hidden("app = tempo");
    expect(rest.edges).toEqual([]);
    expect(rest.nodes.map((node) => node.application)).toEqual(["idle"]);
  });

  it("keeps nodes that still have an edge", () => {
    expect(hidden("denied").nodes.map((node) => node.application)).toEqual(["tempo", "worker", "shop", "idle"]);
  });

  it("drops boxes that are empty now", () => {
    expect(hidden("model = cos").boxes).toEqual([]);
  });
});
