import type { ExportKind, GraphOptions, HostMessage, PanelMessage } from "#protocol";
import { detailsPane } from "../details/details-pane.ts";
import type { Inbox } from "../host/inbox.ts";
import { announcer } from "../page/announcer.ts";
import { filled } from "../page/element.ts";
import { tabList } from "../page/tabs.ts";
import { pageTheme } from "../page/theme.ts";
import type { DrawingDesk } from "../picture/drawing-desk.ts";
import { legend } from "../picture/legend.ts";
import { legendEntries } from "../picture/legend-entries.ts";
import { markScene } from "../picture/marked.ts";
import { picturePane } from "../picture/picture-pane.ts";
import { zoomControls } from "../picture/zoom-controls.ts";
import { reachPane } from "../reach/reach-pane.ts";
import { fullState } from "../states/full-states.ts";
import { noticeArea } from "../states/notices.ts";
import { switchesPane } from "../switches/switches-pane.ts";
import { tablePane } from "../table/table-pane.ts";
import { type PanelView, panelViewOf } from "../view/panel-view.ts";
import { drawnIds, drawnMarks, type ShownGraph, selectedIds, shownGraph } from "../view/shown-graph.ts";
import { graphSummary } from "../view/wording.ts";
import { choices } from "./choices.ts";
import { exporter } from "./exporter.ts";
import { fullStateOf } from "./full-state-of.ts";
import { layout } from "./layout.ts";
import { noticesOf } from "./notices-of.ts";
import { afterMessage, firstState, type PanelState } from "./panel-state.ts";
import { questions } from "./questions.ts";
import { drawingOptions, redraw } from "./redraw.ts";
import { keptView, savedOf } from "./saved-of.ts";
import { statusLine } from "./status-line.ts";
import { suggestionsFor } from "./suggestions-for.ts";
import { toolbar } from "./toolbar.ts";
import { writtenSoon } from "./written-soon.ts";

