import {
  commands,
  type Disposable,
  type ExtensionContext,
  env,
  type LogOutputChannel,
  l10n,
  ProgressLocation,
  Uri,
  type ViewColumn,
  type WebviewPanel,
  window,
} from "vscode";
import {
  canReachRequest,
  DEFAULT_GRAPH_OPTIONS,
  type ExportKind,
  type GraphAnswer,
  type GraphOptions,
  graphRequest,
  type HostMessage,
  type PanelMessage,
  type ReachQuery,
} from "#protocol";
import { columnBeside } from "../column-beside.ts";
import type { Platform } from "../platform.ts";
import { asked } from "../requests.ts";
import { revealedPlace } from "../reveal.ts";
import type { ServerProcess } from "../server-process.ts";
import { savedExport } from "./export.ts";
import { panelHtml } from "./html.ts";
import { panelMessages } from "./messages.ts";

/** The open panel as the rest of the client sees it. */
export interface GraphPanel extends Disposable {
  readonly reveal: () => void;
  /** Asks the server for the graph and shows it. */
  readonly refresh: () => Promise<void>;
  readonly send: (message: HostMessage) => void;
  readonly setOptions: (options: GraphOptions) => Promise<void>;
  readonly options: () => GraphOptions;
  /** The graph that is drawn; null before the first answer and where there is nothing to draw. */
  readonly shown: () => GraphAnswer["graph"];
  /** Its editor column; undefined while it is hidden. */
  readonly column: () => ViewColumn | undefined;
  readonly requestExport: (kind: ExportKind) => void;
}

export const PANEL_TYPE = "charmMesh.graph";

export interface PanelPorts {
  readonly context: ExtensionContext;
  readonly platform: Platform;
  readonly server: ServerProcess;
  readonly output: LogOutputChannel;
  readonly onClosed: () => void;
  /** The panel has the focus now. */
  readonly onUsed: () => void;
  /** The options that the graph is shown for are different now. */
  readonly onOptions: () => void;
}

/** A new panel in a column of its own beside another panel (named by its column), else beside the active tab. */
export function newPanel(other?: ViewColumn): WebviewPanel {
  const { tabs, viewColumn } = window.tabGroups.activeTabGroup;
  const beside = tabs.length > 0 ? columnBeside(viewColumn) : viewColumn;
  return window.createWebviewPanel(
    PANEL_TYPE,
    l10n.t("Mesh Traffic Graph"),
    { viewColumn: other === undefined ? beside : other + 1, preserveFocus: true },
    { enableFindWidget: false },
  );
}

