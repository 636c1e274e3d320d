import { commands, Disposable } from "vscode";
import * as z from "zod/mini";
import { MENU_COMMANDS } from "../command-names.ts";
import type { GraphHost } from "./graph-host.ts";

/** The part of an element's `data-vscode-context` that the commands need. */
const contextSchema = z.object({ elementKind: z.enum(["node", "edge"]), elementId: z.string() });

/** Registers the commands of the context menus in the graph. VS Code passes each the context of the element that was clicked. */
export function elementMenu(graph: GraphHost): Disposable {
  return Disposable.from(
    ...Object.entries(MENU_COMMANDS).map(([command, action]) =>
      commands.registerCommand(command, (context: unknown) => {
        const element = contextSchema.safeParse(context);
        // The panel that was clicked has the focus, so it is the one that was used last.
        if (element.success)
          graph.current()?.send({ type: "menu", action, kind: element.data.elementKind, id: element.data.elementId });
      }),
    ),
  );
}
