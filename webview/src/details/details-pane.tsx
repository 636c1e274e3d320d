import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { GraphView } from "#protocol";
import { graphIndex } from "../view/graph-index.ts";
import type { Selection } from "../view/panel-view.ts";
import { BoxDetails } from "./box-details.tsx";
import { EdgeDetails } from "./edge-details.tsx";
import { NodeDetails } from "./node-details.tsx";
import { Overview } from "./overview.tsx";
import type { DetailsActions } from "./parts.tsx";

interface DetailsPaneProps {
  readonly selection: Selection | null;
  /** Where to look the selection up, first to last: what is visible, what is drawn, everything. */
  readonly graphs: readonly GraphView[];
  readonly actions: DetailsActions;
}

/** All about the selected element, and about the whole deployment while nothing is selected. */
export function DetailsPane({ selection, graphs, actions }: DetailsPaneProps) {
  const root = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => root.current?.parentElement?.scrollTo(0, 0), [selection?.kind, selection?.id]);
  const content = useMemo(
    () => <Content selection={selection} graphs={graphs} actions={actions} />,
    [selection?.kind, selection?.id, actions.canReveal, ...graphs],
  );
  return (
    <div class="details" ref={root}>
      {content}
    </div>
  );
}

function Content({ selection, graphs, actions }: DetailsPaneProps) {
  const [flows] = graphs;
  const whole = graphs.at(-1);
  if (!flows || !whole) return null;
  const flowIndex = graphIndex(flows);
  for (const graph of graphs) {
    const index = graphIndex(graph);
    const node = selection?.kind === "node" ? index.nodes.get(selection.id) : undefined;
    if (node) return <NodeDetails key={node.id} node={node} index={index} flowIndex={flowIndex} actions={actions} />;
    const edge = selection?.kind === "edge" ? index.edges.get(selection.id) : undefined;
    if (edge) return <EdgeDetails key={edge.id} edge={edge} index={index} flowIndex={flowIndex} actions={actions} />;
    const box = selection?.kind === "box" ? index.boxes.get(selection.id) : undefined;
    if (box) return <BoxDetails key={box.id} box={box} index={index} actions={actions} />;
  }
  return (
    <>
      {selection ? <p class="quiet hint">The selected element is no longer in the graph.</p> : null}
      <Overview index={graphIndex(whole)} actions={actions} />
    </>
  );
}
