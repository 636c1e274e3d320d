import type { RefObject } from "preact";
import { useId, useRef } from "preact/hooks";
import type { ExportKind, GraphOptions, MenuAction, PanelMessage, ReachQuery } from "#protocol";
import type { DetailsActions } from "../details/parts.tsx";
import { MermaidPane } from "../mermaid-view/mermaid-pane.tsx";
import type { MermaidRenderer } from "../mermaid-view/renderer.ts";
import type { Announce } from "../page/announcer.ts";
import { ContextMenu } from "../page/context-menu.tsx";
import { KEY_HELP } from "../picture/keys.ts";
import { Legend } from "../picture/legend.tsx";
import { legendEntries } from "../picture/legend-entries.ts";
import type { PictureMarks } from "../picture/marked.ts";
import { Picture, type PictureHandle } from "../picture/picture.tsx";
import type { Scene } from "../picture/scene.ts";
import type { Size } from "../picture/viewport.ts";
import { ZoomControls } from "../picture/zoom-controls.tsx";
import type { ReachReply } from "../reach/reach-pane.tsx";
import { FullStatePane } from "../states/full-state.tsx";
import { Notices } from "../states/notices.tsx";
import { TablePane } from "../table/table-pane.tsx";
import { Toolbar } from "../toolbar/toolbar.tsx";
import type { PanelView } from "../view/panel-view.ts";
import { type ShownGraph, selectedIds } from "../view/shown-graph.ts";
import { graphSummary } from "../view/wording.ts";
import type { Choices } from "./choices.ts";
import { elementMenu } from "./element-menu.ts";
import { fullStateOf } from "./full-state-of.ts";
import { noticesOf } from "./notices-of.ts";
import type { PanelState } from "./panel-state.ts";
import type { DrawingState } from "./redraw.ts";
import { Sidebar } from "./sidebar.tsx";
import { StatusLine } from "./status-line.tsx";
import { suggestionsFor } from "./suggestions-for.ts";

/** What the components can do. The same object for as long as the panel lives. */
export interface PanelActions extends Choices {
  change(view: Partial<PanelView>): void;
  set(part: Partial<PanelState>): void;
  options(options: GraphOptions): void;
  /** Applies a find expression and brings what it finds into sight. */
  find(text: string): void;
  exportAs(kind: ExportKind): void;
  send(message: PanelMessage): void;
  ask(query: ReachQuery): Promise<ReachReply>;
  menu(action: MenuAction, item: NonNullable<PanelState["menu"]>["item"]): void;
  redraw(): void;
  resized(size: Size): void;
  readonly announce: Announce;
  readonly details: Omit<DetailsActions, "canReveal">;
}

interface AppProps {
  readonly state: PanelState;
  readonly shown: ShownGraph | null;
  readonly scene: Scene | null;
  readonly marks: PictureMarks;
  readonly drawing: DrawingState;
  /** The panel is so narrow that the sidebar goes below the picture. */
  readonly narrow: boolean;
  readonly legendOpen: boolean;
  readonly sidebarOpen: boolean;
  readonly picture: RefObject<PictureHandle | null>;
  /** Whether the host shows context menus; else the panel does. */
  readonly hostMenus: boolean;
  readonly mermaid: MermaidRenderer | null;
  readonly actions: PanelActions;
}

/** The sidebar's share of the panel in per cent, before a person changes it. */
const SHARE = { wide: 29, narrow: 40 } as const;

