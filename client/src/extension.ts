import { commands, type ExtensionContext, window, workspace } from "vscode";
import { changedNotification, placeSchema } from "#protocol";
import { onFirstCharm } from "./charm-presence.ts";
import { charmTree, REVEAL_PLACE } from "./charm-tree.ts";
import { registeredCommands } from "./commands.ts";
import { debounced } from "./debounced.ts";
import { denialReports } from "./denial-report.ts";
import { elementMenu } from "./panel/element-menu.ts";
import { graphHost } from "./panel/graph-host.ts";
import { CLIENT_NAME, type Platform } from "./platform.ts";
import { policiesDocuments } from "./policies-document.ts";
import { revealedPlace } from "./reveal.ts";
import { reportNotStarted, serverProcess } from "./server-process.ts";
import { statusItem } from "./status-item.ts";

const DERIVED_DELAY = 300;

/**
 * Starts the extension. Commands are there at once; the language server starts when the workspace holds a charm, or as soon as
 * one appears, or when a command needs it.
 */
export function activateExtension(context: ExtensionContext, platform: Platform): void {
  const output = window.createOutputChannel(CLIENT_NAME, { log: true });
  const server = serverProcess(platform, output);
  const graph = graphHost(context, platform, server, output);
  const policies = policiesDocuments(server, graph.options);
  const denials = denialReports(server, graph.options);
  const tree = charmTree(server);
  const status = statusItem();
  // Typing makes many changes; what is derived from all charms follows once it has been quiet for a moment.
  const derived = debounced(platform, DERIVED_DELAY, () => {
    policies.changed();
    tree.changed();
  });
  graph.onOptions(policies.changed);
  server.onGaveUp(status.stopped);
  server.onStarted((client) => {
    // Until then there is nothing of ours to be seen: most projects with YAML files hold no charm.
    void commands.executeCommand("setContext", "charmMesh.isActive", true);
    client.onNotification(changedNotification.method, (params: unknown) => {
      const parsed = changedNotification.params.safeParse(params);
      if (!parsed.success) return;
      void commands.executeCommand("setContext", "charmMesh.hasCharms", parsed.data.charms.length > 0);
      status.show(parsed.data);
      graph.changed();
      derived.changed();
    });
  });
  const reveal = commands.registerCommand(REVEAL_PLACE, async (place: unknown) => {
    const parsed = placeSchema.safeParse(place);
    if (parsed.success) await revealedPlace(server, parsed.data);
  });
  context.subscriptions.push(
    elementMenu(graph),
    output,
    server,
    graph,
    policies,
    denials,
    tree,
    status,
    reveal,
    derived,
  );
  context.subscriptions.push(registeredCommands({ server, graph, policies, denials, output }));
  const start = (): void => {
    server.client().catch((problem: unknown) => reportNotStarted(output, problem));
    const isWanted = workspace.getConfiguration("charmMesh").get("showGraphAtStart") === true;
    if (isWanted && graph.current() === null) graph.show();
  };
  context.subscriptions.push(onFirstCharm(start));
}
