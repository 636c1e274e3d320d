import { type DrawnEdge, flowsOf } from "#picture";
import type { EdgeView } from "#protocol";
import { element } from "../page/element.ts";
import { type GraphIndex, placeOf } from "../view/graph-index.ts";
import { counted, layerName, shortName } from "../view/wording.ts";
import {
  askButton,
  flowChips,
  flowGrounds,
  flowHeading,
  flowRows,
  flowSection,
  identityRows,
  kindSentence,
} from "./flow-facts.ts";
import { chip, type DetailsActions, facts, placeLink, section } from "./parts.ts";

/** Flows of one line that are listed; more are told as a number, and stand in the table. */
const MOST_FLOWS = 50;

/** All that is known of a line: of its one flow, or of each of those that it stands for. */
export function edgeDetails(edge: DrawnEdge, index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const flows = flowsOf(edge);
  const place = placeOf(edge, index);
  const several = flows.length > 1;
  const header = element(
    "header",
    { class: "details-header" },
    flowHeading(edge, index, actions),
    flowChips(edge, several ? chip(counted(flows.length, "flow")) : null),
    kindSentence(edge),
    place ? element("p", {}, placeLink(place, actions)) : null,
  );
  if (!several) return [header, flowSection(edge, index, actions), ...flowGrounds(edge, index, actions)];
  return [
    header,
    section(
      "Line",
      facts(identityRows(edge, index)),
      element(
        "p",
        { class: "actions" },
        askButton(edge, actions),
        element(
          "button",
          { type: "button", class: "link", onclick: () => actions.expand(edge.id) },
          "Draw its flows one by one",
        ),
      ),
    ),
    section(
      `Flows (${flows.length})`,
      ...flows.slice(0, MOST_FLOWS).map((flow) => oneOf(flow, edge.twoWay === true, index, actions)),
      flows.length > MOST_FLOWS
        ? element("p", { class: "quiet" }, `and ${flows.length - MOST_FLOWS} more, which the table lists`)
        : null,
    ),
  ];
}

/** One of several flows: closed it says what it is called and where it is enforced, open all the rest. */
function oneOf(flow: EdgeView, twoWay: boolean, index: GraphIndex, actions: DetailsActions): HTMLElement {
  const label = flow.label === "" ? (flow.relation ?? flow.kind) : flow.label;
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const ends = `${name(flow.source)} → ${name(flow.target)}`;
  const place = placeOf(flow, index);
  const body = element("div", { class: "one-flow" });
  const details = element(
    "details",
    {
      class: "flow-details",
      ontoggle: () => {
        if (details.open && body.childElementCount === 0)
          body.append(
            ...(place ? [element("p", {}, placeLink(place, actions))] : []),
            facts(flowRows(flow)),
            ...flowGrounds(flow, index, actions),
          );
      },
    },
    element(
      "summary",
      {},
      element("span", { class: "flow-title" }, twoWay ? `${ends}: ${shortName(label)}` : shortName(label)),
      flow.layer === null ? null : element("span", { class: "quiet" }, layerName(flow.layer)),
    ),
    body,
  );
  return details;
}
