import { graphSummary, topologyName } from "../view/wording.ts";
import type { PanelState } from "./panel-state.ts";

interface StatusLineProps {
  readonly state: PanelState;
  readonly toSettings: () => void;
}

/** The facts at the foot: counts, deployment and mesh mode. The second half leads to the settings. */
export function StatusLine({ state: { message, busy }, toSettings }: StatusLineProps) {
  const graph = message?.graph;
  if (!message || !graph)
    return (
      <footer class="status-line">
        <span>{busy}</span>
      </footer>
    );
  const { mesh } = graph;
  const mode = [
    mesh.hardened ? "hardened" : "not hardened",
    mesh.managed ? "" : "policies not managed",
    mesh.modelOnMesh ? "model on mesh" : "",
    mesh.autoAllowWaypoint ? "" : "no automatic waypoint policy",
    message.options.tls === null ? "" : message.options.tls ? "TLS" : "no TLS",
  ].filter((part) => part !== "");
  return (
    <footer class="status-line">
      <span class="status-facts">{busy ?? graphSummary(graph)}</span>
      <button
        type="button"
        class="link"
        title="Settings: mesh mode, TLS, deployment"
        name="to-settings"
        onClick={toSettings}
      >
        {topologyName(graph.topology)} · {mode.join(" · ")}
      </button>
    </footer>
  );
}
