import { commands, type ExtensionContext, l10n, window, workspace } from "vscode";
import { changedNotification } from "#protocol";
import { hasCharm, onFirstCharm } from "./charm-presence.ts";
import { registeredCommands } from "./commands.ts";
import { CLIENT_NAME, type Door } from "./door.ts";
import { graphHost } from "./panel/graph-host.ts";
import { policiesDocument } from "./policies-document.ts";
import { serverLife } from "./server-life.ts";

/**
 * Starts the extension. Commands are there at once; the language server starts when the workspace holds a charm, or as soon as
 * one appears, or when a command needs it.
 */
export async function activateExtension(context: ExtensionContext, door: Door): Promise<void> {
  const output = window.createOutputChannel(CLIENT_NAME, { log: true });
  const server = serverLife(door, output);
  const graph = graphHost(context, door, server, output);
  const policies = policiesDocument(server, graph.options);
  server.onStarted((client) => {
    client.onNotification(changedNotification.method, (params: unknown) => {
      const parsed = changedNotification.params.safeParse(params);
      if (!parsed.success) return;
      void commands.executeCommand("setContext", "charmMesh.hasCharms", parsed.data.charms.length > 0);
      graph.changed();
      policies.changed();
    });
  });
  context.subscriptions.push(output, server, graph, policies, registeredCommands({ server, graph, policies, output }));

  const start = (): void => {
    server.client().catch((problem: unknown) => {
      output.error(String(problem));
      void window.showErrorMessage(l10n.t("Charm Mesh's language server did not start. Its log says why."));
    });
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
