import fc from "fast-check";
import { expect, test } from "vitest";
import { type HostMessage, hostMessageSchema } from "#protocol";
import { noticesOf } from "../../webview/src/panel/notices-of.ts";
import { afterMessage, firstState } from "../../webview/src/panel/panel-state.ts";
import { keptView, savedOf } from "../../webview/src/panel/saved-of.ts";
import { legendEntries } from "../../webview/src/picture/legend-entries.ts";
import { DEFAULT_VIEW, panelViewOf } from "../../webview/src/view/panel-view.ts";
import { drawnMarks, shownGraph } from "../../webview/src/view/shown-graph.ts";
import { compared, deployment, everyKind, smallStack } from "./support/deployments.ts";
import { stateMessage } from "./support/state-message.ts";

const MESSAGES: readonly HostMessage[] = [
  stateMessage(smallStack()),
  stateMessage(null, { empty: "nothing here" }),
  stateMessage(null, { stale: "charm.py:3 can't be read" }),
  { type: "highlight", nodes: ["app:cos/tempo"], edges: ["x"] },
  { type: "busy", text: "working" },
  { type: "notice", severity: "warning", text: "careful" },
  { type: "reach", id: 1, answer: null, error: "no" },
  { type: "exportRequest", kind: "png" },
  { type: "select", nodes: ["app:cos/tempo"], edges: [] },
  { type: "askReach" },
];

test("messages in any order: the last state counts, a stale one keeps the last graph, the rest does no harm", () => {
  for (const message of MESSAGES) expect(hostMessageSchema.safeParse(message).success).toBe(true);
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...MESSAGES), { maxLength: 25 }), (messages) => {
      const state = messages.reduce(afterMessage, firstState(DEFAULT_VIEW));
      const states = messages.filter((message) => message.type === "state");
      const last = states.at(-1);
      if (!last) {
        expect(state.message).toBeNull();
        return;
      }
      expect(state.message?.stale).toBe(last.stale);
      // What a stale state keeps is the graph of the state before it, be that stale itself or not.
      let graph = null as (typeof last)["graph"];
      for (const one of states) graph = one.graph ?? (one.stale === null ? null : graph);
      expect(state.message?.graph).toBe(graph);
      const sinceLast = messages.slice(messages.lastIndexOf(last) + 1);
      if (!sinceLast.some(({ type }) => type === "busy")) expect(state.busy).toBeNull();
    }),
  );
});

test("what is kept over a reload comes back; anything else becomes the untouched view", () => {
  const view = { ...DEFAULT_VIEW, find: "verdict = denied", mode: "table" as const, expanded: ["group:a"] };
  const saved = JSON.parse(JSON.stringify(savedOf(stateMessage(smallStack()), view)));
  expect(panelViewOf(keptView(saved))).toEqual(view);
  expect(panelViewOf(keptView(undefined))).toEqual(DEFAULT_VIEW);
  expect(panelViewOf({ mode: "hologram", find: 7, hide: "internal" })).toEqual({ ...DEFAULT_VIEW, hide: "internal" });
  fc.assert(
    fc.property(fc.anything(), (junk) => {
      expect(() => panelViewOf(keptView(junk))).not.toThrow();
      expect(() => panelViewOf(junk)).not.toThrow();
    }),
  );
});

test("hidden lines and expressions leave the rest; a wrong expression hides and finds nothing", () => {
  const graph = everyKind();
  const none = shownGraph(graph, { ...DEFAULT_VIEW, hide: "this is (no expression", find: "port =" });
  expect(none.visible.edges).toHaveLength(graph.edges.length);
  expect(none.found).toBeNull();
  expect(none.hide.ok).toBe(false);
  const fewer = shownGraph(graph, { ...DEFAULT_VIEW, hiddenKinds: ["internal"], hide: "app = loki" });
  expect(fewer.visible.edges.some((edge) => edge.kind === "internal")).toBe(false);
  expect(fewer.visible.nodes.some((node) => node.label === "loki")).toBe(false);
  expect(fewer.hiddenEdges).toBe(graph.edges.length - fewer.visible.edges.length);
  expect(shownGraph(graph, { ...DEFAULT_VIEW, boxes: false }).drawn.boxes).toEqual([]);
});

