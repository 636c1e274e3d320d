import { useState } from "preact/hooks";
import type { ExportKind, GraphOptions, StateMessage } from "#protocol";
import { Icon, type IconName } from "../page/icon.tsx";
import { Popover } from "../page/popover.tsx";
import type { PanelView } from "../view/panel-view.ts";
import { groupingOf, type ShownGraph } from "../view/shown-graph.ts";
import { counted } from "../view/wording.ts";
import { DenialMenu } from "./denial-menu.tsx";
import { FindBox, type Suggestion } from "./find-box.tsx";

interface ToolbarProps {
  readonly view: PanelView;
  readonly message: StateMessage | null;
  readonly shown: ShownGraph | null;
  readonly sidebar: boolean;
  readonly find: (text: string) => void;
  readonly change: (view: Partial<PanelView>) => void;
  readonly options: (options: GraphOptions) => void;
  readonly exportAs: (kind: ExportKind) => void;
  /** Opens the host's own question for what to compare with. */
  readonly compare: () => void;
  /** Asks the host to explain the denied requests in a log; null: the host asks for the log. */
  readonly explain: (log: string | null) => void;
  readonly suggestions: (text: string, cursor: number) => readonly Suggestion[];
}

const MODES: readonly { readonly name: PanelView["mode"]; readonly title: string; readonly icon: IconName }[] = [
  { name: "graph", title: "Graph", icon: "graph" },
  { name: "table", title: "Table", icon: "table" },
  { name: "mermaid", title: "Mermaid", icon: "code" },
];

/** The row above everything: view, find, hide, picture options, comparison, denied requests, export. */
export function Toolbar(props: ToolbarProps) {
  const { view, message, shown, change, options, suggestions } = props;
  const isReady = message?.graph != null;
  return (
    <header class="toolbar">
      <div class="tool-group" role="group" aria-label="Show as">
        {MODES.map(({ name, title, icon }) => (
          <button
            key={name}
            type="button"
            class="tool"
            title={`Show as ${name === "mermaid" ? title : title.toLowerCase()}`}
            name={`mode-${name}`}
            aria-pressed={view.mode === name}
            onClick={() => change({ mode: name })}
          >
            <Icon name={icon} />
            <span class="tool-text">{title}</span>
          </button>
        ))}
      </div>
      <FindBox
        label="Find"
        placeholder="Find: a name, or verdict = denied"
        icon="search"
        name="find"
        value={view.find}
        parsed={shown?.find ?? null}
        note={foundNote(shown)}
        suggestions={suggestions}
        changed={props.find}
      />
      <FindBox
        label="Hide"
        placeholder="Hide: internal"
        icon="eyeClosed"
        name="hide"
        value={view.hide}
        parsed={shown?.hide ?? null}
        note={hiddenNote(shown, view.hide)}
        suggestions={suggestions}
        changed={(hide) => change({ hide })}
      />
      <div class="tool-group end">
        <Popover title="View" icon="layers" disabled={!isReady}>
          {() => <ViewMenu view={view} shown={shown} change={change} />}
        </Popover>
        {message?.choices.canCompare && message.abilities.options ? (
          <Popover title="Compare" icon="groupBy">
            {(close) => <CompareMenu options={message.options} change={options} choose={props.compare} close={close} />}
          </Popover>
        ) : null}
        {message?.abilities.explain ? (
          <Popover title="Explain a Denied Request" text="Explain" icon="circleSlash">
            {(close) => {
              const explain = (log: string | null) => {
                close();
                props.explain(log);
              };
              return <DenialMenu explain={explain} choose={() => explain(null)} />;
            }}
          </Popover>
        ) : null}
        <Popover title="Export" icon="export" disabled={!isReady}>
          {(close) => (
            <ExportMenu
              exportAs={(kind) => {
                close();
                props.exportAs(kind);
              }}
            />
          )}
        </Popover>
        <button
          type="button"
          class="tool"
          title="Sidebar"
          aria-label="Sidebar"
          name="sidebar"
          aria-pressed={props.sidebar}
          onClick={() => change({ sidebar: !props.sidebar })}
        >
          <Icon name="sidebar" />
        </button>
      </div>
    </header>
  );
}

