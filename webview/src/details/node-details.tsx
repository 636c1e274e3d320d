import { nodeStyle } from "#picture";
import type { NodeView } from "#protocol";
import { Icon, NODE_ICONS } from "../page/icon.tsx";
import { type GraphIndex, placeOf } from "../view/graph-index.ts";
import { selectedPaths } from "../view/telemetry-path.ts";
import { counted, identityOf, shortName } from "../view/wording.ts";
import { FlowList } from "./flow-list.tsx";
import { Chip, type DetailsActions, Facts, LinkButton, PlaceLink, ReasonList, Section } from "./parts.tsx";
import { TelemetrySteps } from "./telemetry-steps.tsx";

/** Members of a group that are listed. */
const FIRST_MEMBERS = 30;

interface NodeDetailsProps {
  readonly node: NodeView;
  readonly index: GraphIndex;
  /** The graph whose edges are single flows: telemetry paths are looked up in it. */
  readonly flowIndex: GraphIndex;
  readonly actions: DetailsActions;
}

/** All that is known about one application, or about a group of them. */
export function NodeDetails({ node, index, flowIndex, actions }: NodeDetailsProps) {
  const edges = index.edgesOf.get(node.id) ?? [];
  const into = edges.filter((edge) => edge.target === node.id);
  const out = edges.filter((edge) => edge.source === node.id && edge.target !== node.id);
  const place = placeOf(node, index);
  const box = index.boxes.get(node.box);
  const isGroup = node.kind === "group";
  const identity = identityOf(node);
  // A coordinator is on every path of its cluster: each of its lines shows the path that it is on.
  const paths = node.kind === "coordinator" ? [] : selectedPaths(flowIndex.graph, new Set([node.id]));
  return (
    <>
      <header class="details-header">
        <h2>
          <Icon name={NODE_ICONS[node.kind]} />
          <span class="name">{shortName(node.label)}</span>
        </h2>
        <p class="chips">
          <Chip text={nodeStyle(node.kind).title} />
          {isGroup ? null : <Chip text={counted(node.units, "unit")} />}
          <MeshChip node={node} />
          {node.openToAll ? <Chip text="Open to everybody" look="verdict-unknown" icon="warning" /> : null}
        </p>
        {place ? (
          <p>
            <PlaceLink place={place} actions={actions} />
          </p>
        ) : null}
      </header>
      {isGroup ? <Members node={node} index={index} actions={actions} /> : null}
      <Section title="Application">
        <Facts
          rows={[
            ["Identity", identity === null ? isGroup ? null : "none: not on the mesh" : <code>{identity}</code>],
            ["Model", node.model],
            ["Cluster", box?.kind === "cluster" ? box.label : null],
            ["Roles", node.roles.join(", ")],
            ["Charm", node.charmRoot === null ? null : <code>{node.charmRoot}</code>],
          ]}
        />
        {node.openToAll ? (
          <p>
            {isGroup ? "Their" : "Its"} pods let in every sender on every port, also one that is not on the mesh: no
            policy restricts them, or one lets everybody in. A policy for the Service does not help, because such a
            sender does not pass the waypoint.
          </p>
        ) : null}
        {isGroup ? null : (
          <p class="actions">
            <LinkButton icon="question" text="What can it reach?" run={() => actions.reach(node.id, "targets")} />
            <LinkButton icon="question" text="Who can reach it?" run={() => actions.reach(node.id, "callers")} />
          </p>
        )}
      </Section>
      <TelemetrySteps paths={paths} index={flowIndex} actions={actions} />
      <Section title={`Receives (${into.length})`}>
        <FlowList edges={into} end="source" index={index} actions={actions} />
      </Section>
      <Section title={`Sends (${out.length})`}>
        <FlowList edges={out} end="target" index={index} actions={actions} />
      </Section>
      {node.because.length === 0 ? null : (
        <Section title="Because">
          <ReasonList reasons={node.because} actions={actions} />
        </Section>
      )}
    </>
  );
}

function MeshChip({ node }: { readonly node: NodeView }) {
  if (node.kind === "beacon") return null;
  return node.onMesh ? (
    <Chip text="On the mesh" look="verdict-allowed" icon="pass" />
  ) : (
    <Chip text="Not on the mesh" look="verdict-unknown" icon="circleSlash" />
  );
}

function Members({ node, index, actions }: Omit<NodeDetailsProps, "flowIndex">) {
  return (
    <Section title={`Members (${node.members.length})`}>
      <p class="actions">
        <button type="button" class="button" onClick={() => actions.expand(node.id)}>
          Open the group
        </button>
      </p>
      <ul class="plain">
        {node.members.slice(0, FIRST_MEMBERS).map((id) => (
          <li key={id}>{shortName(index.nodes.get(id)?.label ?? id.replace(/^app:/, ""))}</li>
        ))}
        {node.members.length > FIRST_MEMBERS ? (
          <li class="quiet">and {node.members.length - FIRST_MEMBERS} more</li>
        ) : null}
      </ul>
    </Section>
  );
}
