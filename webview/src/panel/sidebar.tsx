import type { RefObject } from "preact";
import type { GraphOptions, ReachQuery } from "#protocol";
import { DetailsPane } from "../details/details-pane.tsx";
import type { DetailsActions } from "../details/parts.tsx";
import type { Announce } from "../page/announcer.ts";
import { Splitter } from "../page/splitter.tsx";
import { TabList } from "../page/tab-list.tsx";
import { ReachList } from "../reach/reach-list.tsx";
import { ReachPane, type ReachReply } from "../reach/reach-pane.tsx";
import { SettingsPane } from "../switches/settings-pane.tsx";
import type { PanelView } from "../view/panel-view.ts";
import type { ShownGraph } from "../view/shown-graph.ts";
import type { PanelState } from "./panel-state.ts";

interface SidebarProps {
  readonly id: string;
  readonly area: RefObject<HTMLElement | null>;
  readonly state: PanelState;
  readonly shown: ShownGraph | null;
  /** Whether it is below the picture instead of beside it. */
  readonly narrow: boolean;
  readonly share: number;
  readonly change: (view: Partial<PanelView>) => void;
  readonly options: (options: GraphOptions) => void;
  readonly actions: DetailsActions;
  readonly ask: (query: ReachQuery) => Promise<ReachReply>;
  readonly closeReach: () => void;
  readonly announce: Announce;
}

/** The sidebar: details, the form "Can A reach B?", and the settings of the graph. */
export function Sidebar(props: SidebarProps) {
  const { state, shown, change, actions } = props;
  const { message, view } = state;
  const graph = message?.graph ?? null;
  return (
    <aside class="sidebar" id={props.id} aria-label="Sidebar">
      <Splitter
        area={props.area}
        controls={props.id}
        share={props.share}
        upright={!props.narrow}
        change={(sidebarSize) => change({ sidebarSize })}
      />
      <TabList
        label="Sidebar"
        chosen={view.tab}
        choose={(tab) => change({ tab })}
        tabs={[
          {
            name: "details",
            title: "Details",
            content: () =>
              graph && shown ? (
                <DetailsPane
                  selection={state.atCursor ?? view.selection}
                  graphs={[shown.visible, shown.drawn, graph]}
                  actions={actions}
                />
              ) : null,
          },
          {
            name: "reach",
            title: "Can A reach B?",
            content: () =>
              graph ? (
                <>
                  {state.reach ? (
                    <ReachList graph={graph} question={state.reach} actions={actions} close={props.closeReach} />
                  ) : null}
                  <ReachPane
                    graph={graph}
                    ask={message?.abilities.reach ? props.ask : null}
                    ends={state.ends}
                    copy={actions.copy}
                    announce={props.announce}
                  />
                </>
              ) : null,
          },
          {
            name: "mesh",
            title: "Settings",
            content: () => (message ? <SettingsPane message={message} change={props.options} /> : null),
          },
        ]}
      />
    </aside>
  );
}
