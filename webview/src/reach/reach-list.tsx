import { useLayoutEffect, useMemo, useRef } from "preact/hooks";
import type { GraphView } from "#protocol";
import { VerdictChip } from "../details/flow-facts.tsx";
import { FlowList } from "../details/flow-list.tsx";
import { Chip, type DetailsActions } from "../details/parts.tsx";
import { Icon } from "../page/icon.tsx";
import { graphIndex } from "../view/graph-index.ts";
import { type ReachDirection, reachable } from "../view/reachable.ts";
import { counted, shortName } from "../view/wording.ts";

/** The question that a list answers. */
export interface ReachQuestion {
  readonly id: string;
  readonly direction: ReachDirection;
}

interface ReachListProps {
  readonly graph: GraphView;
  readonly question: ReachQuestion;
  readonly actions: DetailsActions;
  readonly close: () => void;
}

/** Every application that one can reach, or that can reach it, with the verdict and the flows of each. */
export function ReachList({ graph, question, actions, close }: ReachListProps) {
  const index = graphIndex(graph);
  const all = useMemo(
    () => reachable(graph, question.id, question.direction),
    [graph, question.id, question.direction],
  );
  const root = useRef<HTMLElement>(null);
  // A new list starts at its top.
  useLayoutEffect(() => root.current?.parentElement?.scrollTo(0, 0), [question]);
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const targets = question.direction === "targets";
  const allowed = all.filter(({ verdict }) => verdict === "allowed" || verdict === "mixed").length;
  const others = graph.nodes.length - all.length - 1;
  return (
    <section class="reach-list" aria-label="Reachable applications" ref={root}>
      <h2>
        <span class="name">
          {targets ? `What can ${name(question.id)} reach?` : `Who can reach ${name(question.id)}?`}
        </span>
        <button type="button" class="icon-button" title="Close the list" aria-label="Close the list" onClick={close}>
          <Icon name="close" />
        </button>
      </h2>
      <p class="quiet">
        {all.length === 0
          ? targets
            ? "No relation of this deployment leads to traffic from it."
            : "No relation of this deployment leads to traffic to it."
          : `${allowed} of ${counted(all.length, "application")} with traffic ${allowed === 1 ? "is" : "are"} allowed.`}
        {others > 0 ? ` No traffic is known ${targets ? "to" : "from"} ${counted(others, "other application")}.` : ""}
      </p>
      {all.map(({ node, flows, verdict }) => (
        <details key={node} class="flow-details" open={all.length <= MOST_OPEN}>
          <summary>
            <span class="flow-title">{name(node)}</span>
            {verdict === "mixed" ? <Chip text="Partly allowed" icon="warning" /> : <VerdictChip verdict={verdict} />}
          </summary>
          <FlowList edges={flows} end={targets ? "target" : "source"} index={index} actions={actions} />
        </details>
      ))}
    </section>
  );
}

/** Up to this many rows are unfolded. */
const MOST_OPEN = 6;
