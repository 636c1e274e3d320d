import { edgeStyle, nodeStyle } from "#picture";
import type { BoxView, EdgeView, NodeView } from "#protocol";
import { element } from "../page/element.ts";
import { icon, NODE_ICONS } from "../page/icon.ts";
import { lineSample } from "../picture/legend.ts";
import { type GraphIndex, placeOf } from "../view/graph-index.ts";
import { boxName, counted, identityOf, shortName, VERDICT_NAMES } from "../view/wording.ts";
import { chip, type DetailsActions, facts, placeLink, reasonList, section } from "./parts.ts";

/** Flows listed before the rest is behind a button. */
const FIRST_FLOWS = 30;

/** All that is known of one application, or of a group of them. */
export function nodeDetails(node: NodeView, index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const edges = index.edgesOf.get(node.id) ?? [];
  const into = edges.filter((edge) => edge.target === node.id);
  const out = edges.filter((edge) => edge.source === node.id && edge.target !== node.id);
  const place = placeOf(node, index);
  const box = index.boxes.get(node.box);
  const isGroup = node.kind === "group";
  return [
    element(
      "header",
      { class: "details-header" },
      element("h2", {}, icon(NODE_ICONS[node.kind]), element("span", { class: "name" }, shortName(node.label))),
      element(
        "p",
        { class: "chips" },
        chip(nodeStyle(node.kind).title),
        isGroup ? null : chip(counted(node.units, "unit")),
        node.kind === "beacon"
          ? null
          : node.onMesh
            ? chip("On the mesh", "verdict-allowed", "pass")
            : chip("Not on the mesh", "verdict-unknown", "circleSlash"),
      ),
      place ? element("p", {}, placeLink(place, actions)) : null,
    ),
    isGroup ? members(node, index, actions) : null,
    section(
      "Application",
      facts([
        [
          "Identity",
          identityOf(node) === null
            ? isGroup
              ? null
              : "none: not on the mesh"
            : element("code", {}, identityOf(node)),
        ],
        ["Model", node.model === "" ? null : node.model],
        ["Cluster", box?.kind === "cluster" ? box.label : null],
        ["Roles", node.roles.join(", ")],
        ["Charm", node.charmRoot === null ? null : element("code", {}, node.charmRoot)],
      ]),
      element(
        "p",
        { class: "actions" },
        isGroup
          ? null
          : element(
              "button",
              { type: "button", class: "link", onclick: () => actions.ask(node.id, null) },
              icon("question"),
              "What may it reach?",
            ),
        isGroup
          ? null
          : element(
              "button",
              { type: "button", class: "link", onclick: () => actions.ask(null, node.id) },
              icon("question"),
              "Who may reach it?",
            ),
      ),
    ),
    section(`Receives (${into.length})`, flowList(into, "source", index, actions)),
    section(`Sends (${out.length})`, flowList(out, "target", index, actions)),
    node.because.length === 0 ? null : section("Because", reasonList(node.because, actions)),
  ].filter((part): part is HTMLElement => part !== null);
}

function members(node: NodeView, index: GraphIndex, actions: DetailsActions): HTMLElement {
  return section(
    `Stands for (${node.members.length})`,
    element(
      "p",
      { class: "actions" },
      element("button", { type: "button", class: "button", onclick: () => actions.expand(node.id) }, "Open the group"),
    ),
    element(
      "ul",
      { class: "plain" },
      ...node.members
        .slice(0, FIRST_FLOWS)
        .map((id) => element("li", {}, shortName(index.nodes.get(id)?.label ?? id.replace(/^app:/, "")))),
      node.members.length > FIRST_FLOWS
        ? element("li", { class: "quiet" }, `and ${node.members.length - FIRST_FLOWS} more`)
        : null,
    ),
  );
}

/** Flows as buttons that show them; `end` says which of its ends a flow is named by. */
export function flowList(
  edges: readonly EdgeView[],
  end: "source" | "target" | "both",
  index: GraphIndex,
  actions: DetailsActions,
): HTMLElement {
  if (edges.length === 0) return element("p", { class: "quiet" }, "Nothing.");
  const name = (id: string) => shortName(index.nodes.get(id)?.label ?? id);
  const row = (edge: EdgeView) =>
    element(
      "li",
      {},
      element(
        "button",
        {
          type: "button",
          class: end === "both" ? "flow both" : "flow",
          title: edgeStyle(edge.kind).title,
          onclick: () => actions.select("edge", edge.id),
        },
        lineSample(edgeStyle(edge.kind)),
        element(
          "span",
          { class: "flow-end" },
          end === "both" ? `${name(edge.source)} → ${name(edge.target)}` : name(edge[end]),
        ),
        element(
          "span",
          { class: "flow-label" },
          shortName(edge.label === "" ? (edge.relation ?? edgeStyle(edge.kind).title) : edge.label),
        ),
        edge.verdict === "allowed"
          ? null
          : element("span", { class: `flow-verdict verdict-${edge.verdict}` }, VERDICT_NAMES[edge.verdict]),
      ),
    );
  const list = element("ul", { class: "flows" }, ...edges.slice(0, FIRST_FLOWS).map(row));
  const rest = edges.slice(FIRST_FLOWS);
  if (rest.length > 0) {
    const more = element(
      "li",
      {},
      element(
        "button",
        { type: "button", class: "link", onclick: () => more.replaceWith(...rest.map(row)) },
        `Show ${rest.length} more`,
      ),
    );
    list.append(more);
  }
  return list;
}

/** A model or a cluster: who stands in it. */
export function boxDetails(box: BoxView, index: GraphIndex, actions: DetailsActions): HTMLElement[] {
  const inside = index.graph.nodes.filter((node) => within(node.box, box.id, index));
  return [
    element(
      "header",
      { class: "details-header" },
      element("h2", {}, element("span", { class: "name" }, shortName(box.label))),
      element("p", { class: "chips" }, chip(box.kind === "model" ? "Juju model" : "Cluster")),
      box.kind === "cluster"
        ? element(
            "p",
            { class: "quiet" },
            "The coordinator and its workers: members may reach each other by the package's own policies.",
          )
        : null,
    ),
    section(
      `${boxName(box)} (${inside.length})`,
      element(
        "ul",
        { class: "flows" },
        ...inside.map((node) =>
          element(
            "li",
            {},
            element(
              "button",
              { type: "button", class: "flow", onclick: () => actions.select("node", node.id) },
              icon(NODE_ICONS[node.kind]),
              element("span", { class: "flow-end" }, shortName(node.label)),
              element("span", { class: "flow-label" }, nodeStyle(node.kind).title),
            ),
          ),
        ),
      ),
    ),
  ];
}

function within(box: string, outer: string, index: GraphIndex): boolean {
  const seen = new Set<string>();
  for (let at: string | null = box; at !== null && !seen.has(at); at = index.boxes.get(at)?.parent ?? null) {
    if (at === outer) return true;
    seen.add(at);
  }
  return false;
}
