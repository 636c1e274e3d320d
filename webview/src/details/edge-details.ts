import { edgeStyle } from "#picture";
import type { EdgeView, NodeView, PolicyView } from "#protocol";
import { type Child, element } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import { type GraphIndex, placeOf } from "../view/graph-index.ts";
import {
  CHANGE_NAMES,
  HOP_NAMES,
  identityOf,
  layerName,
  methodsText,
  pathsText,
  portsText,
  shortName,
  VERDICT_NAMES,
} from "../view/wording.ts";
import { chip, codes, type DetailsActions, facts, placeLink, reasonList, section } from "./parts.ts";
import { policyList } from "./policy-list.ts";

/** The chip of a verdict: word, sign and colour say the same. */
export function verdictChip(verdict: EdgeView["verdict"]): HTMLElement {
  const sign = { allowed: "pass", denied: "circleSlash", unknown: "question" } as const;
  return chip(VERDICT_NAMES[verdict], `verdict-${verdict}`, sign[verdict]);
}

/** All that is known of one flow. */
export function edgeDetails(edge: EdgeView, index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const source = index.nodes.get(edge.source);
  const target = index.nodes.get(edge.target);
  const policies = edge.policies.flatMap((id) => index.policies.get(id) ?? ([] as PolicyView[]));
  const style = edgeStyle(edge.kind);
  const place = placeOf(edge, index);
  const http = edge.layer === "l7";
  const application = (id: string, node: NodeView | undefined) =>
    element(
      "button",
      { type: "button", class: "link end", onclick: () => actions.select("node", id) },
      shortName(node?.label ?? id),
    );
  const identity = (node: NodeView | undefined): Child => {
    if (!node || node.kind === "group") return null;
    const name = identityOf(node);
    return name === null ? "none: not on the mesh" : element("code", {}, name);
  };
  return [
    element(
      "header",
      { class: "details-header" },
      element(
        "h2",
        {},
        application(edge.source, source),
        icon("arrowRight"),
        element("span", { class: "unseen" }, " to "),
        application(edge.target, target),
      ),
      element(
        "p",
        { class: "chips" },
        verdictChip(edge.verdict),
        edge.change === null ? null : chip(CHANGE_NAMES[edge.change], `change-${edge.change}`),
        edge.layer === null ? null : chip(layerName(edge.layer)),
        edge.crossModel ? chip("Cross-model") : null,
      ),
      element("p", { class: "quiet" }, `${style.title}. ${style.about}`),
      place ? element("p", {}, placeLink(place, actions)) : null,
    ),
    section(
      "Flow",
      facts([
        ["Source identity", identity(source)],
        ["Target identity", identity(target)],
        [
          "Address",
          edge.layer === "l7" ? "Service (through the waypoint)" : edge.layer === "l4" ? "pods (ztunnel only)" : null,
        ],
        ["Ports", edge.ports === null || edge.ports.length === 0 ? portsText(edge) : codes(edge.ports.map(String))],
        ["Methods", edge.methods ? codes(edge.methods) : http ? methodsText(edge) : null],
        ["Paths", edge.paths ? codes(edge.paths) : http ? pathsText(edge) : null],
        ["Scheme", edge.scheme],
        ["Telemetry", edge.telemetry],
        ["Way", edge.hop === null ? null : HOP_NAMES[edge.hop]],
        ["Relation", edge.relation === null ? null : element("code", {}, edge.relation)],
        ["Interface", edge.interface === null ? null : element("code", {}, edge.interface)],
      ]),
      element(
        "p",
        { class: "actions" },
        element(
          "button",
          { type: "button", class: "link", onclick: () => actions.ask(edge.source, edge.target) },
          icon("question"),
          "May it reach …?",
        ),
      ),
    ),
    section(
      policies.length === 1 ? "Policy" : `Policies (${policies.length})`,
      policies.length === 0
        ? element(
            "p",
            { class: "quiet" },
            edge.verdict === "denied" ? "No policy allows this flow." : "No policy of its own.",
          )
        : policyList(policies, actions, true),
    ),
    ...(edge.because.length === 0 ? [] : [section("Because", reasonList(edge.because, actions))]),
  ];
}
