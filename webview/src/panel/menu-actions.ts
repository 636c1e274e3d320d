import { type DrawnEdge, flowsOf } from "#picture";
import type { MenuAction } from "#protocol";
import { alsoHidden, findExpression } from "../view/find-expression.ts";
import { graphIndex } from "../view/graph-index.ts";
import type { PanelView, Selection } from "../view/panel-view.ts";
import type { ReachDirection } from "../view/reachable.ts";
import type { ShownGraph } from "../view/shown-graph.ts";
import { identityOf } from "../view/wording.ts";

interface MenuPorts {
  view(): PanelView;
  shown(): ShownGraph | null;
  change(view: Partial<PanelView>): void;
  go(selection: Selection): void;
  reach(id: string, direction: ReachDirection): void;
  copy(text: string): void;
}

/** Does what an entry of an element's context menu says. An element that is gone, and an entry that doesn't apply to it, do nothing. */
export function menuActions(ports: MenuPorts): (action: MenuAction, item: Selection) => void {
  return (action, item) => {
    const now = ports.shown();
    if (!now) return;
    const index = graphIndex(now.drawn);
    const node = item.kind === "node" ? index.nodes.get(item.id) : undefined;
    const edge = item.kind === "edge" ? index.edges.get(item.id) : undefined;
    const expression = findExpression(item, index);
    switch (action) {
      case "source":
        ports.go(item);
        break;
      case "neighbours":
        // A line of several flows is drawn only; the whole graph has the flows.
        ports.change({ only: edge ? { kind: "edge", id: firstFlow(edge) } : item, selection: item });
        break;
      case "hide":
        if (expression !== null)
          ports.change({ hide: alsoHidden(now.hide.ok ? ports.view().hide : "", expression), selection: null });
        break;
      case "reaches":
        if (node) ports.reach(node.id, "targets");
        break;
      case "reachedBy":
        if (node) ports.reach(node.id, "callers");
        break;
      case "copyIdentity": {
        const owner = node ?? (edge ? index.nodes.get(edge.source) : undefined);
        const identity = owner ? identityOf(owner) : null;
        if (identity !== null) ports.copy(identity);
        break;
      }
      case "copyFind":
        if (expression !== null) ports.copy(expression);
    }
  };
}

function firstFlow(edge: DrawnEdge): string {
  return flowsOf(edge)[0]?.id ?? edge.id;
}
