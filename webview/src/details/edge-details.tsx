import { useState } from "preact/hooks";
import { type DrawnEdge, flowsOf } from "#picture";
import type { EdgeView } from "#protocol";
import { type GraphIndex, placeOf } from "../view/graph-index.ts";
import { selectedPaths } from "../view/telemetry-path.ts";
import { counted, layerName, shortName } from "../view/wording.ts";
import {
  CheckButton,
  FlowChips,
  FlowGrounds,
  FlowHeading,
  FlowSection,
  flowRows,
  identityRows,
  KindSentence,
} from "./flow-facts.tsx";
import { Chip, type DetailsActions, Facts, LinkButton, PlaceLink, Section } from "./parts.tsx";
import { TelemetrySteps } from "./telemetry-steps.tsx";

/** Flows of one line that are listed; the table has all. */
const MOST_FLOWS = 50;

interface EdgeDetailsProps {
  readonly edge: DrawnEdge;
  readonly index: GraphIndex;
  /** The graph whose edges are single flows: telemetry paths are looked up in it. */
  readonly flowIndex: GraphIndex;
  readonly actions: DetailsActions;
}

/** All that is known about a line: about its one flow, or about each of its flows. */
export function EdgeDetails({ edge, index, flowIndex, actions }: EdgeDetailsProps) {
  const flows = flowsOf(edge);
  const place = placeOf(edge, index);
  const several = flows.length > 1;
  const paths = selectedPaths(flowIndex.graph, new Set(flows.map((flow) => flow.id)));
  return (
    <>
      <header class="details-header">
        <FlowHeading edge={edge} index={index} actions={actions} />
        <FlowChips edge={edge}>{several ? <Chip text={counted(flows.length, "flow")} /> : null}</FlowChips>
        <KindSentence edge={edge} />
        {place ? (
          <p>
            <PlaceLink place={place} actions={actions} />
          </p>
        ) : null}
      </header>
      <TelemetrySteps paths={paths} index={flowIndex} actions={actions} />
      {several ? (
        <>
          <Section title="Line">
            <Facts rows={identityRows(edge, index)} />
            <p class="actions">
              <CheckButton edge={edge} actions={actions} />
              <LinkButton text="Draw its flows one by one" run={() => actions.expand(edge.id)} />
            </p>
          </Section>
          <Section title={`Flows (${flows.length})`}>
            {flows.slice(0, MOST_FLOWS).map((flow) => (
              <OneFlow key={flow.id} flow={flow} twoWay={edge.twoWay === true} index={index} actions={actions} />
            ))}
            {flows.length > MOST_FLOWS ? (
              <p class="quiet">and {flows.length - MOST_FLOWS} more, which the table lists</p>
            ) : null}
          </Section>
        </>
      ) : (
        <>
          <FlowSection edge={edge} index={index} actions={actions} />
          <FlowGrounds edge={edge} index={index} actions={actions} />
        </>
      )}
    </>
  );
}

interface OneFlowProps {
  readonly flow: EdgeView;
  readonly twoWay: boolean;
  readonly index: GraphIndex;
  readonly actions: DetailsActions;
}

/** One of several flows: folded it says its name and where it is enforced, unfolded all the rest. */
function OneFlow({ flow, twoWay, index, actions }: OneFlowProps) {
  const [open, setOpen] = useState(false);
  const label = flow.label === "" ? (flow.relation ?? flow.kind) : flow.label;
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const place = placeOf(flow, index);
  return (
    <details class="flow-details" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>
        <span class="flow-title">
          {twoWay ? `${name(flow.source)} → ${name(flow.target)}: ${shortName(label)}` : shortName(label)}
        </span>
        {flow.layer === null ? null : <span class="quiet">{layerName(flow.layer)}</span>}
      </summary>
      <div class="one-flow">
        {open ? (
          <>
            {place ? (
              <p>
                <PlaceLink place={place} actions={actions} />
              </p>
            ) : null}
            <Facts rows={flowRows(flow)} />
            <FlowGrounds edge={flow} index={index} actions={actions} />
          </>
        ) : null}
      </div>
    </details>
  );
}