/** How the picture is drawn. Kinds of lines are shown and hidden in the legend. */
function ViewMenu({ view, shown, change }: Pick<ToolbarProps, "view" | "shown" | "change">) {
  const grouped = shown !== null && groupingOf(shown.visible, view.grouping) === "always";
  return (
    <>
      <Check title="Labels on lines" on={view.edgeLabels} change={(edgeLabels) => change({ edgeLabels })} />
      <Check title="One line for similar flows" on={view.mergeFlows} change={(mergeFlows) => change({ mergeFlows })} />
      <Check title="Boxes of models and clusters" on={view.boxes} change={(boxes) => change({ boxes })} />
      <Check
        title="Group similar applications"
        on={grouped}
        change={(on) => change({ grouping: on ? "always" : "needed", expanded: [] })}
      />
      <Check
        title="Lines to the mesh's beacon"
        on={view.beaconLines}
        change={(beaconLines) => change({ beaconLines })}
      />
      <Check title="Minimap" on={view.minimap} change={(minimap) => change({ minimap })} />
    </>
  );
}

interface CheckProps {
  readonly title: string;
  readonly on: boolean;
  readonly change: (on: boolean) => void;
}

function Check({ title, on, change }: CheckProps) {
  return (
    <label class="menu-item">
      <input type="checkbox" checked={on} onChange={({ currentTarget }) => change(currentTarget.checked)} />
      {title}
    </label>
  );
}

interface CompareMenuProps {
  readonly options: GraphOptions;
  readonly change: (options: GraphOptions) => void;
  readonly choose: () => void;
  readonly close: () => void;
}

function CompareMenu({ options, change, choose, close }: CompareMenuProps) {
  const [text, setText] = useState(options.compare ?? "");
  const apply = () => {
    if (text.trim() === "") return;
    close();
    change({ ...options, compare: text.trim() });
  };
  return (
    <>
      <p class="quiet">
        Compares the deployment with another state: which traffic was opened, closed, widened or narrowed.
      </p>
      <div class="menu-row">
        <input
          type="text"
          name="compare"
          value={text}
          placeholder="main, HEAD~1 or ./folder"
          spellcheck={false}
          aria-label="Git ref or folder to compare with"
          onInput={({ currentTarget }) => setText(currentTarget.value)}
          onKeyDown={(event) => {
            if (event.key === "Enter") apply();
          }}
        />
        <button type="button" class="button primary" onClick={apply}>
          Compare
        </button>
      </div>
      <div class="menu-row">
        <button
          type="button"
          class="link"
          onClick={() => {
            close();
            choose();
          }}
        >
          Choose…
        </button>
        {options.compare === null ? null : (
          <button
            type="button"
            class="link"
            onClick={() => {
              close();
              change({ ...options, compare: null });
            }}
          >
            Stop comparing
          </button>
        )}
      </div>
    </>
  );
}

const EXPORTS: readonly (readonly [ExportKind, string, string])[] = [
  ["svg", "SVG", "current view"],
  ["png", "PNG", "current view"],
  ["mermaid", "Mermaid", "text for Markdown pages"],
  ["markdown", "Markdown", "picture and table"],
  ["yaml", "YAML", "the AuthorizationPolicies"],
  ["json", "JSON", "the whole graph"],
];

function ExportMenu({ exportAs }: { readonly exportAs: (kind: ExportKind) => void }) {
  return (
    <>
      {EXPORTS.map(([kind, title, about]) => (
        <button key={kind} type="button" class="menu-item" name={`export-${kind}`} onClick={() => exportAs(kind)}>
          <span>{title}</span>
          <span class="quiet">{about}</span>
        </button>
      ))}
    </>
  );
}

function foundNote(shown: ShownGraph | null): string {
  if (!shown?.found) return "";
  const { nodes, edges } = shown.found;
  return nodes.size + edges.size === 0 ? "no match" : counted(nodes.size + edges.size, "match", "matches");
}

function hiddenNote(shown: ShownGraph | null, text: string): string {
  return !shown || text.trim() === "" ? "" : `${shown.hiddenNodes + shown.hiddenEdges} hidden`;
}