test("what is found inside a closed group marks the group, and its merged flows", () => {
  const graph = deployment(120);
  const shown = shownGraph(graph, { ...DEFAULT_VIEW, find: "verdict = denied or app *= shop" });
  expect(shown.drawn.nodes.length).toBeLessThan(graph.nodes.length);
  const marks = drawnMarks(shown, shown.found ?? { nodes: new Set(), edges: new Set() });
  const ids = new Set([...shown.drawn.nodes, ...shown.drawn.edges].map(({ id }) => id));
  expect(marks.nodes.size).toBeGreaterThan(0);
  expect(marks.edges.size).toBeGreaterThan(0);
  for (const id of [...marks.nodes, ...marks.edges]) expect(ids).toContain(id);
  for (const edge of shown.drawn.edges) expect(marks.edges.has(edge.id)).toBe(edge.verdict === "denied");
});

test("from 30 applications on, those that do the same stand together, unless each is wanted", () => {
  const few = deployment(30);
  expect(shownGraph(few, DEFAULT_VIEW).drawn.nodes).toHaveLength(few.nodes.length);
  const many = deployment(40);
  const { drawn } = shownGraph(many, DEFAULT_VIEW);
  expect(drawn.nodes.length).toBeLessThan(many.nodes.length);
  expect(drawn.notes.some((note) => note.startsWith("40 applications are drawn as"))).toBe(true);
  expect(drawn.nodes.filter((node) => node.kind === "coordinator")).toHaveLength(4);
  expect(shownGraph(many, { ...DEFAULT_VIEW, grouping: "needed" }).drawn.nodes).toHaveLength(40);
  const tooMany = shownGraph(deployment(80), { ...DEFAULT_VIEW, grouping: "needed" }).drawn;
  expect(tooMany.nodes.length).toBeLessThanOrEqual(60);
});

test("an opened group can be closed again by one of its members", () => {
  const graph = deployment(120);
  const closed = shownGraph(graph, DEFAULT_VIEW);
  const group = closed.drawn.nodes.find((node) => node.kind === "group");
  expect(group).toBeDefined();
  const open = shownGraph(graph, { ...DEFAULT_VIEW, expanded: [group?.id ?? ""] });
  expect(open.drawn.nodes.some((node) => node.id === group?.id)).toBe(false);
  expect(open.membersOf(group?.id ?? "")).toEqual(group?.members);
});

test("the legend lists exactly the kinds that are drawn, and those that were switched off", () => {
  const graph = everyKind();
  const all = legendEntries(graph, graph, []);
  expect(new Set([...all.flows, ...all.relations].map(({ style }) => style.kind))).toEqual(
    new Set(graph.edges.map(({ kind }) => kind)),
  );
  expect(new Set(all.nodes.map(({ kind }) => kind))).toEqual(new Set(graph.nodes.map(({ kind }) => kind)));
  const less = { ...graph, edges: graph.edges.filter((edge) => edge.kind === "mesh") };
  const some = legendEntries(less, graph, ["service"]);
  expect([...some.flows, ...some.relations].map(({ style, hidden }) => [style.kind, hidden])).toEqual([
    ["service", true],
    ["mesh", false],
  ]);
  expect(legendEntries(compared(), compared(), []).changes).toEqual(["opened", "closed", "widened", "narrowed"]);
});

test("notices: what is stale, grouped, compared and failed, with what can be done about it", () => {
  const done: string[] = [];
  const actions = {
    change: () => done.push("change"),
    options: () => done.push("options"),
    dismiss: () => done.push("dismiss"),
    retry: () => done.push("retry"),
  };
  const message = stateMessage(compared(), {
    stale: "it broke.",
    options: { ...stateMessage(null).options, compare: "main" },
  });
  const state = {
    ...afterMessage(firstState(DEFAULT_VIEW), message),
    notice: { severity: "error" as const, text: "gone" },
  };
  const shown = shownGraph(compared(), DEFAULT_VIEW);
  const notices = noticesOf(state, shown, { error: "too large" }, actions);
  expect(notices.map(({ key }) => key)).toEqual(["host", "stale", "drawing", "compare"]);
  for (const notice of notices) for (const action of notice.actions) action.run();
  expect(done.sort()).toEqual(["dismiss", "options", "retry"]);
  expect(noticesOf(firstState(DEFAULT_VIEW), null, { error: null }, actions)).toEqual([]);
});
