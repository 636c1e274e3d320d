import type { EdgeView } from "#protocol";
import { element } from "../page/element.ts";
import type { GraphIndex } from "../view/graph-index.ts";
import { CHANGE_NAMES, counted, graphSummary, topologyName } from "../view/wording.ts";
import { flowList } from "./node-details.ts";
import { type DetailsActions, facts, section } from "./parts.ts";

/** What is worth knowing while nothing is selected: the deployment, what is denied, changed or not known, and the notes. */
export function overviewDetails(index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const { graph } = index;
  const flows = graph.edges.filter((edge) => edge.kind !== "mesh");
  const denied = flows.filter((edge) => edge.verdict === "denied");
  const unknown = flows.filter((edge) => edge.verdict === "unknown");
  const changed = graph.edges.filter((edge) => edge.change !== null);
  const { counts } = graph;
  // The topology's own note stands with where it was read from.
  const notes = graph.notes.filter((note) => note !== graph.topology.note);
  return [
    element(
      "header",
      { class: "details-header" },
      element("h2", {}, "Deployment"),
      element("p", { class: "quiet" }, graphSummary(graph)),
    ),
    // Whoever compares two states wants to know this before all else.
    changed.length === 0 ? null : section(`Changes (${changed.length})`, ...changeLists(changed, index, actions)),
    section(
      "Read from",
      facts([
        ["Topology", topologyName(graph.topology)],
        ["Models", String(graph.boxes.filter((box) => box.kind === "model").length)],
      ]),
      graph.topology.note === null ? null : element("p", { class: "quiet" }, graph.topology.note),
    ),
    counts === null
      ? null
      : section(
          "Policies for telemetry",
          element(
            "table",
            { class: "counts" },
            element(
              "caption",
              {},
              `With ${counted(counts.workers, "worker unit")} and ${counted(counts.backends, "backend")}`,
            ),
            element(
              "tbody",
              {},
              element(
                "tr",
                {},
                element("th", { scope: "row" }, "Through the proxy"),
                element("td", {}, String(counts.withRouting)),
              ),
              element(
                "tr",
                {},
                element("th", { scope: "row" }, "Straight to the backends"),
                element("td", {}, String(counts.withoutRouting)),
              ),
            ),
          ),
        ),
    denied.length === 0 ? null : section(`Denied (${denied.length})`, flowList(denied, "both", index, actions)),
    unknown.length === 0
      ? null
      : section(`Not known statically (${unknown.length})`, flowList(unknown, "both", index, actions)),
    flows.length === 0 ? noFlows(actions) : null,
    notes.length === 0
      ? null
      : section("Notes", element("ul", { class: "notes" }, ...notes.map((note) => element("li", {}, note)))),
    element(
      "p",
      { class: "quiet hint" },
      "Choose an application or a flow to see its identity, ports, policies and the lines they come from.",
    ),
  ].filter((part): part is HTMLElement => part !== null);
}

/** A reviewer asks first what was widened. */
const CHANGE_ORDER = ["widened", "added", "changed", "narrowed", "removed"] as const;

function changeLists(changed: readonly EdgeView[], index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  return CHANGE_ORDER.flatMap((change) => {
    const edges = changed.filter((edge) => edge.change === change);
    return edges.length === 0
      ? []
      : [
          element("h4", { class: `change-${change}` }, `${CHANGE_NAMES[change]} (${edges.length})`),
          flowList(edges, "both", index, actions),
        ];
  });
}

function noFlows(actions: DetailsActions): HTMLElement {
  return section(
    "No traffic yet",
    element("p", { class: "quiet" }, "No relation of these charms leads to traffic that a mesh policy speaks of."),
    actions.canReveal()
      ? element(
          "p",
          { class: "actions" },
          element(
            "button",
            { type: "button", class: "button", onclick: () => actions.addMeshSupport() },
            "Add service mesh support…",
          ),
        )
      : null,
  );
}
