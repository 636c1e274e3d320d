import { l10n, window } from "vscode";
import type { GraphHost } from "./panel/graph-host.ts";

/** Asks what to compare with, and shows the difference in the graph; an empty answer ends a comparison. */
export async function comparedGraph(graph: GraphHost): Promise<void> {
  const shown = graph.options().compare;
  const name = await window.showInputBox({
    title: l10n.t("Compare Policies"),
    prompt: l10n.t(
      "A git ref (a branch, a tag, a commit), or a folder written as ./x or /x. Empty: compare with nothing.",
    ),
    placeHolder: "HEAD, origin/main, v1.2, ../before",
    value: shown ?? "HEAD",
  });
  if (name === undefined) return;
  await graph.show().setOptions({ ...graph.options(), compare: name.trim() === "" ? null : name.trim() });
}
