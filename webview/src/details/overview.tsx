import type { EdgeView, GraphView } from "#protocol";
import type { GraphIndex } from "../view/graph-index.ts";
import { CHANGE_NAMES, graphSummary, telemetryPolicies, topologyName } from "../view/wording.ts";
import { FlowList, GroupedFlowList } from "./flow-list.tsx";
import { type DetailsActions, Facts, Section } from "./parts.tsx";

interface OverviewProps {
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** The whole deployment, while nothing is selected: changes, source, what is denied or not known, and notes. */
export function Overview({ index, actions }: OverviewProps) {
  const { graph } = index;
  const flows = graph.edges.filter((edge) => edge.kind !== "mesh");
  const denied = flows.filter((edge) => edge.verdict === "denied");
  const unknown = flows.filter((edge) => edge.verdict === "unknown");
  const changed = graph.edges.filter((edge) => edge.change !== null);
  const telemetry = telemetryPolicies(graph.counts);
  // The topology's own note belongs to the section that names it.
  const notes = graph.notes.filter((note) => note !== graph.topology.note);
  return (
    <>
      <header class="details-header">
        <h2>Deployment</h2>
        <p class="quiet">{graphSummary(graph)}</p>
      </header>
      {changed.length === 0 ? null : (
        <Section title={`Changes (${flowCount(graph.changes, changed.length)})`}>
          <Changes changed={changed} index={index} actions={actions} />
        </Section>
      )}
      <Section title="Source">
        <Facts
          rows={[
            ["Topology", topologyName(graph.topology)],
            ["Models", String(graph.boxes.filter((box) => box.kind === "model").length)],
          ]}
        />
        {graph.topology.note === null ? null : <p class="quiet">{graph.topology.note}</p>}
      </Section>
      {telemetry === null ? null : (
        <Section title="Telemetry">
          <p>{telemetry}</p>
        </Section>
      )}
      {denied.length === 0 ? null : (
        <Section title={`Denied (${denied.length})`}>
          <GroupedFlowList edges={denied} index={index} actions={actions} />
        </Section>
      )}
      {unknown.length === 0 ? null : (
        <Section title={`Can't tell from the source (${unknown.length})`}>
          <GroupedFlowList edges={unknown} index={index} actions={actions} />
        </Section>
      )}
      {flows.length === 0 ? <NoFlows actions={actions} /> : null}
      {notes.length === 0 ? null : (
        <Section title="Notes">
          <ul class="notes">
            {notes.map((note) => (
              <li key={note}>{note}</li>
            ))}
          </ul>
        </Section>
      )}
      <p class="quiet hint">Select an application or a flow to see details.</p>
    </>
  );
}

/** How many flows differ, as the comparison counts them: one flow may be several lines. */
function flowCount(changes: GraphView["changes"], lines: number): number {
  return changes === undefined ? lines : Object.values(changes).reduce((sum, count) => sum + count, 0);
}

/** The order of the lists: what allows more comes first. */
const CHANGE_ORDER = ["opened", "widened", "closed", "narrowed", "changed"] as const;

function Changes({ changed, index, actions }: OverviewProps & { readonly changed: readonly EdgeView[] }) {
  return (
    <>
      {CHANGE_ORDER.map((change) => {
        const edges = changed.filter((edge) => edge.change === change);
        return edges.length === 0 ? null : (
          <div key={change}>
            <h4 class={`change-${change}`}>
              {CHANGE_NAMES[change]} ({index.graph.changes?.[change] ?? edges.length})
            </h4>
            <FlowList edges={edges} end="both" index={index} actions={actions} />
          </div>
        );
      })}
    </>
  );
}

function NoFlows({ actions }: { readonly actions: DetailsActions }) {
  return (
    <Section title="No traffic yet">
      <p class="quiet">No relation of these charms leads to traffic that a mesh policy covers.</p>
      {actions.canReveal ? (
        <p class="actions">
          <button type="button" class="button" onClick={() => actions.addMeshSupport()}>
            Add service mesh support…
          </button>
        </p>
      ) : null}
    </Section>
  );
}
