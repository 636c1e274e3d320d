import {
  Disposable,
  type ExtensionContext,
  type LogOutputChannel,
  type TextEditor,
  type WebviewPanel,
  window,
  workspace,
} from "vscode";
import { DEFAULT_GRAPH_OPTIONS, type GraphOptions, pathRequest, savedPanelSchema } from "#protocol";
import { debounced } from "../debounced.ts";
import type { Platform } from "../platform.ts";
import { asked } from "../requests.ts";
import type { ServerProcess } from "../server-process.ts";
import { type GraphPanel, graphPanel, newPanel, PANEL_TYPE } from "./graph-panel.ts";
import { underCursor } from "./under-cursor.ts";

/** The graph panels: the command opens one, and another command opens more beside it. */
export interface GraphHost extends Disposable {
  /** The panel that was used last, or a new one. */
  readonly show: () => GraphPanel;
  /** One more panel with options of its own, which start as those of the last. */
  readonly showAnother: () => GraphPanel;
  /** The panel that was used last; null: none is open. */
  readonly current: () => GraphPanel | null;
  /** Options of the panel that was used last. */
  readonly options: () => GraphOptions;
  /** The workspace changed; the picture follows after a short pause without changes. */
  readonly changed: () => void;
  /** `listen` is called when a person changes an option of a panel. */
  readonly onOptions: (listen: () => void) => void;
}

/** Typing makes many changes; the picture waits for a pause of this many milliseconds. */
const REFRESH_DELAY = 150;

/** The host of the graph panels, which are brought back after a reload of the window. */
export function graphHost(
  context: ExtensionContext,
  platform: Platform,
  server: ServerProcess,
  output: LogOutputChannel,
): GraphHost {
  /** Open panels, the one that was used last at the end. */
  let panels: readonly GraphPanel[] = [];
  const current = (): GraphPanel | null => panels.at(-1) ?? null;
  const listeners: (() => void)[] = [];
  const paths = new Map<string, Promise<string | null>>();

  const ports = {
    context,
    platform,
    server,
    output,
    onOptions: () => {
      for (const listen of listeners) listen();
    },
  };
  const added = (panel: WebviewPanel, options: GraphOptions | null): GraphPanel => {
    const made = graphPanel(panel, options, {
      ...ports,
      onUsed: () => {
        panels = [...panels.filter((other) => other !== made), made];
      },
      onClosed: () => {
        panels = panels.filter((other) => other !== made);
      },
    });
    panels = [...panels, made];
    return made;
  };
  const pathOf = (uri: string): Promise<string | null> => {
    const known = paths.get(uri) ?? asked(server, pathRequest, { uri }).then(({ path }) => path);
    paths.set(uri, known);
    known.catch(() => paths.delete(uri));
    return known;
  };
  const highlight = async (editor: TextEditor | undefined): Promise<void> => {
    if (panels.length === 0 || !editor) return;
    const path = await pathOf(editor.document.uri.toString());
    for (const panel of panels) {
      const graph = panel.shown();
      if (!graph) continue;
      const found = path === null ? { nodes: [], edges: [] } : underCursor(graph, path, editor.selection.active.line);
      panel.send({ type: "highlight", ...found });
    }
  };
  const logged = (work: Promise<void>): void => {
    work.catch((problem: unknown) => output.error(String(problem)));
  };

  const refreshing = debounced(platform, REFRESH_DELAY, () => {
    const refreshed = Promise.all(panels.map((panel) => panel.refresh()));
    logged(refreshed.then(() => highlight(window.activeTextEditor)));
  });

  const registered = Disposable.from(
    window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async (panel, state) => {
        const saved = savedPanelSchema.safeParse(state);
        added(panel, saved.success ? saved.data.options : null);
      },
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => logged(highlight(textEditor))),
    window.onDidChangeActiveTextEditor((editor) => logged(highlight(editor))),
    workspace.onDidChangeWorkspaceFolders(() => paths.clear()),
  );
  return {
    show: () => {
      const last = current();
      last?.reveal();
      return last ?? added(newPanel(), null);
    },
    current,
    showAnother: () => added(newPanel(current()?.column()), current()?.options() ?? null),
    options: () => current()?.options() ?? DEFAULT_GRAPH_OPTIONS,
    changed: refreshing.changed,
    onOptions: (listen) => listeners.push(listen),
    dispose: () => {
      refreshing.dispose();
      for (const panel of panels) panel.dispose();
      registered.dispose();
    },
  };
}
