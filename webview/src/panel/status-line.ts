import { element } from "../page/element.ts";
import { graphSummary, topologyName } from "../view/wording.ts";
import type { PanelState } from "./panel-state.ts";

/** The facts at the foot: how many of what, from which deployment, in which mesh mode. The second half leads to the switches. */
export function statusLine(state: PanelState, toSwitches: () => void): HTMLElement[] {
  const { message, busy } = state;
  const graph = message?.graph;
  if (!message || !graph) return [element("span", {}, busy ?? "")];
  const { mesh } = graph;
  const mode = [
    mesh.hardened ? "hardened" : "not hardened",
    mesh.managed ? "" : "policies not managed",
    mesh.modelOnMesh ? "model on mesh" : "",
    mesh.autoAllowWaypoint ? "" : "no automatic waypoint policy",
    message.options.tls === null ? "" : message.options.tls ? "TLS" : "no TLS",
  ].filter((part) => part !== "");
  return [
    element("span", { class: "status-facts" }, busy ?? graphSummary(graph)),
    element(
      "button",
      {
        type: "button",
        class: "link",
        title: "Switches: mesh mode, TLS, deployment",
        name: "to-switches",
        onclick: () => toSwitches(),
      },
      `${topologyName(graph.topology)} · ${mode.join(" · ")}`,
    ),
  ];
}
