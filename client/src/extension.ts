import { commands, type ExtensionContext, window, workspace } from "vscode";
import { changedNotification, placeSchema } from "#protocol";
import { hasCharm, onFirstCharm } from "./charm-presence.ts";
import { charmTree, REVEAL_PLACE } from "./charm-tree.ts";
import { registeredCommands } from "./commands.ts";
import { denialReports } from "./denial-report.ts";
import { CLIENT_NAME, type Door } from "./door.ts";
import { elementMenu } from "./panel/element-menu.ts";
import { graphHost } from "./panel/graph-host.ts";
import { policiesDocuments } from "./policies-document.ts";
import { quietly } from "./quietly.ts";
import { revealedPlace } from "./reveal.ts";
import { serverLife, tellNotStarted } from "./server-life.ts";
import { statusItem } from "./status-item.ts";

const DERIVED_QUIET = 300;

/**
 * Starts the extension. Commands are there at once; the language server starts when the workspace holds a charm, or as soon as
 * one appears, or when a command needs it.
 */
export async function activateExtension(context: ExtensionContext, door: Door): Promise<void> {
  const output = window.createOutputChannel(CLIENT_NAME, { log: true });
  const server = serverLife(door, output);
  const graph = graphHost(context, door, server, output);
  const policies = policiesDocuments(server, graph.options);
  const denials = denialReports(server, graph.options);
  const tree = charmTree(server);
  const status = statusItem();
  // Typing makes many changes; what is derived from all charms follows once it has been quiet for a moment.
  const derived = quietly(door, DERIVED_QUIET, () => {
    policies.changed();
    tree.changed();
  });
  graph.onOptions(policies.changed);
  server.onGivenUp(status.stopped);
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
    server.client().catch((problem: unknown) => tellNotStarted(output, problem));
  };
  if (await hasCharm()) start();
  else {
    context.subscriptions.push(onFirstCharm(start));
    context.subscriptions.push(
      workspace.onDidChangeWorkspaceFolders(async () => {
        if (await hasCharm()) start();
      }),
    );
  }
}