/** Starts the panel in an element of the page, with what the host has sent already. */
export function startPanel(root: HTMLElement, host: Inbox, desk: DrawingDesk): void {
  let state: PanelState = firstState(panelViewOf(keptView(host.saved())));
  let shown: { readonly inputs: readonly unknown[]; readonly graph: ShownGraph } | null = null;
  let due = false;
  /** Asking for it has the page work its styles out, so it is asked for once; null: not known yet. */
  let fontFamily: string | null = null;

  const send = (message: PanelMessage) => host.send(message);
  const set = (next: PanelState) => {
    if (next === state) return;
    state = next;
    showSoon();
  };
  const change = (view: Partial<PanelView>) => {
    set({ ...state, view: { ...state.view, ...view } });
    saveSoon();
  };
  const saveSoon = writtenSoon(() => host.save(savedOf(state.message, state.view)));
  const options = (next: GraphOptions) => {
    if (!state.message?.abilities.options) return;
    set({ ...state, message: { ...state.message, options: next }, busy: "Working it out anew…" });
    host.save(savedOf(state.message, state.view));
    send({ type: "options", options: next });
  };
  const shownNow = (): ShownGraph | null => {
    const graph = state.message?.graph;
    if (!graph) return null;
    const { find, hide, hiddenKinds, mergeFlows, grouping, expanded, boxes } = state.view;
    const inputs = [graph, find, hide, hiddenKinds, mergeFlows, grouping, expanded, boxes];
    if (!shown || inputs.some((part, at) => part !== shown?.inputs[at]))
      shown = { inputs, graph: shownGraph(graph, state.view) };
    return shown.graph;
  };

  const theme = pageTheme(() => showSoon());
  const announce = announcer(root);
  const { choose, open, reveal } = choices({ state: () => state, shown: shownNow, change, send, announce });
  const copy = (text: string) => {
    navigator.clipboard.writeText(text).then(
      () => announce("Copied."),
      () => announce("Copying is not allowed here."),
    );
  };
  const picture = picturePane({ choose: (item, go) => choose(item, go), open, resized: () => showSoon() });
  const exportNow = exporter({
    state: () => state,
    shown: shownNow,
    scene: picture.scene,
    send,
    failed: (text) => set({ ...state, notice: { severity: "error", text } }),
  });
  const asking = questions(send);
  const reach = reachPane({ copy, announce });
  const details = detailsPane({
    select: (kind, id) => {
      choose({ kind, id }, false);
      picture.reveal([id]);
    },
    reveal: (place) => reveal(place),
    canReveal: () => state.message?.abilities.reveal === true,
    openLink: (url) => send({ type: "openLink", url }),
    copy,
    expand: open,
    ask: (from, to) => {
      change({ sidebar: true, tab: "reach" });
      showReach();
      reach.fill(from, to);
      reach.focus();
    },
    addMeshSupport: () => send({ type: "command", command: "charmMesh.addMeshSupport" }),
  });
  const switches = switchesPane(options);
  const tabs = tabList(
    "Sidebar",
    [
      { name: "details", title: "Details", content: details.element },
      { name: "reach", title: "May A reach B?", content: reach.element },
      { name: "mesh", title: "Switches", content: switches.element },
    ],
    (tab) => change({ tab }),
  );
  const table = tablePane({ choose: (selection, go) => choose(selection, go), change });
  const notices = noticeArea();
  const full = fullState();
  const key = legend({
    toggle: () => change({ legend: !legendOpen() }),
    hideKind: (kind, hidden) => {
      const others = state.view.hiddenKinds.filter((other) => other !== kind);
      change({ hiddenKinds: hidden ? [...others, kind] : others });
    },
  });
  /** Until someone folds it, the legend is open where there is room. */
  const legendOpen = () => state.view.legend ?? picture.size().width >= 720;
  /** What is found is brought into sight, once per expression: afterwards the picture stays where a person moves it. */
  const sought = (text: string) => {
    change({ find: text });
    queueMicrotask(() => {
      const now = shownNow();
      if (!now?.found) return;
      const { nodes, edges } = now.found;
      picture.reveal(drawnIds(now, edges.size > 0 ? [...edges] : [...nodes]));
    });
  };
  const exportAs = async (kind: ExportKind) => {
    await exportNow(kind);
    // A picture is exported without marks; here they are set again.
    showSoon();
  };
  const tools = toolbar({
    change,
    find: sought,
    options,
    exportAs: (kind) => void exportAs(kind),
    compare: () => send({ type: "command", command: "charmMesh.comparePolicies" }),
    suggestions: (text, cursor) => suggestionsFor(text, cursor, state.message?.graph ?? null),
  });
  const parts = layout(
    {
      toolbar: tools.element,
      notices: notices.element,
      picture: picture.element,
      legend: key.element,
      zoom: zoomControls(picture.act),
      fullState: full.element,
      table: table.element,
      tabs: tabs.element,
      tabPanels: tabs.panels,
    },
    (share) => change({ sidebarSize: share }),
  );
  root.append(parts.element);

  const drawing = redraw(
    desk,
    (scene) => {
      picture.show(scene, true);
      announce(`Picture drawn: ${graphSummary(scene.graph)}.`);
    },
    () => showSoon(),
  );

  function showReach(): void {
    reach.show(state.message?.graph ?? null, state.message?.abilities.reach ? asking.ask : null);
  }

  function showSoon(): void {
    if (due) return;
    due = true;
    queueMicrotask(() => {
      due = false;
      show();
    });
  }

  function show(): void {
    const { message, view, busy } = state;
    const now = shownNow();
    if (now && now.drawn.nodes.length > 0) {
      fontFamily ??= getComputedStyle(picture.element).fontFamily;
      drawing.want(now.drawn, drawingOptions(view, picture.size(), fontFamily));
    } else {
      drawing.forget();
      if (picture.scene()) picture.show(null, false);
    }
    theme(message?.theme ?? null);
    const scene = picture.scene();
    const drawingState = drawing.state();
    const anything = (message?.graph?.nodes.length ?? 0) > 0;
    tools.show(view, message, now);
    tabs.show(view.tab);
    key.element.hidden = !anything;
    parts.show({
      sidebar: view.sidebar && anything,
      share: view.sidebarSize,
      mode: view.mode,
      busy: busy !== null || drawingState.drawing,
    });
    notices.show(
      noticesOf(
        state,
        now,
        { flat: drawingState.flat, error: scene ? drawingState.error : null },
        {
          change,
          options,
          dismiss: () => set({ ...state, notice: null }),
          retry: drawing.again,
        },
      ),
    );
    full.show(
      fullStateOf(state, now, drawingState, scene !== null, {
        restart: () => send({ type: "command", command: "charmMesh.restartServer" }),
        reset: () => change({ hide: "", hiddenKinds: [] }),
        again: drawing.again,
        table: () => change({ mode: "table" }),
      }),
    );
    filled(parts.status, ...statusLine(state, () => change({ sidebar: true, tab: "mesh" })));
    // Of the sidebar only what is seen is kept up to date: a form with 500 applications takes its time.
    const tab = view.sidebar ? view.tab : null;
    if (message && tab === "mesh") switches.show(message);
    if (tab === "reach") showReach();
    if (!message?.graph || !now) {
      details.show(null, []);
      return;
    }
    if (tab === "details") details.show(view.selection, [now.visible, now.drawn, message.graph]);
    key.show(legendEntries(now.drawn, message.graph, view.hiddenKinds), legendOpen());
    if (view.mode === "table")
      table.show({
        graph: now.visible,
        found: now.found,
        pointed: state.pointed,
        selected: selectedIds(view.selection, now),
        table: view.table,
        sort: view.sort,
      });
    picture.minimap(view.minimap);
    picture.summary(`Traffic graph: ${graphSummary(now.visible)}`, parts.keysId);
    if (scene)
      markScene(scene, {
        selected: view.selection === null ? null : (drawnIds(now, [view.selection.id])[0] ?? null),
        found: now.found === null ? null : drawnMarks(now, now.found),
        pointed: drawnMarks(now, state.pointed),
      });
  }

  const receive = (message: HostMessage) => {
    set(afterMessage(state, message));
    if (message.type === "reach") asking.answered(message);
    else if (message.type === "exportRequest") void exportAs(message.kind);
    else if (message.type === "select" || message.type === "highlight")
      queueMicrotask(() => {
        const now = shownNow();
        if (now) picture.reveal(drawnIds(now, [...message.edges, ...message.nodes]));
      });
    else if (message.type === "askReach")
      queueMicrotask(() => {
        showReach();
        reach.focus();
      });
    else if (message.type === "notice" || message.type === "busy") announce(message.text);
  };
  host.listen(receive);
  // The editor's font is part of the picture's layout: a new one needs a new picture.
  new MutationObserver(() => {
    fontFamily = null;
    showSoon();
  }).observe(document.documentElement, {
    attributes: true,
    attributeFilter: ["style", "class"],
  });
  showSoon();
}