/** Fills a panel, new or brought back after a reload, and answers it. */
export function graphPanel(panel: WebviewPanel, saved: GraphOptions | null, ports: PanelPorts): GraphPanel {
  const { context, platform, server, output } = ports;
  const assets = Uri.joinPath(context.extensionUri, "dist");
  let options = saved ?? DEFAULT_GRAPH_OPTIONS;
  let shown: GraphAnswer | null = null;
  let good: GraphAnswer | null = null;
  /** Messages to the panel before it listens. */
  let waiting: HostMessage[] | null = [];
  // The page itself takes a moment to load: until there is something to see, the status bar shows that work is going on.
  let loaded: () => void = () => undefined;
  const whileLoading = new Promise<void>((resolve) => {
    loaded = resolve;
  });
  const title = l10n.t("Loading the traffic graph…");
  void window.withProgress({ location: ProgressLocation.Window, title }, () => whileLoading);
  /** Counts requests, so that an outdated answer is not shown. */
  let latest = 0;

  /** False where the server gave no graph for these options. */
  const answered = async (): Promise<boolean> => {
    const turn = ++latest;
    const answer = await asked(server, graphRequest, { options })
      .finally(() => loaded())
      .catch((problem: unknown) => {
        output.error(`charmMesh/graph: ${String(problem)}`);
        const text =
          problem instanceof Error ? problem.message : l10n.t("The language server gave no graph. See the log.");
        messages.send({ type: "notice", severity: "error", text });
        return null;
      });
    if (turn !== latest || answer === null) return answer !== null;
    if (answer.stale === null) good = answer;
    // While a file is half-typed the last good picture stays, and says so.
    shown = answer.stale !== null && good?.graph ? { ...answer, graph: good.graph, empty: null } : answer;
    const { graph, empty, stale, choices } = shown;
    messages.send({
      type: "state",
      graph,
      empty,
      stale,
      options,
      choices,
      abilities: { reveal: true, options: true, reach: true, explain: true, save: true },
      theme: null,
    });
    return true;
  };
  const refresh = async (): Promise<void> => void (await answered());
  const setOptions = async (next: GraphOptions): Promise<void> => {
    const before = options;
    options = next;
    good = null;
    if (await answered()) return ports.onOptions();
    options = before;
    await refresh();
  };
  const answerReach = async (id: number, query: ReachQuery): Promise<void> => {
    try {
      const answer = await asked(server, canReachRequest, { options, query });
      messages.send({ type: "reach", id, answer, error: null });
    } catch (problem) {
      messages.send({
        type: "reach",
        id,
        answer: null,
        error: problem instanceof Error ? problem.message : String(problem),
      });
    }
  };
  const receive = async (message: PanelMessage): Promise<void> => {
    switch (message.type) {
      case "ready": {
        await refresh();
        const due = waiting ?? [];
        waiting = null;
        for (const each of due) messages.send(each);
        return;
      }
      case "reveal":
        if (!(await revealedPlace(server, message.place, panel.viewColumn)))
          messages.send({
            type: "notice",
            severity: "warning",
            text: l10n.t("{0} can't be opened.", message.place.path),
          });
        return;
      case "options":
        return setOptions(message.options);
      case "canReach":
        return answerReach(message.id, message.query);
      case "export":
        return savedExport(platform, message.kind, message.content);
      case "command":
        await commands.executeCommand(message.command);
        return;
      case "explain":
        await commands.executeCommand("charmMesh.explainDenial", message.log ?? undefined);
        return;
      case "copy":
        await env.clipboard.writeText(message.text);
        return;
      case "openLink":
        if (/^https:\/\//.test(message.url)) await env.openExternal(Uri.parse(message.url));
        return;
      case "error":
        output.error(`panel: ${message.message}`);
    }
  };

  const messages = panelMessages(panel.webview, output, (message) => {
    receive(message).catch((problem: unknown) => output.error(`panel, ${message.type}: ${String(problem)}`));
  });
  const send = (message: HostMessage): void => {
    if (waiting) waiting.push(message);
    else messages.send(message);
  };
  panel.webview.options = { enableScripts: true, localResourceRoots: [assets] };
  panel.iconPath = {
    light: Uri.joinPath(context.extensionUri, "media", "graph-light.svg"),
    dark: Uri.joinPath(context.extensionUri, "media", "graph-dark.svg"),
  };
  panel.webview.html = panelHtml({
    script: panel.webview.asWebviewUri(Uri.joinPath(assets, "webview.js")).toString(),
    mermaid: panel.webview.asWebviewUri(Uri.joinPath(assets, "mermaid.js")).toString(),
    style: panel.webview.asWebviewUri(Uri.joinPath(assets, "webview.css")).toString(),
    source: panel.webview.cspSource,
    nonce: platform.nonce(),
    language: env.language,
    title: panel.title,
    loading: l10n.t("Loading…"),
  });
  panel.onDidChangeViewState(() => {
    if (panel.active) ports.onUsed();
  });
  panel.onDidDispose(() => {
    loaded();
    messages.dispose();
    ports.onClosed();
  });

  return {
    refresh,
    setOptions,
    send,
    options: () => options,
    column: () => panel.viewColumn,
    shown: () => shown?.graph ?? null,
    reveal: () => panel.reveal(undefined, true),
    requestExport: (kind) => {
      panel.reveal(undefined, true);
      send({ type: "exportRequest", kind });
    },
    dispose: () => panel.dispose(),
  };
}
