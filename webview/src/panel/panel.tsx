import { type RefObject, render } from "preact";
import type { ExportKind, GraphOptions, HostMessage, PanelMessage } from "#protocol";
import type { Inbox } from "../host/inbox.ts";
import type { MermaidRenderer } from "../mermaid-view/renderer.ts";
import { announcer } from "../page/announcer.ts";
import { pageTheme } from "../page/theme.ts";
import type { PictureMarks } from "../picture/marked.ts";
import type { PictureHandle } from "../picture/picture.tsx";
import type { Scene } from "../picture/scene.ts";
import type { Size } from "../picture/viewport.ts";
import { type PanelView, panelViewOf } from "../view/panel-view.ts";
import { type ReachDirection, reachable } from "../view/reachable.ts";
import { drawnIds, drawnMarks, type ShownGraph, selectedIds, shownGraph } from "../view/shown-graph.ts";
import { pathIds, selectedPaths } from "../view/telemetry-path.ts";
import { graphSummary } from "../view/wording.ts";
import { App, type PanelActions } from "./app.tsx";
import { choices } from "./choices.ts";
import { exporter } from "./exporter.ts";
import { menuActions } from "./menu-actions.ts";
import { afterMessage, firstState, type PanelState } from "./panel-state.ts";
import { questions } from "./questions.ts";
import { redraw } from "./redraw.ts";
import { keptView, savedOf } from "./saved-of.ts";
import { writtenSoon } from "./written-soon.ts";

/** Below this width in pixels the sidebar goes below the picture, and is closed until something is selected. */
const NARROW = 900;
/** From this width of the picture in pixels on the legend is open. */
const LEGEND_ROOM = 900;

/** Starts the panel in an element of the page. `mermaid` draws Mermaid text; null where the page can't load it. */
export function startPanel(root: HTMLElement, host: Inbox, mermaid: MermaidRenderer | null): void {
  let state: PanelState = firstState(panelViewOf(keptView(host.saved())));
  let shown: { readonly inputs: readonly unknown[]; readonly graph: ShownGraph } | null = null;
  let marks: { readonly inputs: readonly unknown[]; readonly marks: PictureMarks } | null = null;
  let scene: Scene | null = null;
  let paneSize: Size = { width: 0, height: 0 };
  let narrow = root.clientWidth < NARROW;
  let due = false;
  /** The page has to compute its styles to give the font, so it is asked once; null: not known yet. */
  let fontFamily: string | null = null;
  const picture: RefObject<PictureHandle | null> = { current: null };

  const send = (message: PanelMessage) => host.send(message);
  const set = (part: Partial<PanelState>) => {
    state = { ...state, ...part };
    showSoon();
  };
  const saveSoon = writtenSoon(() => host.save(savedOf(state.message, state.view)));
  const change = (view: Partial<PanelView>) => {
    // What a person selects takes the details from what is under the cursor.
    const atCursor = "selection" in view ? null : state.atCursor;
    set({ view: { ...state.view, ...view }, atCursor });
    saveSoon();
  };
  const options = (next: GraphOptions) => {
    if (!state.message?.abilities.options) return;
    set({ message: { ...state.message, options: next }, busy: "Computing the graph…" });
    host.save(savedOf(state.message, state.view));
    send({ type: "options", options: next });
  };
  const shownNow = (): ShownGraph | null => {
    const graph = state.message?.graph;
    if (!graph) return null;
    const { find, hide, hiddenKinds, only, mergeFlows, grouping, expanded, boxes, beaconLines } = state.view;
    const inputs = [graph, find, hide, hiddenKinds, only, mergeFlows, grouping, expanded, boxes, beaconLines];
    if (!shown || inputs.some((part, at) => part !== shown?.inputs[at]))
      shown = { inputs, graph: shownGraph(graph, state.view) };
    return shown.graph;
  };
  const marksNow = (): PictureMarks => {
    const now = shownNow();
    const inputs = [now, state.view.selection, state.view.tab, state.pointed, state.reach];
    if (!marks || inputs.some((part, at) => part !== marks?.inputs[at]))
      marks = { inputs, marks: pictureMarks(state, now) };
    return marks.marks;
  };

  const announce = announcer(root);
  const theme = pageTheme(() => showSoon());
  const chosen = choices({ state: () => state, shown: shownNow, hasRoom: () => !narrow, change, send, announce });
  const copy = (text: string) => {
    host.copy(text).then(
      () => announce("Copied."),
      () => announce("Copying is not allowed here."),
    );
  };
  const reach = (id: string, direction: ReachDirection) => {
    change({ sidebar: true, tab: "reach", selection: { kind: "node", id } });
    set({ reach: { id, direction } });
  };
  const exportNow = exporter({
    state: () => state,
    shown: shownNow,
    scene: () => scene,
    root,
    send,
    failed: (text) => set({ notice: { severity: "error", text } }),
  });
  const asking = questions(send);
  const menu = menuActions({ view: () => state.view, shown: shownNow, change, go: chosen.go, reach, copy });
  const drawing = redraw((drawn) => {
    scene = drawn;
    showSoon();
    if (drawn) announce(`Picture drawn: ${graphSummary(drawn.graph)}.`);
  });
  const revealSoon = (ids: (now: ShownGraph) => readonly string[]) => {
    queueMicrotask(() => {
      const now = shownNow();
      if (now) picture.current?.reveal(drawnIds(now, ids(now)));
    });
  };
  const actions: PanelActions = {
    ...chosen,
    change,
    set,
    options,
    find: (text) => {
      if (text === state.view.find) return;
      change({ find: text });
      revealSoon(({ found }) => (found ? [...(found.edges.size > 0 ? found.edges : found.nodes)] : []));
    },
    exportAs: (kind: ExportKind) => void exportNow(kind),
    send,
    ask: asking.ask,
    menu,
    redraw: drawing.again,
    resized: (size) => {
      paneSize = size;
      showSoon();
    },
    announce,
    details: {
      select: (selection) => {
        chosen.select(selection);
        revealSoon(() => [selection.id]);
      },
      reveal: chosen.reveal,
      openLink: (url) => send({ type: "openLink", url }),
      copy,
      expand: chosen.expand,
      check: (from, to) => {
        change({ sidebar: true, tab: "reach" });
        set({ ends: { from, to, turn: (state.ends?.turn ?? 0) + 1 } });
      },
      reach,
      addMeshSupport: () => send({ type: "command", command: "charmMesh.addMeshSupport" }),
    },
  };

  function showSoon(): void {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      show();
    });
  }

  function show(): void {
    const { message, view } = state;
    const now = shownNow();
    if (now && now.drawn.nodes.length > 0) {
      fontFamily ??= getComputedStyle(root).fontFamily;
      drawing.want(now.drawn, { edgeLabels: view.edgeLabels, fontFamily });
    } else {
      drawing.forget();
      scene = null;
    }
    theme(message?.theme ?? null);
    const anything = (message?.graph?.nodes.length ?? 0) > 0;
    render(
      <App
        state={state}
        shown={now}
        scene={scene}
        marks={marksNow()}
        drawing={drawing.state()}
        narrow={narrow}
        legendOpen={view.legend ?? paneSize.width >= LEGEND_ROOM}
        sidebarOpen={anything && (view.sidebar ?? !narrow)}
        picture={picture}
        hostMenus={host.menus}
        mermaid={mermaid}
        actions={actions}
      />,
      place,
    );
  }

  const receive = (message: HostMessage) => {
    set(afterMessage(state, message));
    if (message.type === "reach") asking.answered(message);
    else if (message.type === "exportRequest") actions.exportAs(message.kind);
    else if (message.type === "select" || message.type === "highlight")
      revealSoon(() => [...message.edges, ...message.nodes]);
    else if (message.type === "menu") menu(message.action, { kind: message.kind, id: message.id });
    else if (message.type === "notice" || message.type === "busy") announce(message.text);
  };
  const place = document.createElement("div");
  place.className = "place-of-panel";
  root.replaceChildren(place, ...root.querySelectorAll(":scope > [aria-live]"));
  host.listen(receive);
  new ResizeObserver(() => {
    const next = root.clientWidth < NARROW;
    if (next === narrow) return;
    narrow = next;
    showSoon();
  }).observe(root);
  // The editor's font is part of the picture's layout: a new one needs a new picture.
  new MutationObserver(() => {
    fontFamily = null;
    showSoon();
  }).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["style", "class"],
  });
  show();
}

