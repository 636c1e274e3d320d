import { commands, Disposable, type LogOutputChannel, l10n, window } from "vscode";
import { COMMANDS, type CommandName } from "./command-names.ts";
import { comparedGraph } from "./comparison.ts";
import type { DenialReports } from "./denial-report.ts";
import { offeredMeshSupport } from "./mesh-support.ts";
import { EXPORTS } from "./panel/export.ts";
import type { GraphHost } from "./panel/graph-host.ts";
import type { PoliciesDocuments } from "./policies-document.ts";
import { sourceLineSchema } from "./policy-places.ts";
import type { ServerProcess } from "./server-process.ts";
import { messageText } from "./shown-text.ts";

export interface CommandPorts {
  readonly server: ServerProcess;
  readonly graph: GraphHost;
  readonly policies: PoliciesDocuments;
  readonly denials: DenialReports;
  readonly output: LogOutputChannel;
}

/** Registers every command of the extension. An error of a command is shown to the person and logged. */
export function registeredCommands(ports: CommandPorts): Disposable {
  const acts = actsOf(ports);
  return Disposable.from(
    ...COMMANDS.map((name) =>
      commands.registerCommand(name, async (argument: unknown) => {
        try {
          await acts[name](argument);
        } catch (problem) {
          const text = problem instanceof Error ? problem.message : String(problem);
          ports.output.error(`${name}: ${text}`);
          void window.showErrorMessage(messageText(l10n.t("Charm Mesh: {0}", text)));
        }
      }),
    ),
  );
}

function actsOf({
  server,
  graph,
  policies,
  denials,
}: CommandPorts): Record<CommandName, (argument: unknown) => void | Promise<void>> {
  return {
    "charmMesh.showGraph": () => void graph.show(),
    "charmMesh.showAnotherGraph": () => void graph.showAnother(),
    "charmMesh.showPolicies": (argument) => {
      const from = sourceLineSchema.safeParse(argument);
      return policies.showTable(from.success ? from.data : undefined);
    },
    "charmMesh.showManifests": () => policies.showManifests(),
    "charmMesh.addMeshSupport": (argument) =>
      offeredMeshSupport(server, typeof argument === "string" ? argument : null),
    "charmMesh.comparePolicies": () => comparedGraph(graph),
    "charmMesh.canReach": () => graph.show().send({ type: "askReach" }),
    "charmMesh.explainDenial": (argument) => denials.explain(typeof argument === "string" ? argument : null),
    "charmMesh.exportGraph": async () => {
      const choice = await window.showQuickPick([...EXPORTS], { placeHolder: l10n.t("Export the traffic graph as") });
      if (choice) graph.show().requestExport(choice.format);
    },
    "charmMesh.restartServer": () => server.restart(),
  };
}