/** The whole panel: tools above, picture or table or text, sidebar beside or below, a line of facts at the foot. */
export function App(props: AppProps) {
  const { state, shown, drawing, narrow, actions } = props;
  const { message, view, busy } = state;
  const keysId = useId();
  const sidebarId = useId();
  const area = useRef<HTMLDivElement>(null);
  const share = view.sidebarSize ?? (narrow ? SHARE.narrow : SHARE.wide);
  const isBusy = busy !== null;
  const details = { ...actions.details, canReveal: message?.abilities.reveal === true };
  return (
    <div class={narrow ? "panel narrow" : "panel"}>
      <Toolbar
        view={view}
        message={message}
        shown={shown}
        sidebar={props.sidebarOpen}
        find={actions.find}
        change={actions.change}
        options={actions.options}
        exportAs={actions.exportAs}
        compare={() => actions.send({ type: "command", command: "charmMesh.comparePolicies" })}
        explain={(log) => actions.send({ type: "explain", log })}
        suggestions={(text, cursor) => suggestionsFor(text, cursor, message?.graph ?? null)}
      />
      {isBusy ? <div class="progress" aria-hidden="true" /> : null}
      <div class="area" ref={area} style={{ "--sidebar-share": `${share}%` }}>
        <main class="content">
          <h1 class="unseen">Mesh traffic graph</h1>
          <Notices
            notices={noticesOf(
              state,
              shown,
              { error: drawing.error },
              {
                change: actions.change,
                options: actions.options,
                dismiss: () => actions.set({ notice: null }),
                retry: actions.redraw,
              },
            )}
          />
          <Views {...props} keysId={keysId} />
          <p class="unseen" id={keysId}>
            Keys: {KEY_HELP.map(([key, what]) => `${key}: ${what}`).join("; ")}.
          </p>
          <ElementMenu {...props} />
        </main>
        {props.sidebarOpen ? (
          <Sidebar
            id={sidebarId}
            area={area}
            state={state}
            shown={shown}
            narrow={narrow}
            share={share}
            change={actions.change}
            options={actions.options}
            actions={details}
            ask={actions.ask}
            closeReach={() => actions.set({ reach: null })}
            announce={actions.announce}
          />
        ) : null}
      </div>
      <StatusLine state={state} toSettings={() => actions.change({ sidebar: true, tab: "mesh" })} />
    </div>
  );
}

/** Picture, table and Mermaid text. The picture stays laid out below the others, so that it can be drawn and exported. */
function Views(props: AppProps & { readonly keysId: string }) {
  const { state, shown, scene, actions } = props;
  const { message, view } = state;
  // A graph that the layout refuses is shown as a table.
  const mode = view.mode === "graph" && props.drawing.error !== null ? "table" : view.mode;
  const isGraph = mode === "graph";
  const act = (action: Parameters<PictureHandle["act"]>[0]) => props.picture.current?.act(action);
  return (
    <div class="views">
      <div class={isGraph ? "graph-area" : "graph-area away"} inert={!isGraph}>
        <div class="stage-area">
          <Picture
            scene={scene}
            marks={props.marks}
            summary={shown ? `Traffic graph: ${graphSummary(shown.visible)}` : "Traffic graph"}
            keysId={props.keysId}
            minimap={view.minimap}
            handle={props.picture}
            select={actions.select}
            go={actions.go}
            expand={actions.expand}
            menu={props.hostMenus ? null : (item, at) => actions.set({ menu: { item, ...at } })}
            resized={actions.resized}
          />
          <ZoomControls act={act} />
          <FullStatePane
            state={fullStateOf(state, shown, props.drawing, scene !== null, {
              restart: () => actions.send({ type: "command", command: "charmMesh.restartServer" }),
              reset: () => actions.change({ hide: "", hiddenKinds: [], only: null }),
              again: actions.redraw,
              table: () => actions.change({ mode: "table" }),
            })}
          />
        </div>
        {message?.graph && shown && message.graph.nodes.length > 0 ? (
          <Legend
            entries={legendEntries(shown.drawn, message.graph, view.hiddenKinds)}
            open={props.legendOpen}
            toggle={() => actions.change({ legend: !props.legendOpen })}
            hideKind={(kind, hidden) => {
              const others = view.hiddenKinds.filter((other) => other !== kind);
              actions.change({ hiddenKinds: hidden ? [...others, kind] : others });
            }}
          />
        ) : null}
      </div>
      {mode === "table" && shown ? (
        <TablePane
          graph={shown.visible}
          found={shown.found}
          pointed={state.pointed}
          selected={selectedIds(view.selection, shown)}
          table={view.table}
          sort={view.sort}
          select={actions.select}
          go={actions.go}
          change={actions.change}
        />
      ) : null}
      {mode === "mermaid" && shown ? (
        <MermaidPane graph={shown.drawn} renderer={props.mermaid} copy={actions.details.copy} />
      ) : null}
    </div>
  );
}

function ElementMenu({ state, shown, actions }: AppProps) {
  const { menu, message } = state;
  if (!menu || !shown) return null;
  const { item } = menu;
  const isGroup = shown.drawn.nodes.some((node) => node.id === item.id && node.kind === "group");
  const kind = isGroup ? "group" : item.kind === "edge" ? "edge" : "node";
  const groups = elementMenu(kind, message?.abilities.reveal === true);
  if (groups.length === 0) return null;
  return (
    <ContextMenu
      label={kind === "edge" ? "Flow" : "Application"}
      groups={groups}
      x={menu.x}
      y={menu.y}
      choose={(action) => actions.menu(action, item)}
      close={() => actions.set({ menu: null })}
    />
  );
}