/** What is marked in the picture: the selection with what belongs to it, what a search found, and what is under the cursor. */
function pictureMarks(state: PanelState, now: ShownGraph | null): PictureMarks {
  const { view, pointed, reach } = state;
  if (!now) return { selected: null, lit: null, found: null, pointed };
  return {
    selected: view.selection === null ? null : (drawnIds(now, [view.selection.id])[0] ?? null),
    // The list of reachable applications is lit while it is shown.
    lit: reach && view.tab === "reach" ? reachedIds(now, reach.id, reach.direction) : litPath(now, view.selection),
    found: now.found === null ? null : drawnMarks(now, now.found),
    pointed: drawnMarks(now, pointed),
  };
}

/** An application, what it can reach (or who can reach it), and the flows between them. */
function reachedIds(now: ShownGraph, id: string, direction: ReachDirection): ReadonlySet<string> {
  const all = reachable(now.visible, id, direction);
  const ids = [id, ...all.flatMap(({ node, flows }) => [node, ...flows.map((flow) => flow.id)])];
  return new Set(drawnIds(now, ids));
}

/** The telemetry paths that the selection is part of, together with its own neighbours; null: it is part of none. */
function litPath(now: ShownGraph, selection: PanelView["selection"]): ReadonlySet<string> | null {
  if (selection === null || selection.kind === "box") return null;
  const ids = selectedIds(selection, now);
  const paths = selectedPaths(now.visible, ids);
  if (paths.length === 0) return null;
  const lit = new Set([...ids, ...pathIds(paths)]);
  for (const edge of now.visible.edges)
    if (ids.has(edge.id) || ids.has(edge.source) || ids.has(edge.target))
      lit.add(edge.id).add(edge.source).add(edge.target);
  return new Set(drawnIds(now, [...lit]));
}
