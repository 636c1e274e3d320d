import { Disposable, type ExtensionContext, type LogOutputChannel, type TextEditor, window, workspace } from "vscode";
import { DEFAULT_GRAPH_OPTIONS, type GraphOptions, pathRequest, savedPanelSchema } from "#protocol";
import type { Door } from "../door.ts";
import { quietly } from "../quietly.ts";
import { asked } from "../requests.ts";
import type { ServerLife } from "../server-life.ts";
import { type GraphPanel, graphPanel, newPanel, PANEL_TYPE } from "./graph-panel.ts";
import { underCursor } from "./under-cursor.ts";

/** The one graph panel, opened when it is asked for. */
export interface GraphHost extends Disposable {
  readonly show: () => GraphPanel;
  readonly current: () => GraphPanel | null;
  readonly options: () => GraphOptions;
  /** The workspace is different now; the picture follows once it has been quiet for a moment. */
  readonly changed: () => void;
  /** Called when somebody turned a switch of the panel. */
  readonly onOptions: (listen: () => void) => void;
}

/** Typing makes many changes; the picture waits for a pause of this many milliseconds. */
const QUIET = 150;

/** The host of the graph panel: at most one, brought back after a reload of the window. */
export function graphHost(
  context: ExtensionContext,
  door: Door,
  server: ServerLife,
  output: LogOutputChannel,
): GraphHost {
  let current: GraphPanel | null = null;
  const listeners: (() => void)[] = [];
  const paths = new Map<string, Promise<string | null>>();

  const ports = {
    context,
    door,
    server,
    output,
    onOptions: () => {
      for (const listen of listeners) listen();
    },
    onClosed: () => {
      current = null;
    },
  };
  const pathOf = (uri: string): Promise<string | null> => {
    const known = paths.get(uri) ?? asked(server, pathRequest, { uri }).then(({ path }) => path);
    paths.set(uri, known);
    known.catch(() => paths.delete(uri));
    return known;
  };
  const highlight = async (editor: TextEditor | undefined): Promise<void> => {
    const graph = current?.shown();
    if (!graph || !editor) return;
    const path = await pathOf(editor.document.uri.toString());
    const found = path === null ? { nodes: [], edges: [] } : underCursor(graph, path, editor.selection.active.line);
    current?.send({ type: "highlight", ...found });
  };
  const logged = (work: Promise<void>): void => {
    work.catch((problem: unknown) => output.error(String(problem)));
  };

  const refreshing = quietly(door, QUIET, () => {
    if (current) logged(current.refresh().then(() => highlight(window.activeTextEditor)));
  });

  const registered = Disposable.from(
    window.registerWebviewPanelSerializer(PANEL_TYPE, {
      deserializeWebviewPanel: async (panel, state) => {
        const saved = savedPanelSchema.safeParse(state);
        current = graphPanel(panel, saved.success ? saved.data.options : null, ports);
      },
    }),
    window.onDidChangeTextEditorSelection(({ textEditor }) => logged(highlight(textEditor))),
    window.onDidChangeActiveTextEditor((editor) => logged(highlight(editor))),
    workspace.onDidChangeWorkspaceFolders(() => paths.clear()),
  );
  return {
    show: () => {
      if (current) current.reveal();
      else current = graphPanel(newPanel(), null, ports);
      return current;
    },
    current: () => current,
    options: () => current?.options() ?? DEFAULT_GRAPH_OPTIONS,
    changed: refreshing.changed,
    onOptions: (listen) => listeners.push(listen),
    dispose: () => {
      refreshing.dispose();
      current?.dispose();
      registered.dispose();
    },
  };
}
