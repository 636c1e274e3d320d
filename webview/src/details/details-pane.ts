import type { GraphView } from "#protocol";
import { element, filled } from "../page/element.ts";
import { graphIndex } from "../view/graph-index.ts";
import type { Selection } from "../view/panel-view.ts";
import { edgeDetails } from "./edge-details.ts";
import { boxDetails, nodeDetails } from "./node-details.ts";
import { overviewDetails } from "./overview.ts";
import type { DetailsActions } from "./parts.ts";

/** The pane that says all about what is selected, and about the whole while nothing is. */
export interface DetailsPane {
  readonly element: HTMLElement;
  /** `graphs`: where to look the selection up, first to last (what is visible, what is drawn, all). */
  show(selection: Selection | null, graphs: readonly GraphView[]): void;
}

/** A details pane. It is built anew only when what it shows is another. */
export function detailsPane(actions: DetailsActions): DetailsPane {
  const root = element("div", { class: "details" });
  let shown: readonly unknown[] = [];
  return {
    element: root,
    show: (selection, graphs) => {
      const next = [selection?.kind, selection?.id, ...graphs];
      if (next.length === shown.length && next.every((part, at) => part === shown[at])) return;
      const same = next[0] === shown[0] && next[1] === shown[1];
      shown = next;
      filled(root, ...content(selection, graphs, actions));
      // What scrolls is the tab's panel around it; it stays where it is by itself. To ask or move it at once would make the page lay out twice.
      if (!same) requestAnimationFrame(() => root.parentElement?.scrollTo(0, 0));
    },
  };
}

function content(selection: Selection | null, graphs: readonly GraphView[], actions: DetailsActions): HTMLElement[] {
  for (const graph of graphs) {
    const index = graphIndex(graph);
    if (selection?.kind === "node") {
      const node = index.nodes.get(selection.id);
      if (node) return nodeDetails(node, index, actions);
    } else if (selection?.kind === "edge") {
      const edge = index.edges.get(selection.id);
      if (edge) return edgeDetails(edge, index, actions);
    } else if (selection?.kind === "box") {
      const box = index.boxes.get(selection.id);
      if (box) return boxDetails(box, index, actions);
    }
  }
  const whole = graphs.at(-1);
  const gone = selection ? [element("p", { class: "quiet hint" }, "What was selected is no longer in the graph.")] : [];
  return whole ? [...gone, ...overviewDetails(graphIndex(whole), actions)] : gone;
}
