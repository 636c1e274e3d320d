import { useState } from "preact/hooks";
import { edgeStyle } from "#picture";
import type { EdgeView } from "#protocol";
import { LineSample } from "../picture/line-sample.tsx";
import type { GraphIndex } from "../view/graph-index.ts";
import { counted, shortName, VERDICT_NAMES } from "../view/wording.ts";
import type { DetailsActions } from "./parts.tsx";

/** Flows listed before the rest is behind a button. */
const FIRST_FLOWS = 30;

/** This many flows of one kind to one target are one row. */
const MANY = 4;

interface FlowListProps {
  readonly edges: readonly EdgeView[];
  /** The end that names a flow in this list. */
  readonly end: "source" | "target" | "both";
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** Flows as buttons that select them. */
export function FlowList({ edges, end, index, actions }: FlowListProps) {
  const [all, setAll] = useState(false);
  if (edges.length === 0) return <p class="quiet">None.</p>;
  const rest = edges.length - FIRST_FLOWS;
  return (
    <ul class="flows">
      {edges.slice(0, all ? edges.length : FIRST_FLOWS).map((edge) => (
        <FlowRow key={edge.id} edge={edge} end={end} index={index} actions={actions} />
      ))}
      {all || rest <= 0 ? null : (
        <li>
          <button type="button" class="link" onClick={() => setAll(true)}>
            Show {rest} more
          </button>
        </li>
      )}
    </ul>
  );
}

function FlowRow({ edge, end, index, actions }: Omit<FlowListProps, "edges"> & { readonly edge: EdgeView }) {
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const style = edgeStyle(edge.kind);
  return (
    <li>
      <button
        type="button"
        class={end === "both" ? "flow both" : "flow"}
        title={style.title}
        onClick={() => actions.select({ kind: "edge", id: edge.id })}
      >
        <LineSample kind={edge.kind} />
        <span class="flow-end">{end === "both" ? `${name(edge.source)} → ${name(edge.target)}` : name(edge[end])}</span>
        <span class="flow-label">{shortName(edge.label === "" ? (edge.relation ?? style.title) : edge.label)}</span>
        {edge.verdict === "allowed" ? null : (
          <span class={`flow-verdict verdict-${edge.verdict}`}>{VERDICT_NAMES[edge.verdict]}</span>
        )}
      </button>
    </li>
  );
}

/** The same, with flows of one kind to one target under a heading of their own once there are several. */
export function GroupedFlowList({ edges, index, actions }: Omit<FlowListProps, "end">) {
  const groups = new Map<string, EdgeView[]>();
  for (const edge of edges) {
    const key = JSON.stringify([edge.target, edge.kind, edge.relation, edge.label]);
    const group = groups.get(key);
    if (group) group.push(edge);
    else groups.set(key, [edge]);
  }
  const alone = [...groups.values()].filter((group) => group.length < MANY).flat();
  const together = [...groups.values()].filter((group) => group.length >= MANY);
  return (
    <>
      {together.map((group) => {
        const [first] = group;
        if (!first) return null;
        const target = shortName(index.nodes.get(first.target)?.label ?? first.target);
        return (
          <details key={first.id} class="flow-details">
            <summary>
              <span class="flow-title">
                {counted(group.length, "application")} → {target}
              </span>
              <span class="quiet">{shortName(first.label || (first.relation ?? first.kind))}</span>
            </summary>
            <FlowList edges={group} end="source" index={index} actions={actions} />
          </details>
        );
      })}
      {alone.length === 0 ? null : <FlowList edges={alone} end="both" index={index} actions={actions} />}
    </>
  );
}
