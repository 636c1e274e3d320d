import { type DrawnEdge, edgeStyle } from "#picture";
import type { EdgeView, NodeView, PolicyView } from "#protocol";
import { type Child, element } from "../page/element.ts";
import { icon } from "../page/icon.ts";
import type { GraphIndex } from "../view/graph-index.ts";
import {
  CHANGE_NAMES,
  HOP_NAMES,
  identityOf,
  layerName,
  methodLines,
  pathLines,
  portsText,
  shortName,
  VERDICT_NAMES,
} from "../view/wording.ts";
import { chip, codes, type DetailsActions, facts, reasonList, section } from "./parts.ts";
import { policyList } from "./policy-list.ts";

/** The chip of a verdict: word, sign and colour say the same. */
export function verdictChip(verdict: EdgeView["verdict"]): HTMLElement {
  const sign = { allowed: "pass", denied: "circleSlash", unknown: "question" } as const;
  return chip(VERDICT_NAMES[verdict], `verdict-${verdict}`, sign[verdict]);
}

/** Chips for what a line says at a glance; `more` stands behind the verdict. */
export function flowChips(edge: EdgeView, ...more: readonly Child[]): HTMLElement {
  return element(
    "p",
    { class: "chips" },
    verdictChip(edge.verdict),
    edge.change === null ? null : chip(CHANGE_NAMES[edge.change], `change-${edge.change}`),
    ...more,
    edge.layer === null ? null : chip(layerName(edge.layer)),
    edge.crossModel ? chip("Cross-model") : null,
  );
}

/** The heading of a flow: its ends, each leading to its application. */
export function flowHeading(edge: DrawnEdge, index: GraphIndex, actions: DetailsActions): HTMLElement {
  const application = (id: string) =>
    element(
      "button",
      { type: "button", class: "link end", onclick: () => actions.select("node", id) },
      shortName(index.nodes.get(id)?.label ?? id),
    );
  return element(
    "h2",
    {},
    application(edge.source),
    icon(edge.twoWay ? "arrowBoth" : "arrowRight"),
    element("span", { class: "unseen" }, edge.twoWay ? " and " : " to "),
    application(edge.target),
  );
}

/** What a kind of line means. */
export function kindSentence(edge: EdgeView): HTMLElement {
  const style = edgeStyle(edge.kind);
  return element("p", { class: "quiet" }, `${style.title}. ${style.about}`);
}

/** The identities at both ends, as rows of facts. */
export function identityRows(edge: EdgeView, index: GraphIndex): readonly (readonly [string, Child])[] {
  const identity = (node: NodeView | undefined): Child => {
    if (!node || node.kind === "group") return null;
    const name = identityOf(node);
    return name === null ? "none: not on the mesh" : element("code", {}, name);
  };
  return [
    ["Source identity", identity(index.nodes.get(edge.source))],
    ["Target identity", identity(index.nodes.get(edge.target))],
  ];
}

/** What flows, as rows of facts. */
export function flowRows(edge: EdgeView): readonly (readonly [string, Child])[] {
  const http = edge.layer === "l7";
  return [
    ["Address", http ? "Service (through the waypoint)" : edge.layer === "l4" ? "pods (ztunnel only)" : null],
    ["Ports", edge.ports === null || edge.ports.length === 0 ? portsText(edge) : codes(edge.ports.map(String))],
    ["Methods", edge.methods || http ? restricted(edge.methods, methodLines(edge)) : null],
    ["Paths", edge.paths || http ? restricted(edge.paths, pathLines(edge)) : null],
    ["Scheme", edge.scheme],
    ["Telemetry", edge.telemetry],
    ["Way", edge.hop === null ? null : HOP_NAMES[edge.hop]],
    ["Relation", edge.relation === null ? null : element("code", {}, edge.relation)],
    ["Interface", edge.interface === null ? null : element("code", {}, edge.interface)],
  ];
}

/** Values as code; where they differ by port, a line for each. */
function restricted(values: readonly string[] | null, lines: readonly string[]): Child {
  if (lines.length > 1) return element("span", {}, ...lines.map((line) => element("span", { class: "grant" }, line)));
  return values ? codes(values) : (lines[0] ?? null);
}

/** A button to the question that this flow answers. */
export function askButton(edge: EdgeView, actions: DetailsActions): HTMLElement {
  return element(
    "button",
    { type: "button", class: "link", onclick: () => actions.ask(edge.source, edge.target) },
    icon("question"),
    "May it reach …?",
  );
}

/** The policies of a flow with their manifests, and why it is as it is. */
export function flowGrounds(edge: EdgeView, index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const policies = edge.policies.flatMap((id) => index.policies.get(id) ?? ([] as PolicyView[]));
  const none = edge.verdict === "denied" ? "No policy allows this flow." : "No policy of its own.";
  return [
    section(
      policies.length === 1 ? "Policy" : `Policies (${policies.length})`,
      policies.length === 0 ? element("p", { class: "quiet" }, none) : policyList(policies, actions, true),
    ),
    ...(edge.because.length === 0 ? [] : [section("Because", reasonList(edge.because, actions))]),
  ];
}

/** One flow's facts, in a section of their own. */
export function flowSection(edge: EdgeView, index: GraphIndex, actions: DetailsActions): HTMLElement {
  return section(
    "Flow",
    facts([...identityRows(edge, index), ...flowRows(edge)]),
    element("p", { class: "actions" }, askButton(edge, actions)),
  );
}
