import { nodeStyle } from "#picture";
import type { BoxView } from "#protocol";
import { Icon, NODE_ICONS } from "../page/icon.tsx";
import type { GraphIndex } from "../view/graph-index.ts";
import { isWithin } from "../view/neighbourhood.ts";
import { boxName, shortName } from "../view/wording.ts";
import { Chip, type DetailsActions, Section } from "./parts.tsx";

interface BoxDetailsProps {
  readonly box: BoxView;
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** A model or a cluster with its members. */
export function BoxDetails({ box, index, actions }: BoxDetailsProps) {
  const inside = index.graph.nodes.filter((node) => isWithin(node.box, box.id, index.graph.boxes));
  return (
    <>
      <header class="details-header">
        <h2>
          <span class="name">{shortName(box.label)}</span>
        </h2>
        <p class="chips">
          <Chip text={box.kind === "model" ? "Juju model" : "Cluster"} />
        </p>
        {box.kind === "cluster" ? (
          <p class="quiet">
            The coordinator and its workers. The coordinated-workers package creates the policies between its members.
          </p>
        ) : null}
      </header>
      <Section title={`${boxName(box)} (${inside.length})`}>
        <ul class="flows">
          {inside.map((node) => (
            <li key={node.id}>
              <button type="button" class="flow" onClick={() => actions.select({ kind: "node", id: node.id })}>
                <Icon name={NODE_ICONS[node.kind]} />
                <span class="flow-end">{shortName(node.label)}</span>
                <span class="flow-label">{nodeStyle(node.kind).title}</span>
              </button>
            </li>
          ))}
        </ul>
      </Section>
    </>
  );
}
